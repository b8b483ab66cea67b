/**
 * Every function by its name, as the tree names it. {compute: (arguments, run) => value} takes values; {build: (node,
 * closures) => closure} evaluates only the arguments it needs, and with neverFails an error is always an argument's own.
 */

import { aggregates } from './aggregate.js'
import { branching } from './branching.js'
import { conversions } from './conversion.js'
import { countings } from './counting.js'
import { dates } from './date.js'
import { dateCountings } from './date_counting.js'
import { japanese } from './japanese.js'
import { joinings } from './joining.js'
import { logic } from './logic.js'
import { numbers } from './number.js'
import { tables } from './table.js'
import { texts } from './text.js'

const GROUPS = [
  logic,
  branching,
  texts,
  conversions,
  numbers,
  dates,
  dateCountings,
  aggregates,
  tables,
  countings,
  joinings,
  japanese,
]
const REGISTER = new Map(GROUPS.flatMap((group) => Object.entries(group)))

export function functionNamed(name) {
  const found = REGISTER.get(name)
  if (found === undefined) throw new TypeError(`no such function: ${name}`)
  return found
}

export const functionNames = () => [...REGISTER.keys()]

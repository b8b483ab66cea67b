/** Values written in the language itself, as `forms/formula/literals.py` writes them: the form in which both sides are compared. */

import { FormulaError } from '../../../apps/form/formula/errors.js'
import { numberText } from '../../../apps/form/formula/number_text.js'
import { DAY, Day, MICROSECONDS, Moment, Time } from '../../../apps/form/formula/values.js'

const RESERVED =
  'And As Child Children Not Or Parent Self blank empty exactin false in none nothing null true undefined'.split(' ')
const IDENTIFIER = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u

export function literal(value) {
  if (value === null) return 'Blank()'
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'string') return `"${value.replaceAll('"', '""')}"`
  if (value instanceof Day) return `Date(${dateOf(value)})`
  if (value instanceof Moment) return `DateTime(${dateOf(value)},${clockOf(value.timeOfDay)})`
  if (value instanceof Time) return `Time(${clockOf(((value.microseconds % DAY) + DAY) % DAY)})`
  if (value instanceof Map)
    return `{${[...value.keys()].sort(byCodePoint).map((name) => `${nameOf(name)}:${literal(value.get(name))}`)}}`
  if (Array.isArray(value)) return `Table(${value.map(literal)})`
  if (value instanceof FormulaError) return `Error({Kind:ErrorKind.${value.kind}})`
  return String(value)
}

function dateOf(moment) {
  const { year, month, day } = moment.parts
  return `${year},${month},${day}`
}

function clockOf(time) {
  const whole = time / MICROSECONDS.milliseconds
  return `${whole / 3_600_000n},${(whole / 60_000n) % 60n},${(whole / 1000n) % 60n},${whole % 1000n}`
}

function nameOf(name) {
  return IDENTIFIER.test(name) && !RESERVED.includes(name) ? name : `'${name.replaceAll("'", "''")}'`
}

function byCodePoint(one, other) {
  const [left, right] = [[...one], [...other]].map((letters) => letters.map((letter) => letter.codePointAt(0)))
  const place = left.findIndex((code, index) => code !== right[index])
  return place < 0 ? left.length - right.length : left[place] - (right[place] ?? -1)
}

/** Texts made from the rows of a table, and whether a value is among them. */

import { toText } from '../coercion.js'
import { isAmong } from '../operators.js'
import { cell, standing, withinLength } from '../values.js'
import { eachValue, rowsOf } from './table.js'

export const joinings = {
  Concat: { build: (node, given) => concat(node, given) },
  TEXTJOIN: { compute: ([separator, skip, ...given], run) => textJoin(separator, skip, given, run) },
  CONTAINS: { compute: ([given, wanted], run) => contains(given, wanted, run) },
}

function concat({ a: [, each] }, [table, text, separator = () => '']) {
  return (frame) => {
    const between = separator(frame)
    return withinLength([...eachValue(each, rowsOf(table(frame)), text, frame)].join(between))
  }
}

function textJoin(separator, skip, given, run) {
  const parts = given.flatMap((value) => (Array.isArray(value) ? value.map(onlyCell) : [value]))
  const texts = parts.map((part) => (part === null ? '' : toText(part, run)))
  return withinLength(texts.filter((text) => text || !skip).join(separator))
}

function onlyCell(each) {
  const row = standing(each)
  const [name] = row?.keys() ?? []
  return name === undefined ? null : cell(row, name)
}

function contains(given, wanted, run) {
  if (!Array.isArray(given)) return (given ?? '').includes(wanted)
  const [column = ''] = given.find((row) => row instanceof Map && row.size > 0)?.keys() ?? []
  return isAmong(wanted, given, column, true, run)
}

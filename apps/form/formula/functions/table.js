/** Functions on tables (subtables, choices, [1, 2, 3]): rows made and picked. */

import { caught, failure } from '../errors.js'
import { givesTable, parts } from '../tree.js'
import { standing } from '../values.js'

export const tables = {
  Table: { build: (node, given) => tableOf(node, given) },
  First: { compute: ([table]) => rowAt(table, 0) },
  Last: { compute: ([table]) => rowAt(table, -1) },
  Filter: { build: (node, given) => filtered(node, given) },
  LookUp: { build: (node, given) => lookedUp(node, given) },
}

/** The rows; those of a blank table are none. */
export function rowsOf(table) {
  if (table === null) return []
  if (!Array.isArray(table)) throw failure('InvalidArgument', 'not-listable')
  return table
}

/**
 * For each row, in turn, the value of the argument that stands for it ("each"). A blank row is there; a row that failed is
 * met only when the argument reads it.
 */
export function* eachValue(each, rows, body, frame) {
  const cost = parts(each)
  for (const row of rows) {
    frame.run.step(cost)
    frame.slots[each.d] = row
    yield body(frame)
  }
}

function tableOf(node, given) {
  const isTable = node.a.map(givesTable)
  const rows = (argument, index, frame) => {
    if (!isTable[index]) return caught(() => argument(frame))
    return argument(frame) ?? [null]
  }
  return (frame) => given.flatMap((argument, index) => rows(argument, index, frame))
}

function rowAt(table, place) {
  return standing(rowsOf(table).at(place) ?? null)
}

function filtered({ a: [, each] }, [table, condition]) {
  return (frame) => {
    const rows = rowsOf(table(frame))
    const met = [...eachValue(each, rows, condition, frame)]
    return rows.filter((_, index) => met[index])
  }
}

function lookedUp({ a: [, each] }, [table, condition, wanted]) {
  return (frame) => {
    for (const met of eachValue(each, rowsOf(table(frame)), condition, frame)) {
      if (met) return wanted ? wanted(frame) : standing(frame.slots[each.d])
    }
    return null
  }
}

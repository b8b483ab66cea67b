/** How many rows a table has: all of them, those that meet a condition, those with a value. */

import { eachValue, rowsOf } from './table.js'

export const countings = {
  CountRows: { compute: ([table]) => rowsOf(table).length },
  IsEmpty: { compute: ([table]) => rowsOf(table).length === 0 },
  CountIf: { build: (node, given) => countIf(node, given) },
  Count: { build: (node, given) => countValues(node, given) },
  CountA: { build: (node, given) => countValues(node, given) },
}

function countIf({ a: [, each] }, [table, first, ...others]) {
  return (frame) => {
    let count = 0
    for (const met of eachValue(each, rowsOf(table(frame)), first, frame)) {
      if (met && others.every((condition) => condition(frame))) count += 1
    }
    return count
  }
}

function countValues({ a: [, each] }, [table, value]) {
  return (frame) => [...eachValue(each, rowsOf(table(frame)), value, frame)].filter((found) => found !== null).length
}

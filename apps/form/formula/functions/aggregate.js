/** Sum, Average, Min, Max: over numbers written one by one, or over the rows of a table. Blanks do not count. */

import { failure } from '../errors.js'
import { finite } from '../values.js'
import { eachValue, rowsOf } from './table.js'

export const aggregates = {
  Sum: { build: (node, given) => overAll(node, given, sum) },
  Average: { build: (node, given) => overAll(node, given, average) },
  Min: { build: (node, given) => overAll(node, given, (numbers) => best(numbers, (one, other) => one < other)) },
  Max: { build: (node, given) => overAll(node, given, (numbers) => best(numbers, (one, other) => one > other)) },
  SUMIF: { build: (node, given) => overMatching(node, given, sum) },
  AVERAGEIF: { build: (node, given) => overMatching(node, given, average) },
}

function overAll({ a: [, each] }, given, compute) {
  if (each?.k !== 'each') return (frame) => compute(known(given.map((argument) => argument(frame))))
  const [table, body] = given
  return (frame) => compute(known(eachValue(each, rowsOf(table(frame)), body, frame)))
}

function overMatching({ a: [, each] }, [table, condition, body], compute) {
  return (frame) => {
    const numbers = []
    for (const met of eachValue(each, rowsOf(table(frame)), condition, frame)) {
      if (met) numbers.push(body(frame))
    }
    return compute(known(numbers))
  }
}

function known(numbers) {
  return [...numbers].filter((number) => number !== null)
}

function total(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0)
}

function sum(numbers) {
  return numbers.length ? finite(total(numbers)) : null
}

function average(numbers) {
  if (!numbers.length) throw failure('Div0', 'empty-average')
  return finite(total(numbers) / numbers.length)
}

function best(numbers, isBetter) {
  return numbers.reduce((found, number) => (found === null || isBetter(number, found) ? number : found), null)
}

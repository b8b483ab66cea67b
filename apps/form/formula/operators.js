/** The closures of the operators; their operands have been read as the right types already. */

import { toText } from './coercion.js'
import { exactRatio, nearestNumber } from './decimal.js'
import { failure } from './errors.js'
import { givesTable } from './tree.js'
import { cell, compared, equal, finite, standing } from './values.js'

/** Operators whose operands alone may fail. */
export const NEVER_FAIL = ['<', '<=', '>', '>=', '&&', '||', '!', 'neg']

export function operation(node, [left, right]) {
  switch (node.o) {
    case '+':
      return (frame) => finite(left(frame) + right(frame))
    case '-':
      return (frame) => finite(left(frame) - right(frame))
    case '*':
      return (frame) => finite(left(frame) * right(frame))
    case '/':
      return (frame) => divided(left(frame), right(frame))
    case '^':
      return (frame) => power(left(frame), right(frame))
    case '%':
      return (frame) => left(frame) / 100
    case 'neg':
      return (frame) => -left(frame)
    case '!':
      return (frame) => !left(frame)
    case '&&':
      return (frame) => left(frame) && right(frame)
    case '||':
      return (frame) => left(frame) || right(frame)
    case '=':
      return (frame) => equal(left(frame), right(frame))
    case '<>':
      return (frame) => !equal(left(frame), right(frame))
    case '<':
      return (frame) => compared(left(frame), right(frame)) < 0
    case '<=':
      return (frame) => compared(left(frame), right(frame)) <= 0
    case '>':
      return (frame) => compared(left(frame), right(frame)) > 0
    case '>=':
      return (frame) => compared(left(frame), right(frame)) >= 0
    case 'in':
    case 'exactin':
      return membership(node, left, right)
  }
  throw new TypeError(`no such operator: ${node.o}`)
}

function divided(left, right) {
  if (right === 0) throw failure('Div0', 'divided-by-zero')
  return finite(left / right)
}

export function power(base, exponent) {
  if (base === 0 && exponent < 0) throw failure('Div0', 'divided-by-zero')
  const result = isWholePower(base, exponent) ? wholePower(base, exponent) : base ** exponent
  if (Number.isNaN(result)) throw failure('Numeric', 'not-real')
  return finite(result)
}

/**
 * Browsers may err in the last digit of a power (10 ^ -5 is 0.000009999999999999999 in some). Whole exponents are worked
 * out exactly, as long as the digits stay few enough to do so at once.
 */
function isWholePower(base, exponent) {
  return (
    Number.isInteger(exponent) &&
    Math.abs(exponent) <= 1000 &&
    Number.isFinite(base ** exponent) &&
    base ** exponent !== 0
  )
}

function wholePower(base, exponent) {
  const [numerator, denominator] = exactRatio(base).map((part) => part ** BigInt(Math.abs(exponent)))
  if (exponent >= 0) return nearestNumber(numerator, denominator)
  return numerator < 0n ? nearestNumber(-denominator, -numerator) : nearestNumber(denominator, numerator)
}

function membership({ a: operands, o: operator, c: column = '' }, left, right) {
  const exact = operator === 'exactin'
  const isTable = givesTable(operands[1]) || column !== ''
  return (frame) => {
    const [value, whole] = [left(frame), right(frame)]
    if (isTable) return isAmong(value, whole ?? [], column, exact, frame.run)
    if (Array.isArray(whole)) return isAmong(value, whole, 'Value', exact, frame.run)
    const [part, text] = [value, whole].map((each) => (each === null ? '' : toText(each, frame.run)))
    return exact ? text.includes(part) : text.toLowerCase().includes(part.toLowerCase())
  }
}

/** Whether a value is one of a table's column (column '': whether a record is one of its rows). */
export function isAmong(value, table, column, exact, run) {
  const wanted = exact ? value : lowered(value)
  return table.some((each) => {
    run.step()
    const row = standing(each)
    if (row === null) return false
    const given = column ? cell(row, column) : row
    return equal(wanted, exact ? given : lowered(given))
  })
}

const lowered = (value) => (typeof value === 'string' ? value.toLowerCase() : value)

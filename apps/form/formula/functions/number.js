/** Functions on numbers: rounding, remainders, powers. */

import { Decimal } from '../decimal.js'
import { failure } from '../errors.js'
import { inSentence } from '../number_text.js'
import { power } from '../operators.js'
import { finite, whole } from '../values.js'

const MOST_DIGITS = 350

export const numbers = {
  Abs: { compute: ([number]) => Math.abs(number) },
  Int: { compute: ([number]) => Math.floor(number) },
  Trunc: { compute: ([number, digits = 0]) => rounded(number, digits, 'down') },
  Round: { compute: ([number, digits]) => rounded(number, digits, 'half-up') },
  RoundUp: { compute: ([number, digits]) => rounded(number, digits, 'up') },
  RoundDown: { compute: ([number, digits]) => rounded(number, digits, 'down') },
  CEILING: { compute: ([number, step]) => toMultiple(number, step, 'ceiling') },
  FLOOR: { compute: ([number, step]) => floor(number, step) },
  Mod: { compute: ([number, divisor]) => remainder(number, divisor) },
  Power: { compute: ([base, exponent]) => power(base, exponent) },
  Sqrt: { compute: ([number]) => squareRoot(number) },
}

/** To so many decimals (negative: tens, hundreds …). What counts is how the number is written: 1.005 is halfway. */
export function rounded(number, digits, rounding) {
  const places = whole(Math.max(-MOST_DIGITS, Math.min(MOST_DIGITS, digits)))
  return finite(Decimal.of(number).rounded(places, rounding).toNumber())
}

function floor(number, step) {
  if (step === 0 && number !== 0) throw failure('Div0', 'divided-by-zero')
  return toMultiple(number, step, 'floor')
}

/** As Excel: a negative step turns the direction for negative numbers; a positive number takes no negative step. */
function toMultiple(number, step, rounding) {
  if (step === 0 || number === 0) return 0
  if (number > 0 && step < 0) throw failure('Numeric', 'bad-choice', { text: inSentence(step) })
  const size = Decimal.of(step)
  const multiples = Decimal.of(number).times(size, rounding)
  return finite(new Decimal(multiples * size.coefficient, size.exponent).toNumber())
}

/** The sign follows the divisor. */
function remainder(number, divisor) {
  if (divisor === 0) throw failure('Div0', 'divided-by-zero')
  const rest = number % divisor
  return rest !== 0 && rest < 0 !== divisor < 0 ? rest + divisor : rest
}

function squareRoot(number) {
  if (number < 0) throw failure('Numeric', 'not-real')
  return Math.sqrt(number)
}

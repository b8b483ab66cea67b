/** Numbers as they are written: exact decimals, so that 1.005 is halfway between 1.00 and 1.01. */

import { failure } from './errors.js'

const WIDEST = 800

/** coefficient × 10^exponent, the coefficient a BigInt. */
export class Decimal {
  constructor(coefficient, exponent) {
    this.coefficient = coefficient
    this.exponent = exponent
  }

  /** The shortest digits that give the number back. */
  static of(number) {
    const { negative, digits, point } = shortest(number)
    const coefficient = BigInt(digits)
    return new Decimal(negative ? -coefficient : coefficient, point - digits.length)
  }

  get isZero() {
    return this.coefficient === 0n
  }

  get isNegative() {
    return this.coefficient < 0n
  }

  /** The exponent of the first digit: 2 for 123, -2 for 0.012. */
  get magnitude() {
    return this.abs().coefficient.toString().length + this.exponent - 1
  }

  abs() {
    return this.isNegative ? new Decimal(-this.coefficient, this.exponent) : this
  }

  /** The decimal point moved so many places to the right. */
  shifted(places) {
    return new Decimal(this.coefficient, this.exponent + places)
  }

  /** Rounded to so many decimals (negative: tens, hundreds …). rounding: half-up, up, down, ceiling or floor. */
  rounded(places, rounding) {
    const drop = -places - this.exponent
    if (this.abs().coefficient.toString().length - drop > WIDEST) throw failure('Numeric', 'not-finite')
    if (drop <= 0) return new Decimal(this.coefficient * 10n ** BigInt(-drop), -places)
    return new Decimal(quotient(this.coefficient, 10n ** BigInt(drop), rounding), -places)
  }

  /** How often another decimal goes into this one, as a BigInt. */
  times(other, rounding) {
    const exponent = Math.min(this.exponent, other.exponent)
    const [whole, part] = [this, other].map((each) => each.coefficient * 10n ** BigInt(each.exponent - exponent))
    return part < 0n ? quotient(-whole, -part, rounding) : quotient(whole, part, rounding)
  }

  toNumber() {
    return Number(`${this.coefficient}e${this.exponent}`)
  }

  /** ['12', '50'] for 12.50: the digits before and after the point of a decimal that is not negative. */
  parts() {
    if (this.exponent >= 0) return [(this.coefficient * 10n ** BigInt(this.exponent)).toString(), '']
    const digits = this.coefficient.toString().padStart(1 - this.exponent, '0')
    return [digits.slice(0, this.exponent), digits.slice(this.exponent)]
  }
}

/** 0.012 -> {negative: false, digits: '12', point: -1}: the number is 0.12 × 10^point. */
export function shortest(number) {
  const [mantissa, exponent] = Math.abs(number).toExponential().split('e')
  return { negative: number < 0, digits: mantissa.replace('.', ''), point: Number(exponent) + 1 }
}

/** The exact value of a number as [numerator, denominator], both BigInt. */
export function exactRatio(number) {
  let [numerator, denominator] = [number, 1n]
  while (!Number.isInteger(numerator)) {
    numerator *= 2
    denominator *= 2n
  }
  return [BigInt(numerator), denominator]
}

/** The number nearest to a fraction of two BigInts; the denominator is positive. */
export function nearestNumber(numerator, denominator) {
  if (numerator < 0n) return -nearestNumber(-numerator, denominator)
  const scale = Math.max(0, bits(denominator) - bits(numerator) + 64)
  const scaled = numerator << BigInt(scale)
  const sticky = scaled % denominator ? 1n : 0n
  const half = Math.floor(scale / 2)
  return Number((scaled / denominator) | sticky) / 2 ** half / 2 ** (scale - half)
}

const bits = (whole) => whole.toString(16).length * 4

/** Integer division by a positive divisor, towards minus infinity. */
export function floorDivide(value, divisor) {
  const whole = value / divisor
  return value % divisor < 0n ? whole - 1n : whole
}

/** The nearest whole number to a fraction, the even one when it is halfway. */
export function nearestWhole(numerator, denominator) {
  const whole = floorDivide(numerator, denominator)
  const twice = 2n * (numerator - whole * denominator)
  if (twice === denominator) return whole % 2n === 0n ? whole : whole + 1n
  return twice > denominator ? whole + 1n : whole
}

function quotient(value, divisor, rounding) {
  const whole = value / divisor
  const rest = value % divisor
  if (rest === 0n) return whole
  const away = value < 0n ? whole - 1n : whole + 1n
  const size = rest < 0n ? -rest : rest
  switch (rounding) {
    case 'half-up':
      return 2n * size >= divisor ? away : whole
    case 'up':
      return away
    case 'ceiling':
      return value < 0n ? whole : away
    case 'floor':
      return value < 0n ? away : whole
  }
  return whole
}

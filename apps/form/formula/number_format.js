/** Shows a number in a format such as "#,##0.00", "0.0%" or "0.00E+00". */

import { Decimal } from './decimal.js'

/** Significant digits a format shows; beyond them a double holds noise. */
const DIGITS = 15

/** The number in the section its sign asks for; a number that rounds to zero takes the section for zero. */
export function showNumber(number, { sections }, culture) {
  const exact = significant(Decimal.of(number))
  const [section, sign] = sectionFor(exact, sections)
  const plan = planOf(section)
  const digits = rounded(exact.abs(), plan)
  if (digits.isZero && !exact.isZero && sections.length > 2) return written(digits, planOf(sections[2]), culture)
  return sign + written(plan.exponent ? exact.abs() : digits, plan, culture)
}

function significant(exact) {
  return exact.isZero ? exact : exact.rounded(DIGITS - 1 - exact.magnitude, 'half-up')
}

function sectionFor(exact, sections) {
  if (exact.isZero && sections.length > 2) return [sections[2], '']
  if (exact.isNegative) return sections[1]?.length ? [sections[1], ''] : [sections[0], '-']
  return [sections[0], '']
}

/** What the parts of a section ask for: places before and after the point, scale, grouping. */
function planOf(section) {
  const plan = { before: [], after: [], pieces: [], thousands: 0, percents: 0, grouped: false, exponent: '' }
  const kinds = section.map((part) => part.kind)
  const last = kinds.lastIndexOf('digit')
  const point = kinds.includes('point') ? kinds.indexOf('point') : section.length
  for (let index = 0; index < section.length; index += 1) {
    const { kind, text } = section[index]
    if (kind === 'digit') {
      plan[index < point ? 'before' : 'after'].push(text)
      plan.pieces.push([index < point ? 'digit' : 'decimal', text])
    } else if (kind === 'point') {
      if (index === point) plan.pieces.push(['point', ''])
    } else if (kind === 'comma') {
      const start = index
      while (kinds[index + 1] === 'comma') index += 1
      planCommas(plan, kinds, start, index + 1, point, last)
    } else if (kind === 'percent') {
      plan.percents += 1
      plan.pieces.push(['literal', '%'])
    } else if (kind === 'exponent') {
      plan.exponent = text
      plan.pieces.push(['exponent', ''])
    } else {
      plan.pieces.push(['literal', text])
    }
  }
  return plan
}

/**
 * A run of commas groups between digits, divides by 1000 each after the last digit or before the point. Anywhere else
 * it is one comma.
 */
function planCommas(plan, kinds, start, end, point, last) {
  const [previous, following] = [kinds[start - 1], kinds[end]]
  if (previous === 'digit') {
    if (following === 'digit') plan.grouped ||= start < point
    else if (following === 'point' || start > last) plan.thousands += end - start
  } else if (previous !== 'point') {
    plan.pieces.push(['literal', ','])
  }
}

function rounded(exact, plan) {
  return exact.shifted(2 * plan.percents - 3 * plan.thousands).rounded(plan.after.length, 'half-up')
}

function written(number, plan, culture) {
  const [mantissa, exponent] = plan.exponent ? withExponent(number, plan) : [number, '']
  const [whole, decimals] = mantissa.parts()
  const places = plan.after.length
  const trimmed = withoutZeros(decimals.padEnd(places, '0').slice(0, places), plan.after)
  return filled(plan, whole.replace(/^0+/, ''), trimmed, exponent, culture)
}

/** The mantissa with as many digits before the point as there are places, and the exponent as it is written. */
function withExponent(number, plan) {
  const places = plan.before.length
  let power = number.isZero ? 0 : number.magnitude - places + 1
  let mantissa = rounded(number.shifted(-power), plan)
  if (!mantissa.isZero && places > 0 && mantissa.magnitude >= places) {
    power += 1
    mantissa = rounded(number.shifted(-power), plan)
  }
  const [letter, sign, ...digits] = plan.exponent
  const shownSign = power < 0 ? '-' : sign === '+' ? '+' : ''
  const least = digits.filter((digit) => digit === '0').length + Number(digits.at(-1) === '#')
  return [mantissa, `${letter}${shownSign}${String(Math.abs(power)).padStart(least, '0')}`]
}

/** Drops zeros at the end that stand on # places. */
function withoutZeros(decimals, places) {
  let length = decimals.length
  while (length && decimals[length - 1] === '0' && places[length - 1] === '#') length -= 1
  return decimals.slice(0, length)
}

/** The pieces with the digits in their places; digits without a place go before the first. */
function filled(plan, whole, decimals, exponent, culture) {
  const places = plan.before.length
  const firstZero = plan.before.includes('0') ? plan.before.indexOf('0') : places
  const digits = whole.padStart(places - firstZero, '0')
  let [seen, decimal] = [0, 0]
  const show = ([kind, text]) => {
    switch (kind) {
      case 'digit':
        seen += 1
        return onPlace(plan, digits, seen - 1, places, culture)
      case 'decimal':
        decimal += 1
        return decimals.slice(decimal - 1, decimal)
      case 'point':
        return (
          (places ? '' : grouped(digits, digits.length, plan, culture)) +
          (decimals || !plan.after.length ? culture.decimal : '')
        )
      case 'exponent':
        return exponent
    }
    return text
  }
  return plan.pieces.map(show).join('')
}

/** The digits that stand on the n-th place before the point: the first place takes all that are too many. */
function onPlace(plan, digits, seen, places, culture) {
  const left = places - seen
  const first = seen === 0 ? 0 : digits.length - left
  const taken = digits.slice(Math.max(first, 0), Math.max(digits.length - left + 1, 0))
  return grouped(taken, left - 1 + taken.length, plan, culture)
}

/** The digits, each followed by a separator where a group of three ends; position counts them from here to the point. */
function grouped(taken, position, plan, culture) {
  if (!plan.grouped) return taken
  return [...taken]
    .map((digit, index) => {
      const left = position - index - 1
      return digit + (left && left % 3 === 0 ? culture.group : '')
    })
    .join('')
}

/** Numbers written as text, and texts read as numbers. */

import { folded, trimmed, trimmedStart } from './characters.js'
import { shortest } from './decimal.js'
import { failure } from './errors.js'

const YEN = /[¥￥円]/g
const BODY = /^(?:\d[\d,]*\.?\d*|\.\d+)(?:e[+-]?\d+)?/i
const MARKS = '+-$%'
const WITH_POINT = { '.': ',', ',': '.', '\u00a0': ',', '\u202f': ',' }

/** The shortest digits that give the number back; from 1E+15 and below 0.0001 with an exponent. */
export function numberText(number) {
  if (Number.isInteger(number) && Math.abs(number) < 1e15) return String(number)
  const { negative, digits, point } = shortest(number)
  const minus = negative ? '-' : ''
  if (point > -4 && point <= 15) return minus + plain(digits, point)
  const tail = digits.length > 1 ? `.${digits.slice(1)}` : ''
  return `${minus}${digits[0]}${tail}E${point > 0 ? '+' : '-'}${String(Math.abs(point - 1)).padStart(2, '0')}`
}

function plain(digits, point) {
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`
  if (point >= digits.length) return digits.padEnd(point, '0')
  return `${digits.slice(0, point)}.${digits.slice(point)}`
}

/** A number as sentences about errors show it: six digits at most, 1e+08 from a million on. */
export function inSentence(number) {
  const [mantissa, exponent] = number.toExponential(5).split('e').map(Number)
  if (exponent >= -4 && exponent < 6) return String(Number(number.toPrecision(6)))
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}

/** '1,234.5' -> 1234.5, '(5)' -> -5, '12%' -> 0.12, '１２３円' -> 123; null for ''; the rest is InvalidArgument. */
export function readNumber(text, culture) {
  if (text === '') return null
  const number = read(plainSigns(text, culture))
  if (number === null) throw failure('InvalidArgument', 'not-a-number', { text })
  return number
}

/** Half width, with . as decimal point, , between groups and $ for any currency. */
function plainSigns(text, culture) {
  let plain = culture.tag === 'ja-JP' ? folded(text) : text
  if (culture.decimal === ',') plain = plain.replace(/[.,\u00a0\u202f]/g, (sign) => WITH_POINT[sign])
  if (culture.tag === 'ja-JP') plain = plain.replace(YEN, '$')
  return plain.split(culture.currency).join('$')
}

/** An amount with at most one sign, one currency and one per cent, each before or after; brackets mean minus. */
function read(text) {
  let [rest, before] = marks(trimmed(text))
  let tail
  const bracketed = rest.startsWith('(')
  if (bracketed) {
    const closing = rest.indexOf(')')
    if (closing < 0) return null
    const [body, inner] = marks(trimmed(rest.slice(1, closing)))
    if (inner !== '' && inner !== '$') return null
    tail = trimmed(rest.slice(closing + 1))
    rest = trimmed(body)
    before += inner
  } else {
    const found = BODY.exec(rest)
    if (found === null) return null
    tail = trimmed(rest.slice(found[0].length))
    rest = found[0]
  }
  const [leftOver, after] = marks(tail)
  const all = [...before, ...after]
  const count = (wanted) => all.filter((mark) => wanted.includes(mark)).length
  if (
    leftOver ||
    BODY.exec(rest)?.[0] !== rest ||
    count('$') > 1 ||
    count('%') > 1 ||
    count('+-') > (bracketed ? 0 : 1)
  )
    return null
  const number = Number(rest.replace(/,/g, ''))
  if (!Number.isFinite(number)) return null
  return (bracketed || all.includes('-') ? -number : number) / (all.includes('%') ? 100 : 1)
}

/** Takes the signs, currencies and per cents off the front; gives the rest and the marks. */
function marks(text) {
  let found = ''
  let rest = text
  while (rest && MARKS.includes(rest[0])) {
    found += rest[0]
    rest = trimmedStart(rest.slice(1))
  }
  return [rest, found]
}

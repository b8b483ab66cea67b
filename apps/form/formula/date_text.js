/** Texts read as dates, times and date-times: ISO, the order of the culture, names of months, Japanese eras. */

import { SPACE, folded, lengthOf, sliced, trimmed, trimmedEnd } from './characters.js'
import { ENGLISH } from './culture.js'
import { readDate } from './eras.js'
import { failure } from './errors.js'
import { DAY, MICROSECONDS, Moment, Time, realDay } from './values.js'

const TIME =
  /(^|[^\d:])(\d{1,3}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,9}))?)?[ \t-\r]*(am|pm|午前|午後)?(z|[+-]\d\d:?\d\d)?$/i
const JAPANESE_TIME = /(午前|午後)?[ \t-\r]*(\d{1,2})時(?:(\d{1,2})分)?(?:(\d{1,2})秒)?$/
const HOUR_ONLY = /(^|[^\d])(\d{1,2})[ \t-\r]*(am|pm)$/i
const LONGEST = 100
const SPLIT = new RegExp(`[${SPACE},./-]+`)
const DIGITS = /^\d{1,4}$/
const LETTER = '\\p{L}\\p{N}_'
const TOKYO = 9n * MICROSECONDS.hours

/** The Moment a text names; without a date 1899-12-30, without a time 00:00. */
export function readMoment(text, culture, thisYear) {
  const { rest, time, offset } = withoutTime(plain(text))
  const date = !rest && time !== null ? 0 : readDay(rest, text, culture, thisYear)
  if (time !== null && time >= DAY && rest) throw failure('InvalidArgument', 'not-a-date', { text })
  const moment = new Moment(BigInt(date) * DAY + (time ?? 0n))
  return offset === null ? moment : new Moment(moment.microseconds - offset + TOKYO)
}

/** The time of day a text names, with or without a date before it; hours past 24 start over. */
export function readTime(text, culture, thisYear) {
  const { rest, time } = withoutTime(plain(text))
  if (time !== null && !rest) return new Time(time % DAY)
  try {
    return new Time(readMoment(text, culture, thisYear).timeOfDay)
  } catch {
    throw failure('InvalidArgument', 'not-a-time', { text: sliced(text, 0, LONGEST) })
  }
}

/** Half width, composed letters; no date is longer than a line. */
function plain(text) {
  if (lengthOf(text) > LONGEST) throw failure('InvalidArgument', 'not-a-date', { text: sliced(text, 0, LONGEST) })
  return trimmed(folded(text.normalize('NFC')))
}

/** {rest: the text before the time, time, offset: its distance from UTC}; what is not written is null. */
function withoutTime(text) {
  const clock = TIME.exec(text)
  if (clock) {
    const [hour, minute, second, fraction, half, zone] = clock.slice(2)
    const before = trimmedEnd(text.slice(0, clock.index + clock[1].length))
    const rest = /\d.$/u.test(before) && before.endsWith('T') ? before.slice(0, -1) : before
    const microseconds = BigInt((fraction ?? '0').slice(0, 6).padEnd(6, '0'))
    return { rest, time: timeOf(hour, minute, second, half) + microseconds, offset: offsetOf(zone) }
  }
  const japanese = JAPANESE_TIME.exec(text)
  if (japanese) {
    const [half, hour, minute, second] = japanese.slice(1)
    return { rest: trimmed(text.slice(0, japanese.index)), time: timeOf(hour, minute, second, half), offset: null }
  }
  const hourOnly = HOUR_ONLY.exec(text)
  if (hourOnly) {
    const rest = trimmed(text.slice(0, hourOnly.index + hourOnly[1].length))
    return { rest, time: timeOf(hourOnly[2], '0', '0', hourOnly[3]), offset: null }
  }
  return { rest: text, time: null, offset: null }
}

function timeOf(hourText, minuteText, secondText, half) {
  const [hour, minute, second] = [hourText, minuteText ?? '0', secondText ?? '0'].map(BigInt)
  if (minute > 59n || second > 59n || (half && hour > 12n)) throw failure('InvalidArgument', 'no-such-time')
  const afternoon = half && ['pm', '午後'].includes(half.toLowerCase())
  const counted = half ? (hour % 12n) + (afternoon ? 12n : 0n) : hour
  return counted * MICROSECONDS.hours + minute * MICROSECONDS.minutes + second * MICROSECONDS.seconds
}

function offsetOf(zone) {
  if (!zone) return null
  if (zone.toLowerCase() === 'z') return 0n
  const distance = BigInt(zone.slice(1, 3)) * MICROSECONDS.hours + BigInt(zone.slice(-2)) * MICROSECONDS.minutes
  return zone[0] === '-' ? -distance : distance
}

function readDay(text, whole, culture, thisYear) {
  const parts = partsOf(text, culture)
  const day = parts === null ? readDate(text) : realDay(parts[0] ?? thisYear, parts[1], parts[2])
  if (day !== null) return day
  throw parts === null
    ? failure('InvalidArgument', 'not-a-date', { text: whole })
    : failure('InvalidArgument', 'no-such-date')
}

/** [year (null: not written), month, day]; null when the text is of no such form. */
function partsOf(text, culture) {
  const [lowered, month] = namedMonth(text.toLowerCase(), culture)
  const words = withoutDays(lowered, culture).split(SPLIT).filter(Boolean)
  if (!words.length || !words.every((word) => DIGITS.test(word))) return null
  if (month) return aroundMonth(words, month)
  if (words.length === 3) return threeWords(words, culture.order)
  if (words.length === 2 && words.every((word) => word.length <= 2)) {
    const [first, second] = words.map(Number)
    return culture.order === 'dmy' ? [null, second, first] : [null, first, second]
  }
  return null
}

function threeWords(words, usual) {
  const order = words[0].length > 2 ? 'ymd' : usual === 'ymd' && words[2].length > 2 ? 'mdy' : usual
  // 6/4/1 may be an era or a year 2006: nobody can tell.
  if (order === 'ymd' && words[0].length <= 2) return null
  const word = (letter) => words[order.indexOf(letter)]
  return [fullYear(word('y')), Number(word('m')), Number(word('d'))]
}

function aroundMonth(words, month) {
  if (words.length > 2) return null
  if (words.length === 1) return words[0].length > 2 ? [fullYear(words[0]), month, 1] : [null, month, Number(words[0])]
  const [year, day] = words[0].length > 2 ? words : [words[1], words[0]]
  return [fullYear(year), month, Number(day)]
}

function fullYear(digits) {
  const year = Number(digits)
  if (digits.length > 2) return year
  return year + (year < 50 ? 2000 : 1900)
}

/** The text with the name of a month taken out, and the number of the month (0: none was named). */
function namedMonth(text, culture) {
  for (const names of [culture.months, culture.shortMonths, ENGLISH.months, ENGLISH.shortMonths]) {
    const longestFirst = names
      .map((name, index) => [name, index + 1])
      .sort((one, other) => other[0].length - one[0].length)
    for (const [name, number] of longestFirst) {
      if (/^\d/.test(name)) continue
      const without = text.replace(wordPattern(`${name.toLowerCase()}\\.?`, 'u'), '$1 ')
      if (without !== text) return [without, number]
    }
  }
  return [text, 0]
}

function withoutDays(text, culture) {
  const names = [culture.days, culture.shortDays, ENGLISH.days, ENGLISH.shortDays].flat()
  return names.reduce((rest, name) => rest.replace(wordPattern(name.toLowerCase(), 'gu'), '$1 '), text)
}

/** A whole word; what stands before it is the first group. Without lookbehind, which older Safari does not know. */
function wordPattern(word, flags) {
  return new RegExp(`(^|[^${LETTER}])${word}(?![${LETTER}])`, flags)
}

/**
 * The values a formula works with: number, string, boolean, null (blank), Day, Moment (date-time, Japanese time), Time,
 * Map (record) and Array of Maps, nulls and errors (table). A cell that failed holds its FormulaError.
 */

import { exactRatio, floorDivide, nearestNumber, nearestWhole } from './decimal.js'
import { FormulaError, failure } from './errors.js'

/** Characters a text result may have: a cell of Excel holds no more. */
const LONGEST_TEXT = 32767

const JAPANESE_NAMES = {
  number: '数値',
  text: '文字列',
  boolean: 'はい・いいえ',
  date: '日付',
  datetime: '日時',
  time: '時刻',
  record: 'レコード',
  table: '表',
  blank: '空白',
}

const SECOND = 1_000_000n
const MINUTE = 60n * SECOND
const HOUR = 60n * MINUTE
export const DAY = 24n * HOUR
export const MICROSECONDS = { milliseconds: 1000n, seconds: SECOND, minutes: MINUTE, hours: HOUR, days: DAY }

const EPOCH_IN_UNIX_DAYS = -25569
const FIRST = BigInt(dayCount(1, 1, 1)) * DAY
const LAST = BigInt(dayCount(9999, 12, 31) + 1) * DAY - 1n
const LONGEST_TIME = 1_000_000_000n * DAY

/** Microseconds since 1899-12-30; what Day, Moment and Time have in common. */
class Span {
  constructor(microseconds) {
    this.microseconds = microseconds
  }

  /** Days as a number, the time of day as its fraction. */
  get serial() {
    return nearestNumber(this.microseconds, DAY)
  }

  get timeOfDay() {
    return this.microseconds - floorDivide(this.microseconds, DAY) * DAY
  }
}

/** Between the years 1 and 9999; anything else is the error no-such-date. */
class Calendared extends Span {
  constructor(microseconds) {
    if (microseconds < FIRST || microseconds > LAST) throw failure('InvalidArgument', 'no-such-date')
    super(microseconds)
  }

  /** Days since 1899-12-30. */
  get day() {
    return Number(floorDivide(this.microseconds, DAY))
  }

  /** {year, month, day, weekday (0: Sunday), hour, minute, second, microsecond} */
  get parts() {
    const time = this.timeOfDay
    return {
      ...calendarDay(this.day),
      hour: Number(time / HOUR),
      minute: Number((time / MINUTE) % 60n),
      second: Number((time / SECOND) % 60n),
      microsecond: Number(time % SECOND),
    }
  }
}

/** A date. It may carry a fraction of a day: Date(2024, 4, 1) + 0.5 + 0.5 is 2 April. */
export class Day extends Calendared {
  static at(day) {
    return new Day(BigInt(day) * DAY)
  }
}

export class Moment extends Calendared {}

/** A length of time; may pass a day or be negative. */
export class Time extends Span {
  constructor(microseconds) {
    if (microseconds <= -LONGEST_TIME || microseconds >= LONGEST_TIME) throw failure('InvalidArgument', 'no-such-time')
    super(microseconds)
  }
}

export const isMoment = (value) => value instanceof Calendared

/** The zero of each type, which stands for a blank where a value is needed. */
export const ZERO = {
  number: 0,
  text: '',
  boolean: false,
  date: Day.at(0),
  datetime: new Moment(0n),
  time: new Time(0n),
}

/** Days since 1899-12-30; the month may lie outside 1-12, the day outside its month. Years 1 to 9999. */
export function dayCount(year, month, day) {
  return new Date(0).setUTCFullYear(year, month - 1, day) / 86_400_000 - EPOCH_IN_UNIX_DAYS
}

/** {year, month, day, weekday (0: Sunday)} of a number of days since 1899-12-30. */
export function calendarDay(count) {
  const date = new Date((count + EPOCH_IN_UNIX_DAYS) * 86_400_000)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
  }
}

export function daysInMonth(year, month) {
  return calendarDay(dayCount(year, month + 1, 0)).day
}

/** The day count of a date that stands in the calendar, else null. */
export function realDay(year, month, day) {
  const possible = year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
  return possible ? dayCount(year, month, day) : null
}

/** The microseconds of a serial number; milliseconds are rounded to three decimals first, as dates are kept. */
function microsecondsOf(serial, code) {
  const milliseconds = serial * 86_400_000
  if (!Number.isFinite(milliseconds)) throw failure('InvalidArgument', code)
  const [numerator, denominator] = exactRatio(milliseconds)
  return nearestWhole(numerator * 1000n, denominator)
}

export const dayFrom = (serial) => new Day(microsecondsOf(serial, 'no-such-date'))
export const momentFrom = (serial) => new Moment(microsecondsOf(serial, 'no-such-date'))
export const timeFrom = (serial) => new Time(microsecondsOf(serial, 'no-such-time'))

export function finite(number) {
  if (Number.isFinite(number)) return number
  throw failure('Numeric', 'not-finite')
}

export function withinLength(text) {
  if (text.length <= LONGEST_TEXT || [...text].length <= LONGEST_TEXT) return text
  throw failure('InvalidArgument', 'text-too-long', { limit: '32,767' })
}

/** A number cut off to a whole one, without the sign of a zero. */
export const whole = (number) => Math.trunc(number) + 0

export function kindOf(value) {
  if (value === null) return 'blank'
  if (Array.isArray(value)) return 'table'
  if (value instanceof Map) return 'record'
  if (value instanceof Day) return 'date'
  if (value instanceof Moment) return 'datetime'
  if (value instanceof Time) return 'time'
  return { number: 'number', string: 'text', boolean: 'boolean' }[typeof value]
}

export function wrongKind(kind, wanted) {
  return failure('InvalidArgument', 'wrong-kind', { type: JAPANESE_NAMES[kind], wanted: JAPANESE_NAMES[wanted] })
}

/** A value as it stands in a slot, row or cell: an error that stands there is thrown. */
export function standing(value) {
  if (value instanceof FormulaError) throw value
  return value
}

/** A field of a record; a blank record has blank fields. */
export function cell(record, name) {
  if (record === null) return null
  if (!(record instanceof Map)) throw wrongKind(kindOf(record), 'record')
  return standing(record.get(name) ?? null)
}

/** Blank equals only blank; dates and numbers by serial number, records field by field; unlike kinds differ. */
export function equal(left, right) {
  if (left === null || right === null) return left === right
  if (left instanceof Map && right instanceof Map) {
    return (
      left.size === right.size &&
      [...left.keys()].every((name) => right.has(name) && equal(standing(left.get(name)), standing(right.get(name))))
    )
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((row, index) => equal(standing(row), standing(right[index])))
  }
  if (left instanceof Span && right instanceof Span && left.constructor === right.constructor)
    return left.microseconds === right.microseconds
  return comparable(left) === comparable(right)
}

/** Moments and times as serial numbers; everything else as it is. */
export const comparable = (value) => (value instanceof Span ? value.serial : value)

/** Below zero when left comes first; two numbers, or two dates, date-times or times. */
export function compared(left, right) {
  const [first, second] = left instanceof Span ? [left.microseconds, right.microseconds] : [left, right]
  return first < second ? -1 : Number(first > second)
}

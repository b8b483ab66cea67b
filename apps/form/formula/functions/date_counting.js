/** Counting with dates: weekdays and weeks, months and years later, how long from one date to another. */

import { dayOf } from '../coercion.js'
import { exactRatio, floorDivide, nearestWhole } from '../decimal.js'
import { failure } from '../errors.js'
import { inSentence } from '../number_text.js'
import { Day, MICROSECONDS, Time, calendarDay, dayCount, daysInMonth } from '../values.js'
import { isInCalendar, wholeCount } from './date.js'

export const dateCountings = {
  Weekday: { compute: ([moment, start = 1]) => weekday(moment, start) },
  WeekNum: { compute: ([moment, start = 1]) => weekNumber(moment, start) },
  ISOWeekNum: { compute: ([moment]) => isoWeekNumber(moment.day) },
  EDate: { compute: ([start, months]) => dayOf(monthsLater(start, wholeCount(months))) },
  EOMonth: { compute: ([start, months]) => monthEnd(start, wholeCount(months)) },
  DateAdd: { compute: ([start, count, unit = '']) => added(start, count, unitNamed(unit)) },
  DateDiff: { compute: ([start, end, unit = '']) => difference(start, end, unitNamed(unit)) },
  DATEDIF: { compute: ([start, end, unit]) => fullDifference(start, end, unit) },
}

/** Excel's number for the start of a week -> day of the week, Sunday being 0. */
const WEEK_STARTS = { 1: 0, 2: 1, 11: 1, 12: 2, 13: 3, 14: 4, 15: 5, 16: 6, 17: 0 }
const MONTHS = { months: 1, quarters: 3, years: 12 }

function weekday(moment, start) {
  const { weekday } = moment.parts
  return start === 3 ? (weekday + 6) % 7 : ((weekday - weekStart(start) + 7) % 7) + 1
}

function weekStart(start) {
  const known = WEEK_STARTS[start]
  if (known === undefined) throw failure('InvalidArgument', 'bad-week-start', { text: inSentence(start) })
  return known
}

function weekNumber(moment, start) {
  const newYear = dayCount(moment.parts.year, 1, 1)
  const offset = (Day.at(newYear).parts.weekday - weekStart(start) + 7) % 7
  return Math.floor((moment.day - newYear + offset) / 7) + 1
}

/** The week belongs to the year of its Thursday. */
function isoWeekNumber(day) {
  const sinceMonday = (((day - 2) % 7) + 7) % 7
  const thursday = day - sinceMonday + 3
  const newYear = dayCount(calendarDay(thursday).year, 1, 1)
  return Math.floor((thursday - newYear) / 7) + 1
}

/** The same day so many months later, or the last of the month when there is no such day; the time stays. */
function monthsLater(moment, months) {
  const { year, month, day } = moment.parts
  const later = monthFrom(year, month, months)
  const count = dayCount(later.year, later.month, Math.min(day, daysInMonth(later.year, later.month)))
  return new moment.constructor(BigInt(count - moment.day) * MICROSECONDS.days + moment.microseconds)
}

function monthFrom(year, month, months) {
  const count = year * 12 + month - 1 + months
  if (!isInCalendar(count)) throw failure('InvalidArgument', 'no-such-date')
  return { year: Math.floor(count / 12), month: (count % 12) + 1 }
}

function monthEnd(start, months) {
  const { year, month } = monthFrom(start.parts.year, start.parts.month, months)
  return Day.at(dayCount(year, month, daysInMonth(year, month)))
}

function unitNamed(text) {
  const name = text.toLowerCase() || 'days'
  if (!Object.hasOwn(MICROSECONDS, name) && !Object.hasOwn(MONTHS, name))
    throw failure('InvalidArgument', 'bad-unit', { text })
  return name
}

/** A date stays a date, a time a time. */
function added(start, count, unit) {
  if (unit in MICROSECONDS) {
    const [numerator, denominator] = exactRatio(count)
    return inRange(start, start.microseconds + nearestWhole(MICROSECONDS[unit] * numerator, denominator))
  }
  const months = wholeCount(count) * MONTHS[unit]
  if (!(start instanceof Time)) return monthsLater(start, months)
  return new Time(monthsLater(new Day(start.microseconds), months).microseconds)
}

/** A time that leaves its range does so as a date would: in the server's words for both. */
function inRange(start, microseconds) {
  try {
    return new start.constructor(microseconds)
  } catch {
    throw failure('InvalidArgument', 'no-such-date')
  }
}

/** Full units in days, hours …; turns of the month, quarter or year in these. */
function difference(start, end, unit) {
  if (unit in MONTHS) return turns(end, MONTHS[unit]) - turns(start, MONTHS[unit])
  if (unit === 'milliseconds') return Number(floorDivide(end.microseconds - start.microseconds, MICROSECONDS[unit]))
  return Number(floorDivide(end.microseconds, MICROSECONDS[unit]) - floorDivide(start.microseconds, MICROSECONDS[unit]))
}

function turns(moment, months) {
  const { year, month } = moment.parts
  return Math.floor((year * 12 + month - 1) / months)
}

function fullDifference(start, end, unit) {
  if (start === null || end === null) return null
  if (end.day < start.day) throw failure('InvalidArgument', 'end-before-start')
  const months = fullMonths(start, end)
  switch (unit.toUpperCase()) {
    case 'Y':
      return Math.floor(months / 12)
    case 'M':
      return months
    case 'D':
      return end.day - start.day
    case 'YM':
      return months % 12
    case 'MD':
      return end.day - anchor(start, months)
    case 'YD':
      return end.day - anchor(start, months - (months % 12))
  }
  throw failure('InvalidArgument', 'bad-unit', { text: unit })
}

export function fullMonths(first, last) {
  const [from, to] = [first.parts, last.parts]
  return (to.year - from.year) * 12 + to.month - from.month - Number(to.day < from.day)
}

/** The day so many months after the first; past the end of a short month it counts on, as Excel does. */
function anchor(first, months) {
  const { year, month, day } = first.parts
  return dayCount(year, month + months, day)
}

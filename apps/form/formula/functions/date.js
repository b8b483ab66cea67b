/** Functions on dates and times: making them, reading them from text, taking them apart. */

import { dayOf } from '../coercion.js'
import { readMoment, readTime } from '../date_text.js'
import { failure } from '../errors.js'
import { DAY, Day, MICROSECONDS, Moment, Time, dayCount } from '../values.js'
import { cultureFor } from './conversion.js'

export const dates = {
  Date: { compute: (given) => dateOf(given) },
  Time: { compute: (given) => timeOf(given) },
  DateTime: { compute: ([year, month, day, ...clock]) => dateTimeOf([year, month, day], clock) },
  DateValue: { compute: ([text, language], run) => (text ? dayOf(momentIn(text, language, run)) : null) },
  DateTimeValue: { compute: ([text, language], run) => (text ? momentIn(text, language, run) : null) },
  TimeValue: {
    compute: ([text, language], run) => (text ? readTime(text, cultureFor(language, run), run.thisYear) : null),
  },
  Year: { compute: ([moment]) => moment?.parts.year ?? 1900 },
  Month: { compute: ([moment]) => moment?.parts.month ?? 1 },
  Day: { compute: ([moment]) => moment?.parts.day ?? 0 },
  Hour: { compute: ([moment]) => moment?.parts.hour ?? 0 },
  Minute: { compute: ([moment]) => moment?.parts.minute ?? 0 },
  Second: { compute: ([moment]) => moment?.parts.second ?? 0 },
  Today: { compute: (_, run) => Day.at(run.today) },
  Now: { compute: (_, run) => run.now },
  IsToday: { compute: ([moment], run) => moment?.day === run.today },
}

/** A number of days, months …: fractions cut off; too large ones refused. */
export function wholeCount(number) {
  if (Math.abs(number) > 1e10) throw failure('InvalidArgument', 'no-such-date')
  return Math.trunc(number)
}

/** A month or day beyond its range counts on into the next or back into the previous one. */
function dateOf([year, month, number]) {
  const months = Math.trunc(Math.max(0, Math.min(1e5, year))) * 12 + wholeCount(month) - 1
  const days = wholeCount(number) - 1
  if (year < 1 || year >= 10000 || !isInCalendar(months)) throw failure('InvalidArgument', 'no-such-date')
  return Day.at(dayCount(Math.floor(months / 12), (months % 12) + 1, 1) + days)
}

/** Whether a month, counted from the year 0, lies between the years 1 and 9999. */
export const isInCalendar = (months) => months >= 12 && months < 120_000

function timeOf([hour, minute, second, millisecond = 0]) {
  const [hours, minutes, seconds, milliseconds] = [hour, minute, second, millisecond].map((each) =>
    BigInt(wholeCount(each)),
  )
  const { hours: ofHour, minutes: ofMinute, seconds: ofSecond, milliseconds: ofMillisecond } = MICROSECONDS
  return new Time(hours * ofHour + minutes * ofMinute + seconds * ofSecond + milliseconds * ofMillisecond)
}

function dateTimeOf(date, clock) {
  const midnight = BigInt(dateOf(date).day) * DAY
  return new Moment(midnight + timeOf(clock).microseconds)
}

function momentIn(text, language, run) {
  return readMoment(text, cultureFor(language, run), run.thisYear)
}

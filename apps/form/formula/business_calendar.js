/** 開庁日: which days the city hall is open, and counting by them. */

import { failure } from './errors.js'
import { calendarDay, dayCount } from './values.js'

const known = new WeakMap()

/**
 * The calendar of {first, last, closed, open}, dates 'YYYY-MM-DD': the span that is known, the days from Monday to Friday
 * on which the hall is closed (holidays, the turn of the year, its own days), the Saturdays and Sundays on which it is
 * open. Outside the span, and without a calendar, nothing can be said: only the server knows the holidays of every year.
 */
export function calendarOf(days) {
  if (days === null) return NOTHING_KNOWN
  if (!known.has(days)) known.set(days, new BusinessCalendar(days))
  return known.get(days)
}

class BusinessCalendar {
  constructor({ first, last, closed, open }) {
    this.first = counted(first)
    this.last = counted(last)
    this.exceptions = new Set([...closed, ...open].map(counted))
  }

  /** Days are counted from 1899-12-30. */
  isBusinessDay(day) {
    if (day < this.first || day > this.last) throw failure('NotSupported', 'no-calendar')
    const { weekday } = calendarDay(day)
    const isWeekend = weekday === 0 || weekday === 6
    return isWeekend === this.exceptions.has(day)
  }

  /** The business day that many after (before, if negative) a day, which does not count itself. */
  daysLater(day, number) {
    const step = Math.sign(number)
    let [found, left] = [day, Math.abs(number)]
    while (left > 0) {
      found += step
      if (this.isBusinessDay(found)) left -= 1
    }
    return found
  }
}

const counted = (iso) => dayCount(...iso.split('-').map(Number))

const NOTHING_KNOWN = new BusinessCalendar({ first: '9999-12-31', last: '0001-01-01', closed: [], open: [] })

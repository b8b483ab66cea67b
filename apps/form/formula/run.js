/** One evaluation: what the formula is told about the world, and how much work it may still do. */

import { calendarOf } from './business_calendar.js'
import { cultureOf } from './culture.js'
import { failure } from './errors.js'
import { loadMoment } from './record_values.js'

/** Parts of the formula evaluated row by row: enough to search 400 rows for each of them. */
const MOST_STEPS = 2_000_000

/**
 * context: {now: ISO text with its zone, or a Date; user, department: names; locale: 'ja-JP'; calendar: see
 * business_calendar.js; fiscalStart: month, usually 4; old: the values before the change}. All may be left out.
 */
export class Run {
  constructor(context = {}) {
    const now = context.now ?? new Date()
    this.now = loadMoment(now instanceof Date ? now.toISOString() : now)
    this.today = this.now.day
    this.thisYear = this.now.parts.year
    this.culture = cultureOf(context.locale ?? 'ja-JP')
    this.user = context.user || null
    this.department = context.department || null
    this.fiscalStart = context.fiscalStart ?? 4
    this.old = context.old ?? {}
    this.days = context.calendar ?? null
    this.steps = MOST_STEPS
  }

  get calendar() {
    return calendarOf(this.days)
  }

  /** Counts the parts evaluated for one row. */
  step(parts = 1) {
    this.steps -= parts
    if (this.steps < 0) throw failure('Timeout', 'too-much-work')
  }
}

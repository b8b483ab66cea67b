/** Reads a value of one kind as another, as the tree's "as" nodes ask. A reader gets a value that is not blank. */

import { readMoment, readTime } from './date_text.js'
import { FormulaError, caught, failure } from './errors.js'
import { numberText, readNumber } from './number_text.js'
import { shortText } from './text_format.js'
import {
  DAY,
  Day,
  Moment,
  Time,
  comparable,
  dayFrom,
  isMoment,
  kindOf,
  momentFrom,
  timeFrom,
  wrongKind,
} from './values.js'

const TRUTHS = { true: true, false: false }

/** (value, run) => the value as one of the type, or InvalidArgument where that cannot be. */
export function reader(type) {
  if (Array.isArray(type)) return type[0] === 'record' ? recordReader(type[1]) : tableReader(type[1])
  return READERS[type]
}

export function toNumber(value, run) {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return Number(value)
  if (typeof value === 'string') return readNumber(value, run.culture)
  if (isMoment(value) || value instanceof Time) return comparable(value)
  throw wrongKind(kindOf(value), 'number')
}

export function toText(value, run) {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return numberText(value)
  if (isMoment(value) || value instanceof Time) return shortText(value, run.culture)
  throw wrongKind(kindOf(value), 'text')
}

function toBoolean(value) {
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return value !== 0
  if (typeof value !== 'string') throw wrongKind(kindOf(value), 'boolean')
  if (value === '') return null
  const lowered = value.toLowerCase()
  if (Object.hasOwn(TRUTHS, lowered)) return TRUTHS[lowered]
  throw failure('InvalidArgument', 'not-a-boolean', { text: value })
}

function toDay(value, run) {
  if (value instanceof Day) return value
  if (typeof value === 'number') return dayFrom(value)
  const moment = toMoment(value, run)
  return moment === null ? null : dayOf(moment)
}

/** A date-time; a date becomes its midnight, keeping the fraction it may carry. */
export function toMoment(value, run) {
  if (value instanceof Moment) return value
  if (value instanceof Day) return new Moment(value.microseconds)
  if (typeof value === 'number') return momentFrom(value)
  if (typeof value === 'string') return value ? readMoment(value, run.culture, run.thisYear) : null
  if (value instanceof Time) return momentFrom(value.serial)
  throw wrongKind(kindOf(value), 'datetime')
}

function toTime(value, run) {
  if (value instanceof Time) return value
  if (typeof value === 'number') return timeFrom(value)
  if (typeof value === 'string') return value ? readTime(value, run.culture, run.thisYear) : null
  if (isMoment(value)) return new Time(value.timeOfDay)
  throw wrongKind(kindOf(value), 'time')
}

/** The date of a moment, its time cut off. */
export function dayOf(moment) {
  return new Day(BigInt(moment.day) * DAY)
}

function recordReader(columns) {
  const readers = Object.entries(columns).map(([name, type]) => [
    name,
    type === 'any' || type === 'blank' ? null : reader(type),
  ])
  return (value, run) => {
    if (!(value instanceof Map)) throw wrongKind(kindOf(value), 'record')
    return new Map(readers.map(([name, read]) => [name, cellRead(value.get(name) ?? null, read, run)]))
  }
}

function tableReader(columns) {
  const readRow = recordReader(columns)
  const isShaped = Object.keys(columns).length > 0
  return (value, run) => {
    if (!Array.isArray(value)) throw wrongKind(kindOf(value), 'table')
    return isShaped ? value.map((row) => cellRead(row, readRow, run)) : value
  }
}

/** One cell; what cannot be read stays in the cell as its error. */
function cellRead(value, read, run) {
  if (value === null || read === null || value instanceof FormulaError) return value
  return caught(() => read(value, run))
}

const READERS = {
  number: toNumber,
  text: toText,
  boolean: toBoolean,
  date: toDay,
  datetime: toMoment,
  time: toTime,
}

/** The JSON values of a record as values of the expression language, and results back again. */

import { nearestWhole } from './decimal.js'
import { caught, failure } from './errors.js'
import { numberText } from './number_text.js'
import { DAY, Day, MICROSECONDS, Moment, Time, realDay, standing, wrongKind } from './values.js'

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/
const DATE_TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)(Z|[+-]\d\d:\d\d)?)?$/i
const CLOCK = /^(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?$/
const TOKYO = 9n * MICROSECONDS.hours

/** json => the value of a field of this type; null, undefined and '' are blank; InvalidArgument for a wrong kind. */
export function loader(type) {
  if (Array.isArray(type)) return type[0] === 'record' ? recordLoader(type[1]) : tableLoader(type[1])
  return LOADERS[type]
}

/** A result as it is stored: dates 'YYYY-MM-DD', date-times with +09:00, times 'HH:MM', [{Value: x}] as [x]. */
export function toJson(value) {
  if (typeof value === 'number') return value + 0
  if (value instanceof Day) return dateText(value)
  if (value instanceof Moment) return momentText(value)
  if (value instanceof Time) return timeText(value)
  if (value instanceof Map) return Object.fromEntries([...value].map(([name, cell]) => [name, toJson(cell)]))
  if (Array.isArray(value)) {
    const single = value.every((row) => row instanceof Map && row.size === 1 && row.has('Value'))
    return value.map((row) => toJson(single ? row.get('Value') : row))
  }
  return standing(value)
}

function loadNumber(value) {
  if (isBlank(value)) return null
  if (typeof value !== 'number') throw wrongKindOfField(value, 'number')
  if (!Number.isFinite(value)) throw failure('Numeric', 'not-finite')
  return value
}

function loadText(value) {
  if (isBlank(value)) return null
  if (typeof value === 'string') return value
  if (typeof value === 'number') return numberText(loadNumber(value))
  throw wrongKindOfField(value, 'text')
}

function loadBoolean(value) {
  if (isBlank(value)) return null
  if (typeof value === 'boolean') return value
  throw wrongKindOfField(value, 'boolean')
}

function loadDay(value) {
  if (isBlank(value)) return null
  const day = dayNamed(String(value).slice(0, 10))
  if (day === null) throw failure('InvalidArgument', 'not-a-date', { text: value })
  return Day.at(day)
}

/** ISO 8601, with or without a zone, as Japanese time. */
export function loadMoment(value) {
  if (isBlank(value)) return null
  const [, date, clock = '00:00', zone] = DATE_TIME.exec(String(value)) ?? [null, '']
  const [day, time] = [dayNamed(date), timeNamed(clock)]
  if (day === null || time === null) throw failure('InvalidArgument', 'not-a-date', { text: value })
  return new Moment(BigInt(day) * DAY + time + (zone ? TOKYO - offsetOf(zone) : 0n))
}

function loadTime(value) {
  if (isBlank(value)) return null
  const time = timeNamed(String(value))
  if (time === null) throw failure('InvalidArgument', 'not-a-time', { text: value })
  return new Time(time)
}

/** A value of unknown type as JSON has it; a list of scalars becomes a table of one column. */
function loadAny(value) {
  if (isBlank(value)) return null
  if (typeof value === 'number') return loadNumber(value)
  if (Array.isArray(value))
    return value.map((row) => (isPlainRecord(row) ? loadAny(row) : new Map([['Value', loadAny(row)]])))
  if (isPlainRecord(value)) return new Map(Object.entries(value).map(([name, cell]) => [name, loadAny(cell)]))
  return value
}

function recordLoader(columns) {
  const loaders = Object.entries(columns).map(([name, type]) => [name, loader(type)])
  return (value) => {
    if (isNothing(value)) return null
    if (!isPlainRecord(value)) throw wrongKindOfField(value, 'record')
    return new Map(loaders.map(([name, load]) => [name, caught(() => load(fieldOf(value, name)))]))
  }
}

function tableLoader(columns) {
  const loadRow = recordLoader(columns)
  const names = Object.keys(columns)
  const single = names.length === 1 && names[0] === 'Value'
  return (value) => {
    if (isNothing(value)) return null
    if (!Array.isArray(value)) throw wrongKindOfField(value, 'table')
    if (single) return value.map((row) => loadRow(isPlainRecord(row) ? row : { Value: row }))
    return value.map((row) => caught(() => loadRow(row)))
  }
}

/** What a record holds under a name; nothing that JavaScript itself gives every object. */
export function fieldOf(record, name) {
  return Object.hasOwn(record, name) ? record[name] : null
}

const isBlank = (value) => value === null || value === undefined || value === ''
const isPlainRecord = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
const isNothing = (value) => !value || (typeof value === 'object' && Object.keys(value).length === 0)

function wrongKindOfField(value, wanted) {
  if (Array.isArray(value)) return wrongKind('table', wanted)
  return wrongKind({ string: 'text', number: 'number', boolean: 'boolean' }[typeof value] ?? 'record', wanted)
}

function dayNamed(text) {
  const found = DATE.exec(text)
  return found ? realDay(...found.slice(1).map(Number)) : null
}

function timeNamed(text) {
  const found = CLOCK.exec(text)
  if (!found || found[1] > 23 || found[2] > 59 || found[3] > 59) return null
  const [hour, minute, second] = found.slice(1, 4).map((part) => BigInt(part ?? 0))
  const fraction = BigInt((found[4] ?? '').slice(0, 6).padEnd(6, '0'))
  return hour * MICROSECONDS.hours + minute * MICROSECONDS.minutes + second * MICROSECONDS.seconds + fraction
}

function offsetOf(zone) {
  if (zone.toUpperCase() === 'Z') return 0n
  const distance = BigInt(zone.slice(1, 3)) * MICROSECONDS.hours + BigInt(zone.slice(4)) * MICROSECONDS.minutes
  return zone[0] === '-' ? -distance : distance
}

function padded(number, length = 2) {
  return String(number).padStart(length, '0')
}

function dateText(moment) {
  const { year, month, day } = moment.parts
  return `${padded(year, 4)}-${padded(month)}-${padded(day)}`
}

function momentText(moment) {
  const { hour, minute, second, microsecond } = moment.parts
  const fraction = microsecond ? `.${padded(microsecond, 6)}` : ''
  return `${dateText(moment)}T${padded(hour)}:${padded(minute)}:${padded(second)}${fraction}+09:00`
}

function timeText(time) {
  const seconds = Number(nearestWhole(time.timeOfDay, MICROSECONDS.seconds))
  const [hour, minute, second] = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60]
  return `${padded(hour)}:${padded(minute)}${second ? `:${padded(second)}` : ''}`
}

const LOADERS = {
  number: loadNumber,
  text: loadText,
  boolean: loadBoolean,
  date: loadDay,
  datetime: loadMoment,
  time: loadTime,
  any: loadAny,
  blank: () => null,
}

/** Shows numbers, dates and times as text: in a given format, or in the short form of the language. */

import { JAPANESE } from './culture.js'
import { showMoment } from './date_format.js'
import { failure } from './errors.js'
import { readFormat } from './format_parts.js'
import { showNumber } from './number_format.js'
import { Day, MICROSECONDS, Moment, Time, comparable, isMoment, momentFrom } from './values.js'

const UTC = 'yyyy-mm-dd\\Thh:mm:ss.000\\Z'
const MEMBER = 'DateTimeFormat.'

/** A number, date or time in a format; a number in a format of dates is taken as days since 1899-12-30, and back. */
export function formatted(value, formatText, culture) {
  const format = namedFormat(formatText, culture) || formatText
  const shown = readFormat(format)
  if (shown === null) throw failure('InvalidArgument', 'bad-format', { format })
  const language = shown.japanese ? JAPANESE : culture
  if (shown.ofDate) return showMoment(momentShown(value, formatText), shown, language)
  return showNumber(comparable(value), shown, language)
}

/** The moment by the clock of the format: that of UTC is nine hours behind the Japanese one. */
function momentShown(value, formatText) {
  if (!isMoment(value)) return momentFrom(comparable(value))
  return formatText === `${MEMBER}UTC` ? new Moment(value.microseconds - 9n * MICROSECONDS.hours) : value
}

/** 2024/04/01, 2024/04/01 9:05 or 9:05; 4/1/2024 9:05 AM in English. */
export function shortText(value, culture) {
  if (value instanceof Time) return formatted(value, culture.shortTime, culture)
  if (value instanceof Day) return formatted(value, culture.shortDate, culture)
  return formatted(value, `${culture.shortDate} ${culture.shortTime}`, culture)
}

/** The format behind a member of DateTimeFormat; '' for anything else. */
function namedFormat(text, culture) {
  if (!text.startsWith(MEMBER)) return ''
  const name = text.slice(MEMBER.length)
  if (name === 'UTC') return UTC
  const date = name.startsWith('Long') ? culture.longDate : culture.shortDate
  const time = clock(name.startsWith('Long') ? culture.longTime : culture.shortTime, name.endsWith('24'))
  const kind = name
    .replace(/^Long/, '')
    .replace(/^Short/, '')
    .replace(/24$/, '')
  return { Date: date, Time: time }[kind] ?? `${date} ${time}`
}

function clock(format, of24Hours) {
  return of24Hours ? format.replace(' AM/PM', '').replace('hh', 'h') : format
}

/** Shows a moment in a format such as "yyyy/mm/dd hh:mm" or "ggge年m月d日(aaa)". */

import { showDate } from './eras.js'
import { failure } from './errors.js'

const LONGEST_FRACTION = 7

/** The moment in the section of its serial number's sign: before 1899-12-30 the second, on it the third. */
export function showMoment(moment, shown, culture) {
  const section = sectionFor(moment.serial, shown.sections)
  const letters = section.filter((part) => 'ymdhs'.includes(part.kind) || part.kind === 'half')
  const twelve = letters.some((part) => part.kind === 'half')
  const parts = moment.parts
  const show = (part) => {
    switch (part.kind) {
      case 'era':
        return eraPart(parts, part.text, section, shown)
      case 'half':
        return halfOfDay(parts, part.text, culture)
    }
    return letters.includes(part) ? letterPart(parts, part, isMinute(part, letters), twelve, culture) : part.text
  }
  return section.map(show).join('')
}

function sectionFor(serial, sections) {
  if (serial < 0 && sections.length > 1) return sections[1]
  return serial === 0 && sections.length > 2 ? sections[2] : sections[0]
}

/** m and mm are minutes right after hours or right before seconds. */
function isMinute(part, letters) {
  if (part.kind !== 'm' || part.text.length > 2) return false
  const here = letters.indexOf(part)
  return letters[here - 1]?.kind === 'h' || letters[here + 1]?.kind === 's'
}

function letterPart(parts, { kind, text, fraction }, minute, twelve, culture) {
  const count = text.length
  switch (kind) {
    case 'y':
      return count <= 2 ? String(parts.year % 100).padStart(2, '0') : String(parts.year).padStart(4, '0')
    case 'm':
      return minute ? padded(parts.minute, count) : monthPart(parts.month, count, culture)
    case 'd':
      return count > 2 ? (count > 3 ? culture.days : culture.shortDays)[parts.weekday] : padded(parts.day, count)
    case 'h':
      return padded(twelve ? ((parts.hour + 11) % 12) + 1 : parts.hour, count)
  }
  return padded(parts.second, count) + fractionPart(parts.microsecond, fraction, culture)
}

function padded(number, count) {
  return count > 1 ? String(number).padStart(2, '0') : String(number)
}

function monthPart(month, count, culture) {
  return count > 2 ? (count === 4 ? culture.months : culture.shortMonths)[month - 1] : padded(month, count)
}

function fractionPart(microsecond, places, culture) {
  if (!places) return ''
  if (places > LONGEST_FRACTION) throw failure('InvalidArgument', 'bad-format', { format: '0'.repeat(places) })
  return culture.decimal + String(microsecond).padStart(6, '0').padEnd(places, '0').slice(0, places)
}

function halfOfDay({ hour }, text, culture) {
  const name = culture.halves[hour >= 12 ? 1 : 0]
  return text.length === 3 && /^[A-Z]+$/.test(name) ? name[0] : name
}

function eraPart(parts, text, section, shown) {
  const following = section[section.findIndex((part) => part.text === text) + 1]
  return showDate(parts, text, following?.text.startsWith('年') || shown.alwaysGannen)
}

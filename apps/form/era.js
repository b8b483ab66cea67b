/** Dates as people type and read them: 令和6年1月23日, R6.1.23, 2024/1/23, 20240123, in any width. */

import { folded } from './width.js'

const WEEKDAYS = '日月火水木金土'
const EARLIEST = '1868-01-25'
const LATEST_YEAR = 2100

/** `until` is the last day that may bear the era's name. 1868 is 明治1: the era was made to begin in that year. */
export const ERAS = [
  { name: '令和', short: '令', letter: 'R', from: '2019-05-01', until: null },
  { name: '平成', short: '平', letter: 'H', from: '1989-01-08', until: '2019-04-30' },
  { name: '昭和', short: '昭', letter: 'S', from: '1926-12-25', until: '1989-01-07' },
  { name: '大正', short: '大', letter: 'T', from: '1912-07-30', until: '1926-12-25' },
  { name: '明治', short: '明', letter: 'M', from: EARLIEST, until: '1912-07-30' },
]

const ERA_WORD = '明治|大正|昭和|平成|令和|[明大昭平令MTSHR]'
const SIGN = '[年月/.\\-]'
const ERA_DATE = new RegExp(`^(${ERA_WORD})(元|\\d{1,3})${SIGN}(\\d{1,2})${SIGN}(\\d{1,2})日?$`, 'i')
const ERA_DIGITS = new RegExp(`^(${ERA_WORD})(\\d\\d)(\\d\\d)(\\d\\d)$`, 'i')
const GREGORIAN = new RegExp(`^(?:西暦)?(\\d{4})${SIGN}(\\d{1,2})${SIGN}(\\d{1,2})日?$`)
const DIGITS = /^(\d{4})(\d\d)(\d\d)$/
const MONTH_DAY = /^(\d{1,2})[月/.-](\d{1,2})日?$/
const BRACKETS = /\([^()]*\)(?=年?)/g
const RELATIVE = { 一昨日: -2, おととい: -2, 昨日: -1, 今日: 0, 本日: 0, 明日: 1, 明後日: 2, あさって: 2 }

/** Typed text -> {iso, note}, or {problem}: a Japanese sentence that says what to type instead. `today` is 'YYYY-MM-DD'. */
export function readDate(text, today) {
  const plain = folded(text).replace(BRACKETS, '').replace(/ /g, '')
  if (plain in RELATIVE && today) return { iso: shifted(today, RELATIVE[plain]), note: '' }
  const era = ERA_DATE.exec(plain) ?? ERA_DIGITS.exec(plain)
  if (era) return dayInEra(eraNamed(era[1]), yearNumber(era[2]), Number(era[3]), Number(era[4]))
  const gregorian = GREGORIAN.exec(plain) ?? DIGITS.exec(plain)
  if (gregorian) return realDay(...gregorian.slice(1).map(Number))
  const monthDay = MONTH_DAY.exec(plain)
  if (monthDay && today) return dayOfFiscalYear(Number(monthDay[1]), Number(monthDay[2]), today)
  return {
    problem: `「${text.trim()}」を日付として読み取れません。令和6年1月23日、R6.1.23、2024/1/23 のように入力してください。`,
  }
}

/** The boxes of a date: {era, year, month, day} as text; era '' means the Gregorian year. */
export function readBoxes({ era, year, month, day }, today) {
  const [y, m, d] = [year, month, day].map((part) => folded(part ?? ''))
  if (!/^(元|\d{1,4})$/.test(y) || !/^\d{1,2}$/.test(m) || !/^\d{1,2}$/.test(d))
    return { problem: '年・月・日を数字で入力してください。' }
  const isGregorian = era === '' || y.length === 4
  return isGregorian ? readDate(`${y}/${m}/${d}`, today) : readDate(`${era}${y}年${m}月${d}日`, today)
}

/** '2024-01-23' -> {era: '令和', year: '6', month: '1', day: '23'}. */
export function boxesOf(iso) {
  const [year, month, day] = iso.split('-').map(Number)
  const era = eraOf(iso)
  return {
    era: era?.name ?? '',
    year: era ? yearOfEra(era, year) : String(year),
    month: String(month),
    day: String(day),
  }
}

/** 令和6年1月23日(火). */
export function wareki(iso, { weekday = true } = {}) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return String(iso)
  const { era, year, month, day } = boxesOf(iso)
  return `${era}${year}年${month}月${day}日${weekday ? `(${WEEKDAYS[utc(iso).getUTCDay()]})` : ''}`
}

export function eraOf(iso) {
  return ERAS.find((era) => iso >= era.from) ?? null
}

/** Today in Japan, wherever the device thinks it is. */
export function todayInJapan(now = new Date()) {
  return new Date(now.getTime() + 9 * 3_600_000).toISOString().slice(0, 10)
}

export function realDay(year, month, day) {
  if (month < 1 || month > 12) return { problem: `${month}月はありません。` }
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  if (day < 1 || day > last)
    return { problem: `${year}年${month}月${day}日はありません(${month}月は${last}日までです)。` }
  const iso = isoOf(year, month, day)
  if (iso < EARLIEST || year > LATEST_YEAR) {
    return {
      problem: `${year}年${month}月${day}日は扱えません。日付は1868年(明治元年)1月25日から${LATEST_YEAR}年までです。`,
    }
  }
  return { iso, note: '' }
}

/** 令和 and 6 -> 2024. */
export function gregorianYear(era, number) {
  return Number(era.from.slice(0, 4)) + number - 1
}

export function eraNamed(word) {
  return ERAS.find((era) => era.name === word || era.short === word || era.letter === word.toUpperCase())
}

function dayInEra(era, number, month, day) {
  if (number === 0) return { problem: `${era.name}0年はありません。最初の年は${era.name}元年です。` }
  const found = realDay(gregorianYear(era, number), month, day)
  if (found.problem) return found
  if (found.iso < era.from) {
    const [year, firstMonth, firstDay] = era.from.split('-').map(Number)
    const before = wareki(found.iso, { weekday: false })
    return {
      problem: `${era.name}は${year}年${firstMonth}月${firstDay}日からです。${before}ではありませんか。元号を確かめてください。`,
    }
  }
  if (era.until && found.iso > era.until) {
    return {
      iso: found.iso,
      note: `${era.name}${number}年${month}月${day}日は${wareki(found.iso, { weekday: false })}として読み取りました。`,
    }
  }
  return found
}

/** A month and day without a year lie in the current fiscal year, as on most papers. */
function dayOfFiscalYear(month, day, today) {
  const [year, thisMonth] = today.split('-').map(Number)
  const fiscal = thisMonth >= 4 ? year : year - 1
  const found = realDay(month >= 4 ? fiscal : fiscal + 1, month, day)
  return found.problem
    ? found
    : {
        ...found,
        note: `年がないため${wareki(found.iso, { weekday: false })}(${found.iso.slice(0, 4)}年)として読み取りました。`,
      }
}

function yearNumber(text) {
  return text === '元' ? 1 : Number(text)
}

function yearOfEra(era, year) {
  const number = year - Number(era.from.slice(0, 4)) + 1
  return number === 1 ? '元' : String(number)
}

function shifted(iso, days) {
  return new Date(utc(iso).getTime() + days * 86_400_000).toISOString().slice(0, 10)
}

function utc(iso) {
  return new Date(`${iso}T00:00:00Z`)
}

function isoOf(year, month, day) {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Japanese eras: dates as people type them (令和6年4月1日, R6.4.1) and as formats show them ("ggge年m月d日"). */

import { ERAS, eraNamed } from '../era.js'
import { SPACE, trimmed, trimmedEnd } from './characters.js'
import { KANJI_NUMBERS, kanjiToWhole } from './kanji_number.js'
import { dayCount, realDay } from './values.js'

const WEEKDAYS = '日月火水木金土'
const EARLIEST = dayCount(1868, 1, 25)
const LATEST_YEAR = 2100

const DASHES = /[-－−‐‑‒–—―─﹣⁃ーｰ]/g
const RELATIVE_DAYS = ['一昨日', 'おととい', '昨日', '今日', '本日', '明日', '明後日', 'あさって']
const SPACE_BETWEEN_DIGITS = new RegExp(`(\\d)[${SPACE}]+(?=\\d)(?!\\d{1,2}:)`, 'g')
const SPACES = new RegExp(`[${SPACE}]+(?!\\d{1,2}:)`, 'g')

const ERA_WORD = '明治|大正|昭和|平成|令和|[明大昭平令MTSHR]'
const ERA_DATE = new RegExp(`^(${ERA_WORD})(元|\\d{1,3})[年/.\\-](\\d{1,2})[月/.\\-](\\d{1,2})日?$`, 'i')
const ERA_DIGITS = new RegExp(`^(${ERA_WORD})(\\d\\d)(\\d\\d)(\\d\\d)$`, 'i')
const GREGORIAN = /^(?:西暦)?(\d{4})[年/.-](\d{1,2})[月/.-](\d{1,2})日?$/
const GREGORIAN_DIGITS = /^(\d{4})(\d\d)(\d\d)$/
const CLOCK = /[T ]?\d{1,2}(:\d{2}){1,2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})?$|\d{1,2}時(\d{1,2}分)?$/
const BRACKETS = /\(([^()]*)\)年?/g
const WEEKDAY = /^[日月火水木金土](?:曜日?)?(?:[・･]?祝日?)?$/
const BARE_WEEKDAY = /^(.*\d日|.*[/.-]\d{1,2}(?!日$))([日月火水木金土])(?:曜日?)?$/
const ERA_YEAR = new RegExp(`^(${ERA_WORD})(元|\\d{1,3})年?$`, 'i')
const GREGORIAN_YEAR = /^(?:西暦)?(\d{4})年?$/

const TOKEN = /"([^"]*)"|\\(.)|(g{1,3}|e{1,2}|y{1,4}|m{1,2}|d{1,2}|a{3,4})(?=(年|"年")?)/gi

/** The day count of a typed date with its year, in an era or not; null for everything else. */
export function readDate(text) {
  const [body, bracketed] = withoutBrackets(withoutClock(plain(text)))
  const [year, month, day] = yearMonthDay(body)
  const found = realDay(year, month, day)
  if (found === null || found < EARLIEST || year > LATEST_YEAR || isBeforeItsEra(found, body)) return null
  return bracketed.every((bracket) => agrees(year, bracket)) ? found : null
}

/** Half width, hyphens for every dash, digits for kanji numerals, no spaces but those that part digits. */
function plain(text) {
  const half = trimmed(text.normalize('NFKC').replace(DASHES, '-'))
  const closed = half.replace(SPACE_BETWEEN_DIGITS, '$1/').replace(SPACES, '')
  return RELATIVE_DAYS.includes(closed)
    ? closed
    : closed.replace(KANJI_NUMBERS, (found) => kanjiToWhole(found) ?? found)
}

function yearMonthDay(body) {
  const era = ERA_DATE.exec(body) ?? ERA_DIGITS.exec(body)
  if (era) return [yearInEra(era[1], era[2]), Number(era[3]), Number(era[4])]
  return (GREGORIAN.exec(body) ?? GREGORIAN_DIGITS.exec(body) ?? [null, 0, 0, 0]).slice(1).map(Number)
}

function isBeforeItsEra(day, body) {
  const era = ERA_DATE.exec(body) ?? ERA_DIGITS.exec(body)
  return era !== null && day < firstDay(eraNamed(era[1]))
}

/** 0 for a year 0, which no era has. */
function yearInEra(word, number) {
  const count = number === '元' ? 1 : Number(number)
  return count === 0 ? 0 : firstYear(eraNamed(word)) + count - 1
}

function withoutClock(text) {
  const found = CLOCK.exec(text)
  return found && found.index > 0 ? trimmedEnd(text.slice(0, found.index)) : text
}

/** '2024年(令和6年)1月23日(火)' -> ['2024年1月23日', ['令和6年', '火']]; '令和6(2024)年' keeps its 年. */
function withoutBrackets(text) {
  const bracketed = [...text.matchAll(BRACKETS)].map((found) => found[1])
  const body = text.replace(BRACKETS, (found) => (found.endsWith('年') ? '年' : ''))
  const bare = BARE_WEEKDAY.exec(body)
  return bare ? [bare[1], bracketed] : [body, bracketed]
}

/** Whether what stands in brackets is a day of the week (even a wrong one), a holiday sign, or the same year. */
function agrees(year, bracket) {
  if (WEEKDAY.test(bracket) || ['祝', '祝日', '休'].includes(bracket)) return true
  const era = ERA_YEAR.exec(bracket)
  if (era) return yearInEra(era[1], era[2]) === year
  return Number(GREGORIAN_YEAR.exec(bracket)?.[1]) === year
}

/**
 * A date in the letters of an Excel date format; parts: {year, month, day, weekday}. The first year of an era is 元 before
 * 年 and 1 elsewhere; gannen true or false makes it always or never 元.
 */
export function showDate(parts, pattern, gannen = null) {
  return pattern.replace(TOKEN, (found, quoted, escaped, token, yearSign) => {
    if (token === undefined) return quoted ?? escaped
    return shownPart(parts, token.toLowerCase(), gannen ?? Boolean(yearSign))
  })
}

function shownPart({ year, month, day, weekday }, token, gannen) {
  const count = dayCount(year, month, day)
  const era = ERAS.find((each) => count >= firstDay(each))
  const padded = (number) => String(number).padStart(token.length, '0')
  switch (token[0]) {
    case 'g':
      return era ? [era.letter, era.short, era.name][token.length - 1] : ''
    case 'e': {
      const shown = era ? year - firstYear(era) + 1 : year
      return gannen && shown === 1 ? '元' : padded(shown)
    }
    case 'y':
      return token.length <= 2 ? String(year % 100).padStart(2, '0') : String(year).padStart(4, '0')
    case 'm':
      return padded(month)
    case 'd':
      return padded(day)
  }
  return token.length === 3 ? WEEKDAYS[weekday] : `${WEEKDAYS[weekday]}曜日`
}

const firstYear = (era) => Number(era.from.slice(0, 4))
const firstDay = (era) => dayCount(...era.from.split('-').map(Number))

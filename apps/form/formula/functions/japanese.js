/** Functions for Japanese offices: eras, fiscal years, ages, business days, kana, width, sums of money in words. */

import { showDate } from '../eras.js'
import { failure } from '../errors.js'
import { toFullWidth, toFullWidthKana, toHalfWidth, toHiragana, toKatakana } from '../kana.js'
import { inKanji, inKanjiDigits } from '../kanji_number.js'
import { inSentence } from '../number_text.js'
import { Day, whole } from '../values.js'
import { fullMonths } from './date_counting.js'
import { rounded } from './number.js'

export const japanese = {
  WAREKI: { compute: ([day, format = 'ggge年m月d日']) => (day === null ? null : showDate(day.parts, format)) },
  DATESTRING: { compute: ([day]) => (day === null ? null : showDate(day.parts, 'gggee年mm月dd日', false)) },
  FISCALYEAR: { compute: ([day], run) => (day === null ? null : fiscalYear(day.parts, run.fiscalStart)) },
  AGE: { compute: ([birth, on = null], run) => (birth === null ? null : age(birth, on ?? Day.at(run.today))) },
  WORKDAY: { compute: ([start, count], run) => workDay(start, count, run) },
  NETWORKDAYS: { compute: ([start, end], run) => netWorkDays(start, end, run) },
  ASC: { compute: ([text]) => toHalfWidth(text) },
  JIS: { compute: ([text]) => toFullWidth(text) },
  HIRAGANA: { compute: ([text]) => toHiragana(toFullWidthKana(text)) },
  KATAKANA: { compute: ([text]) => toKatakana(toFullWidthKana(text)) },
  YEN: {
    compute: ([amount, digits = 0]) =>
      amount === null ? null : yen(amount, whole(Math.max(-15, Math.min(15, digits)))),
  },
  NUMBERSTRING: { compute: ([number, kind = 1]) => (number === null ? null : numberString(number, kind)) },
}

/** Days that are counted one by one, at most: a century. */
const FARTHEST = 36_600

function fiscalYear({ year, month }, firstMonth) {
  return month >= firstMonth ? year : year - 1
}

function age(birth, on) {
  if (on.day < birth.day) throw failure('InvalidArgument', 'end-before-start')
  return Math.floor(fullMonths(birth, on) / 12)
}

function workDay(start, count, run) {
  if (start === null) return null
  if (Math.abs(count) > FARTHEST) throw failure('InvalidArgument', 'no-such-date')
  const days = whole(count)
  if (days === 0) return start
  run.step(2 * Math.abs(days))
  return Day.at(run.calendar.daysLater(start.day, days))
}

function netWorkDays(start, end, run) {
  if (start === null || end === null) return null
  const first = Math.min(start.day, end.day)
  const length = Math.abs(end.day - start.day) + 1
  if (length > FARTHEST + 1) throw failure('InvalidArgument', 'no-such-date')
  run.step(length)
  const days = Array.from({ length }, (_, index) => first + index)
  const count = days.filter((day) => run.calendar.isBusinessDay(day)).length
  return start.microseconds <= end.microseconds ? count : -count
}

function yen(amount, places) {
  const shown = rounded(amount, places, 'half-up')
  const [wholePart, decimals] = fixed(Math.abs(shown), Math.max(places, 0)).split('.')
  const grouped = wholePart.replace(/\B(?=(\d{3})+$)/g, ',')
  return `¥${shown < 0 ? '-' : ''}${grouped}${decimals ? `.${decimals}` : ''}`
}

/** All digits before the point, also of numbers that toFixed would write with an exponent. */
function fixed(number, places) {
  return number < 1e21 ? number.toFixed(places) : `${BigInt(number)}${places ? `.${'0'.repeat(places)}` : ''}`
}

function numberString(number, kind) {
  const value = BigInt(rounded(number, 0, 'half-up'))
  const style = whole(Math.max(0, Math.min(9, kind)))
  if (style < 1 || style > 3) throw failure('InvalidArgument', 'bad-choice', { text: inSentence(kind) })
  const written = style === 3 ? inKanjiDigits(value) : inKanji(value, style === 2)
  if (written === null) throw failure('InvalidArgument', 'bad-choice', { text: value })
  return written
}

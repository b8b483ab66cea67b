/** How a language writes numbers and dates: separators, order of day and month, names, short and long forms. */

import { failure } from './errors.js'

const TAG = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i
const MONTHS = 'January|February|March|April|May|June|July|August|September|October|November|December'
const DAYS = 'Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday'
const NUMBERED_MONTHS = Array.from({ length: 12 }, (_, index) => `${index + 1}月`)

/** Names of months and days, the short ones being so many letters long. */
function named(months, days, short = 3) {
  const [monthNames, dayNames] = [months.split('|'), days.split('|')]
  const cut = (names) => names.map((name) => name.slice(0, short))
  return { months: monthNames, shortMonths: cut(monthNames), days: dayNames, shortDays: cut(dayNames) }
}

/** For languages whose names are not known here: English names, day before month. Formats are those of Text(). */
const PLAIN = {
  tag: '',
  decimal: '.',
  group: ',',
  order: 'dmy',
  currency: '$',
  shortDate: 'dd/mm/yyyy',
  longDate: 'dddd, d mmmm yyyy',
  shortTime: 'hh:mm',
  longTime: 'hh:mm:ss',
  halves: ['AM', 'PM'],
  ...named(MONTHS, DAYS),
}

export const ENGLISH = {
  ...PLAIN,
  tag: 'en-US',
  order: 'mdy',
  shortDate: 'm/d/yyyy',
  longDate: 'dddd, mmmm d, yyyy',
  shortTime: 'h:mm AM/PM',
  longTime: 'h:mm:ss AM/PM',
}

export const JAPANESE = {
  ...PLAIN,
  tag: 'ja-JP',
  order: 'ymd',
  currency: '¥',
  months: NUMBERED_MONTHS,
  shortMonths: NUMBERED_MONTHS,
  days: [...'日月火水木金土'].map((day) => `${day}曜日`),
  shortDays: [...'日月火水木金土'],
  shortDate: 'yyyy/mm/dd',
  longDate: 'yyyy年m月d日',
  shortTime: 'h:mm',
  longTime: 'h:mm:ss',
  halves: ['午前', '午後'],
}

const BY_LANGUAGE = {
  fr: {
    group: '\u202f',
    ...named(
      'janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre',
      'dimanche|lundi|mardi|mercredi|jeudi|vendredi|samedi',
    ),
  },
  de: {
    shortDate: 'dd.mm.yyyy',
    ...named(
      'Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember',
      'Sonntag|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag',
    ),
  },
  es: {
    shortDate: 'd/m/yyyy',
    ...named(
      'enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre',
      'domingo|lunes|martes|miércoles|jueves|viernes|sábado',
    ),
  },
  it: named(
    'gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre',
    'domenica|lunedì|martedì|mercoledì|giovedì|venerdì|sabato',
  ),
  pt: {
    currency: 'R$',
    ...named(
      'janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro',
      'domingo|segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|sábado',
    ),
  },
  vi: {
    currency: '₫',
    ...named(
      'Tháng Giêng|Tháng Hai|Tháng Ba|Tháng Tư|Tháng Năm|Tháng Sáu|Tháng Bảy|Tháng Tám|Tháng Chín|Tháng Mười|Tháng Mười Một|Tháng Mười Hai',
      'Chủ Nhật|Thứ Hai|Thứ Ba|Thứ Tư|Thứ Năm|Thứ Sáu|Thứ Bảy',
      99,
    ),
  },
}
const COMMA_DECIMAL = ['nl', 'da', 'nb', 'nn', 'no', 'sv', 'fi', 'pl', 'cs', 'sk', 'ru', 'uk', 'tr', 'id', 'sr', 'hr']
const YEAR_FIRST = ['zh', 'ko', 'hu', 'lt', 'mn']

/** The culture of a language tag ('ja-JP', 'fr-FR'), in any case; BadLanguageCode for what is no tag. */
export function cultureOf(tag) {
  if (!TAG.test(tag)) throw failure('BadLanguageCode', 'bad-language', { text: tag })
  const language = tag.toLowerCase().split('-')[0]
  if (language === 'ja') return JAPANESE
  if (language === 'en') return ['en', 'en-us'].includes(tag.toLowerCase()) ? ENGLISH : { ...PLAIN, tag, currency: '£' }
  if (Object.hasOwn(BY_LANGUAGE, language)) {
    return { ...PLAIN, tag: language, decimal: ',', group: '.', currency: '€', ...BY_LANGUAGE[language] }
  }
  return {
    ...PLAIN,
    tag,
    ...(COMMA_DECIMAL.includes(language) ? { decimal: ',', group: '.' } : {}),
    ...(YEAR_FIRST.includes(language) ? { order: 'ymd', shortDate: 'yyyy/m/d' } : {}),
  }
}

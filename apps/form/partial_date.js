/** Dates that are only partly known, typed as 昭和20年頃 or 1945年3月 and stored as EDTF: 1945~, 1945-03. */

import { ERAS, eraNamed, eraOf, gregorianYear, readDate, wareki } from './era.js'
import { folded } from './width.js'

const ERA_WORD = '明治|大正|昭和|平成|令和|[明大昭平令MTSHR]'
const YEAR = `(?:(${ERA_WORD})(元|\\d{1,3})|(?:西暦)?(\\d{4}))`
const ONLY_YEAR = new RegExp(`^${YEAR}年?$`, 'i')
const YEAR_MONTH = new RegExp(`^${YEAR}[年/.\\-](\\d{1,2})月?$`, 'i')
const ABOUT = /(頃|ころ|ごろ|ぐらい|くらい|前後|~)$|^約/
const EDTF = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(~?)$/

/** Typed text -> {edtf}, or null when only the server may know what is meant (昭和20年代 and other rare ways to write). */
export function readPartial(text) {
  const plain = folded(text).replace(/ /g, '')
  const certain = plain.replace(ABOUT, '')
  const edtf = yearOf(ONLY_YEAR.exec(certain)) ?? monthOf(YEAR_MONTH.exec(certain)) ?? readDate(certain).iso
  return edtf ? { edtf: certain === plain ? edtf : `${edtf}~` } : null
}

/** '1945~' -> 昭和20年頃; anything that is not EDTF as it is. */
export function shownPartial(value) {
  const found = EDTF.exec(value ?? '')
  if (!found) return String(value ?? '')
  const [, year, month, day, about] = found
  const first = `${year}-${month ?? '12'}-${day ?? '31'}`
  const text = day
    ? wareki(first, { weekday: false })
    : `${yearName(first, Number(year))}${month ? `${Number(month)}月` : ''}`
  return `${text}${about ? '頃' : ''}`
}

function yearName(iso, year) {
  const era = eraOf(iso) ?? ERAS.at(-1)
  const number = year - Number(era.from.slice(0, 4)) + 1
  return `${era.name}${number === 1 ? '元' : number}年`
}

function yearOf(found) {
  if (!found) return null
  const [, era, number, gregorian] = found
  const year = gregorian ? Number(gregorian) : gregorianYear(eraNamed(era), number === '元' ? 1 : Number(number))
  return year >= 1868 && year <= 2100 ? String(year) : null
}

function monthOf(found) {
  const year = yearOf(found)
  const month = Number(found?.[4])
  return year && month >= 1 && month <= 12 ? `${year}-${String(month).padStart(2, '0')}` : null
}

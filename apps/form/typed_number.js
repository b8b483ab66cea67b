/** Numbers as people type them: １，２３４円, －５, 12.5. */

import { folded } from './width.js'

const NUMBER = /^[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/
const GROUPS = new Intl.NumberFormat('ja-JP', { maximumFractionDigits: 15 })

/** Typed text -> {value}, or {problem}. `unit` may be typed along; `whole` refuses a fraction. */
export function readNumber(text, { unit = '', whole = false, label = '' } = {}) {
  let plain = folded(text)
    .replace(/ /g, '')
    .replace(/^[¥\\]/, '')
  for (const end of [unit && folded(unit), '円']) if (end && plain.endsWith(end)) plain = plain.slice(0, -end.length)
  plain = plain.replace(/^[△▲]/, '-').replace(/、/g, ',')
  if (!NUMBER.test(plain))
    return { problem: `${label || 'この項目'}は数字で入力してください。「${text.trim()}」は数字として読めません。` }
  const value = Number(plain.replace(/,/g, ''))
  if (whole && !Number.isInteger(value))
    return { problem: `${label || 'この項目'}は整数で入力してください。小数は使えません。` }
  return { value }
}

/** 1234.5 -> '1,234.5'. */
export function grouped(value) {
  return typeof value === 'number' ? GROUPS.format(value) : String(value ?? '')
}

/** Whether a text may hold a 個人番号: as forms/japanese/my_number.py judges it, before anything is sent. */

export const MY_NUMBER_NOTE = '12けたの番号があります。個人番号(マイナンバー)なら消してください。'

const DASH = '\\-－−‐‑‒–—―─﹣⁃ーｰ'
const TWELVE_DIGITS = new RegExp(`(?<!\\d)(?:\\d{12}|\\d{4}([ ${DASH}])\\d{4}\\1\\d{4})(?!\\d)`, 'g')
const WEIGHTS = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]

export function mayHoldMyNumber(text) {
  if (typeof text !== 'string') return false
  const folded = text.replace(/[０-９]/g, (digit) => '０１２３４５６７８９'.indexOf(digit)).replace(/[\u3000\u00a0]/g, ' ')
  return (folded.match(TWELVE_DIGITS) ?? []).some((found) => passes(found.replace(/\D/g, '')))
}

function passes(digits) {
  const remainder = WEIGHTS.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 11
  return (remainder <= 1 ? 0 : 11 - remainder) === Number(digits[11])
}

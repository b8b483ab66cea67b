/** Numbers in kanji, both ways: 二〇二四, 三百二十, 壱百弐拾参. */

const DIGITS = '〇一二三四五六七八九'
const FORMAL = { 一: '壱', 二: '弐', 三: '参', 十: '拾' }
const VALUES = {
  ...Object.fromEntries([...DIGITS].map((digit, value) => [digit, String(value)])),
  ...{ 零: '0', 壱: '1', 壹: '1', 弐: '2', 貳: '2', 弍: '2', 参: '3', 參: '3', 四: '4', 伍: '5' },
  ...{ 拾: '十', 佰: '百', 仟: '千', 阡: '千', 萬: '万' },
}
const LARGE = [
  ['兆', 10n ** 12n],
  ['億', 10n ** 8n],
  ['万', 10n ** 4n],
]
const SMALL = [
  ['千', 1000n],
  ['百', 100n],
  ['十', 10n],
]
const LIMIT = 10n ** 16n

export const KANJI_NUMBERS = /[〇零一二三四五六七八九十百千万億兆壱壹弐貳弍参參伍拾佰仟阡萬]+/g

/** '二〇二四' and '二千二十四' -> '2024'; null for what is no number. */
export function kanjiToWhole(text) {
  const plain = [...text].map((sign) => VALUES[sign] ?? sign).join('')
  return summed(plain, LARGE)?.toString() ?? null
}

function summed(text, units) {
  let total = 0n
  let rest = text
  for (const [sign, value] of units) {
    const place = rest.indexOf(sign)
    if (place < 0) continue
    const count = countOf(rest.slice(0, place), units)
    if (count === null) return null
    total += count * value
    rest = rest.slice(place + 1)
  }
  if (rest === '' && rest !== text) return total
  const last = units === LARGE ? summed(rest, SMALL) : plainNumber(rest)
  return last === null ? null : total + last
}

function countOf(text, units) {
  if (units === LARGE) return summed(text, SMALL)
  return text.length > 1 ? null : plainNumber(text || '1')
}

function plainNumber(text) {
  return /^\d+$/.test(text) ? BigInt(text) : null
}

/** 1234n -> 千二百三十四; formal writes 壱千弐百参拾四 as on receipts. 0 to 9,999兆, else null. */
export function inKanji(number, formal = false) {
  if (number < 0n || number >= LIMIT) return null
  let written = ''
  let rest = number
  for (const [sign, value] of LARGE) {
    if (rest >= value) written += fourDigits(rest / value, formal, true) + sign
    rest %= value
  }
  written += fourDigits(rest, formal, false)
  if (formal) written = [...written].map((sign) => FORMAL[sign] ?? sign).join('')
  return written || (formal ? '零' : '〇')
}

/** 2024n -> 二〇二四; null below zero. */
export function inKanjiDigits(number) {
  return number < 0n ? null : [...number.toString()].map((digit) => DIGITS[digit]).join('')
}

function fourDigits(number, formal, beforeLarge) {
  let written = ''
  let rest = number
  for (const [sign, value] of SMALL) {
    const count = rest / value
    rest %= value
    // 千二百 but 一千万: the one is spoken before 千 when 万, 億 or 兆 follows.
    const spoken = count > 1n || formal || (value === 1000n && beforeLarge)
    if (count) written += (spoken ? DIGITS[count] : '') + sign
  }
  return written + (rest ? DIGITS[rest] : '')
}

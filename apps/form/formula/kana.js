/** Hiragana, katakana, and full and half width as Excel's JIS and ASC make them. */

const HALF = Array.from({ length: 0xffa0 - 0xff61 }, (_, index) => String.fromCharCode(0xff61 + index))
const FULL =
  '。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテト' +
  'ナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜'
const HALF_TO_FULL = new Map(HALF.map((kana, index) => [kana, FULL[index]]))
const FULL_TO_HALF = new Map(HALF.map((kana, index) => [FULL[index], kana]))

const HIRAGANA = /[\u3041-\u3096\u309d\u309e]/g
const KATAKANA = /[\u30a1-\u30f6\u30fd\u30fe]/g
const VOICED = /[カ-ヂツ-ドハ-ポウワヲかきくけこさしすせそたちつてとはひふへほうゝヽ][゛゜]/g
const WITH_HALF_BASE = /[ガギグゲゴザジズゼゾダヂヅデドバパビピブプベペボポヴヷヺ]/g

// Excel's JIS turns these four into other signs than their full-width twins; ASC turns them back
// (source: the JIS and ASC specification of OpenOffice Calc, made for Japanese Excel).
const JIS_SIGNS = new Map([
  ['"', '”'],
  ["'", '’'],
  ['`', '‘'],
  ['\\', '￥'],
  [' ', '\u3000'],
])
const ASC_SIGNS = new Map([...JIS_SIGNS].map(([narrow, wide]) => [wide, narrow]))

export function toKatakana(text) {
  return text.replace(HIRAGANA, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
}

/** 'ミホン' -> 'みほん'; ヴ becomes ゔ, ー and ヷ stay. */
export function toHiragana(text) {
  return text.replace(KATAKANA, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
}

/** 'ｶﾞｯｺｳ' -> 'ガッコウ'; letters and digits stay as they are. */
export function toFullWidthKana(text) {
  return joinVoicingMarks(text.replace(/[\uff61-\uff9f]/g, (kana) => HALF_TO_FULL.get(kana)))
}

/** 'ABC 12 ｶﾞ' -> 'ＡＢＣ　１２　ガ' */
export function toFullWidth(text) {
  return toFullWidthKana(text).replace(
    /[\x20-\x7e]/g,
    (sign) => JIS_SIGNS.get(sign) ?? String.fromCharCode(sign.charCodeAt(0) + 0xfee0),
  )
}

/** 'ＡＢＣ　１２　ガ' -> 'ABC 12 ｶﾞ'; hiragana, kanji and letters without a half-width form (ヰ, ヶ) stay. */
export function toHalfWidth(text) {
  const parted = text.replace(WITH_HALF_BASE, (kana) => kana.normalize('NFD'))
  const narrowKana = spacedMarks(parted).replace(/[\u3000-\u30ff]/g, (kana) => FULL_TO_HALF.get(kana) ?? kana)
  return narrowKana.replace(
    /[\uff01-\uff5e\u3000”’‘￥]/g,
    (sign) => ASC_SIGNS.get(sign) ?? String.fromCharCode(sign.charCodeAt(0) - 0xfee0),
  )
}

/** 'か゛' and 'か' + U+3099 -> 'が'; a mark that fits no letter stays. */
function joinVoicingMarks(text) {
  return spacedMarks(text).replace(VOICED, (found) => {
    const joined = found.replace('゛', '\u3099').replace('゜', '\u309a').normalize('NFC')
    return joined.length === 1 ? joined : found
  })
}

function spacedMarks(text) {
  return text.replace(/\u3099/g, '゛').replace(/\u309a/g, '゜')
}

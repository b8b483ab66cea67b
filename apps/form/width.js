/** Full-width digits, letters, signs and every kind of dash, folded to what programs compare. */

const DASHES = /[\u2010-\u2015\u2212\u2500\u30fc\uff0d\uff70\ufe63]/g

/** 「１２３－４５」 -> '123-45'. Only for numbers, dates, phones and codes: names and free text stay as typed. */
export function folded(text) {
  return String(text)
    .normalize('NFKC')
    .replace(DASHES, '-')
    .replace(/[\s\u3000]+/g, ' ')
    .trim()
}

/** Folded letters and digits while a kana's long-vowel mark stays (it is a dash only between digits). */
export function halfWidth(text) {
  return String(text)
    .normalize('NFKC')
    .replace(/[\s\u3000]+/g, ' ')
    .trim()
}

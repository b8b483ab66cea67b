/** Texts character by character (a character is a code point), with the spaces and widths that the server knows. */

/** What counts as a space, for use inside a character class. */
export const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'

const LEADING = new RegExp(`^[${SPACE}]+`)
const TRAILING = new RegExp(`[${SPACE}]+$`)
const FULL_WIDTH = /[\uff01-\uff5e\u3000\u00a0]/g

export const trimmedStart = (text) => text.replace(LEADING, '')
export const trimmedEnd = (text) => text.replace(TRAILING, '')
export const trimmed = (text) => trimmedEnd(trimmedStart(text))

/** 'Ａ１　－' -> 'A1 -': full-width ASCII and spaces to half width, one character for one; kana stay. */
export function folded(text) {
  return text.replace(FULL_WIDTH, (sign) =>
    sign === '\u3000' || sign === '\u00a0' ? ' ' : String.fromCharCode(sign.charCodeAt(0) - 0xfee0),
  )
}

/** Characters from one place up to another, as Array.prototype.slice counts. */
export const sliced = (text, from, to) => [...text].slice(from, to).join('')

export const lengthOf = (text) => [...text].length

/** The reading of a name, listened to while it is converted: what was typed as kana before 変換 made kanji of it. */

const KANA = /^[\u3041-\u3096\u30a1-\u30fa\u30fc\u309d\u309e\u30fd\u30fe・ \u3000]*$/
/** A romaji letter whose kana is not finished yet: やm -> や. */
const UNFINISHED = /[A-Za-zＡ-Ｚａ-ｚ]+$/

/** One name field. Feed it the browser's composition events and every new text; `reading` is katakana. */
export class NameReading {
  constructor() {
    this.reading = ''
    this.heard = ''
  }

  composing(data) {
    const kana = data.replace(UNFINISHED, '')
    if (KANA.test(kana) && kana) this.heard = kana
  }

  /** A conversion was confirmed (data '' when it was cancelled). */
  composed(data) {
    if (data) this.reading += katakana(KANA.test(data) ? data : this.heard)
    this.heard = ''
  }

  /** The text after any input that was no conversion: kana typed directly is read too, an emptied field is a new start. */
  typed(text) {
    if (text === '') this.reading = ''
    else if (/[\s\u3000]$/.test(text) && this.reading && !/\u3000$/.test(this.reading)) this.reading += '\u3000'
  }
}

/** Hiragana as katakana, spaces full-width; everything else as it is. */
export function katakana(text) {
  return text
    .replace(/[\u3041-\u3096\u309d\u309e]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
    .replace(/[ \u3000]+/g, '\u3000')
}

/** A kana field as it is stored: half-width kana widened, hiragana turned, ends trimmed. */
export function cleanKana(text) {
  return katakana(String(text).normalize('NFKC')).replace(/^\u3000+|\u3000+$/g, '')
}

/** The reading of a name, listened to while it is converted: what was typed as kana before 変換 made kanji of it. */

const KANA = /^[\u3041-\u3096\u30a1-\u30fa\u30fc\u309d\u309e\u30fd\u30fe・ \u3000]*$/
/** A romaji letter whose kana is not finished yet: やm -> や. */
const UNFINISHED = /[A-Za-zＡ-Ｚａ-ｚ]+$/

/**
 * One name field. Feed it the browser's composition events and every new text; `reading` is katakana. The name is kept
 * in the pieces in which it was written, so that a piece that is deleted takes its reading with it.
 */
export class NameReading {
  constructor() {
    this.pieces = []
    this.heard = ''
  }

  get reading() {
    const kana = this.pieces.map((piece) => piece.kana).join('')
    return kana.replace(/\u3000+/g, '\u3000')
  }

  composing(data) {
    const kana = data.replace(UNFINISHED, '')
    if (KANA.test(kana) && kana) this.heard = kana
  }

  /** A conversion was confirmed (data '' when it was cancelled); text: the whole field after it. */
  composed(data, text) {
    this.follow(text, katakana(KANA.test(data) ? data : this.heard))
    this.heard = ''
  }

  /** The text after any input that was no conversion: kana and spaces typed directly are read as they are. */
  typed(text) {
    this.follow(text)
  }

  /** What stands at the beginning and at the end as before keeps its reading; what is new between gets `kana`. */
  follow(text, kana = null) {
    let [from, to, first, last] = [0, text.length, 0, this.pieces.length]
    while (first < last && text.startsWith(this.pieces[first].text, from)) from += this.pieces[first++].text.length
    while (first < last && text.slice(from, to).endsWith(this.pieces[last - 1].text)) to -= this.pieces[--last].text.length
    const fresh = text.slice(from, to)
    const heard = kana ?? (KANA.test(fresh) ? katakana(fresh) : '')
    const piece = fresh ? [{ text: fresh, kana: heard }] : []
    this.pieces = [...this.pieces.slice(0, first), ...piece, ...this.pieces.slice(last)]
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

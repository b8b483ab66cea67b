/** Functions on text: parts, search, replacement, capitals, characters. Positions count characters from 1. */

import { lengthOf, sliced, trimmed } from '../characters.js'
import { failure } from '../errors.js'
import { whole, withinLength } from '../values.js'

const WORDS = /[\p{L}\p{Nl}\p{No}]+(?:['’][\p{L}\p{Nl}\p{No}]+)*/gu
const END_SPACES = /^[ \u3000]+|[ \u3000]+$/g
const RUNS_OF_SPACES = /[ \u3000]+/g
const FARTHEST = 1e9

export const texts = {
  Left: { compute: ([text, count]) => sliced(text, 0, countOf(count)) },
  Right: { compute: ([text, count]) => lastOf(text, countOf(count)) },
  Mid: { compute: ([text, start, count = FARTHEST]) => mid(text, positionOf(start) - 1, countOf(count)) },
  Len: { compute: ([text]) => lengthOf(text) },
  Trim: { compute: ([text]) => text.replace(END_SPACES, '').replace(RUNS_OF_SPACES, (found) => found[0]) },
  TrimEnds: { compute: ([text]) => trimmed(text) },
  Upper: { compute: ([text]) => text.toUpperCase() },
  Lower: { compute: ([text]) => text.toLowerCase() },
  Proper: { compute: ([text]) => text.replace(WORDS, capitalised) },
  Find: { compute: ([wanted, text, start = 1]) => find(wanted, text, positionOf(start)) },
  Substitute: { compute: ([text, old, fresh, instance = null]) => substitute(text, old, fresh, instance) },
  Replace: { compute: ([text, start, count, fresh]) => replace(text, positionOf(start) - 1, countOf(count), fresh) },
  Concatenate: { compute: (given) => withinLength(given.join('')) },
  StartsWith: { compute: ([text, start]) => text.toLowerCase().startsWith(start.toLowerCase()) },
  EndsWith: { compute: ([text, end]) => text.toLowerCase().endsWith(end.toLowerCase()) },
  Char: { compute: ([number]) => character(number, 255) },
  UniChar: { compute: ([number]) => character(number, 0x10ffff) },
}

/** A number of characters: fractions cut off, below zero refused. */
function countOf(number) {
  if (number < 0) throw failure('InvalidArgument', 'negative-count')
  return whole(Math.min(number, FARTHEST))
}

function positionOf(number) {
  if (number < 1) throw failure('InvalidArgument', 'bad-position')
  return whole(Math.min(number, FARTHEST))
}

function lastOf(text, count) {
  return count ? sliced(text, -count) : ''
}

function mid(text, first, count) {
  return sliced(text, first, first + count)
}

function capitalised(word) {
  const [first, ...rest] = word
  return first.toUpperCase() + rest.join('').toLowerCase()
}

function find(wanted, text, position) {
  if (position > lengthOf(text) + 1) throw failure('InvalidArgument', 'bad-position')
  const before = sliced(text, 0, position - 1)
  const found = text.indexOf(wanted, before.length)
  return found < 0 ? null : lengthOf(text.slice(0, found)) + 1
}

function substitute(text, old, fresh, instance) {
  if (instance !== null && instance < 1) throw failure('InvalidArgument', 'bad-position')
  if (!old) return text
  const pieces = text.split(old)
  if (instance === null) return withinLength(pieces.join(fresh))
  const place = whole(Math.min(instance, FARTHEST))
  if (place >= pieces.length) return text
  return withinLength(pieces.slice(0, place).join(old) + fresh + pieces.slice(place).join(old))
}

function replace(text, first, count, fresh) {
  return withinLength(sliced(text, 0, first) + fresh + sliced(text, first + count))
}

function character(number, highest) {
  const code = Math.abs(number) < FARTHEST ? whole(number) : 0
  if (code < 1 || code > highest) throw failure('InvalidArgument', 'bad-code', { text: code })
  if (code >= 0xd800 && code <= 0xdfff) throw failure('NotApplicable', 'bad-code', { text: code })
  return String.fromCodePoint(code)
}

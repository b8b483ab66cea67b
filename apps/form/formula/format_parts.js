/** Cuts a display format ("#,##0.0", "yyyy/mm/dd hh:mm") into its parts; tells numbers' formats from dates'. */

/** [kind, pattern, what may not stand before it]; the first that fits is taken. */
const PATTERNS = [
  ['quoted', /"([^"]*)"/uy],
  ['escaped', /\\([^])/uy],
  ['half', /AM\/PM|A\/P/iuy],
  ['exponent', /[eE][+-][0#]+/uy],
  ['era', /(?:g{1,3}(?=e)|g{3})(?:e{1,2})?(?![A-Za-z])/iuy, /[A-Za-z]/],
  ['era', /(?:ee?(?=[年./-])|a{3,4})(?![A-Za-z])/iuy, /[A-Za-z0-9#.]/],
  ['date', /(?:y+|m+|d+|h+)/iuy],
  ['date', /s+(?:\.(0+))?/iuy],
  ['digit', /[0#]/uy],
  ['other', /[^]/uy],
]
const NAMED_SIGNS = { '.': 'point', ',': 'comma', '%': 'percent', ';': 'end' }
const IN_NO_FORMAT = '@?*_[]<>"\\'
const SMALL_HALF = /a(m\/pm|\/p)/iy
const JAPANESE = /^\[\$-(?:411|ja-JP|ja-JP-x-gannen)(?:,\d+)?\]/i

/**
 * {sections: parts for positive, negative and zero; ofDate; japanese, alwaysGannen: it began with [$-411] and the like},
 * or null when it is none that numbers or dates can be shown in. A part is {kind, text, fraction?}, its kind literal,
 * plain, digit (0 or #), point, comma, percent, exponent, half, era or one of ymdhs.
 */
export function readFormat(text) {
  const prefix = JAPANESE.exec(text)?.[0] ?? ''
  const parts = partsOf(text.slice(prefix.length))
  if (parts === null) return null
  const has = (kinds) => parts.some((part) => kinds.includes(part.kind))
  const ofDate = has(['y', 'm', 'd', 'h', 's', 'half', 'era'])
  const sections = sectionsOf(parts)
  if ((ofDate && has(['digit', 'exponent'])) || sections.length > 3 || !sections.every(isSound)) return null
  return { sections, ofDate, japanese: prefix !== '', alwaysGannen: prefix.toLowerCase().includes('gannen') }
}

function partsOf(text) {
  if (['general', 'g'].includes(text.toLowerCase())) return null
  const parts = []
  for (let position = 0; position < text.length;) {
    const [kind, found] = next(text, position)
    const part = kind === null ? null : partOf(kind, found)
    if (part === null || (kind === 'other' && isSmallHalf(text, position))) return null
    parts.push(part)
    position += found[0].length
  }
  return parts
}

function next(text, position) {
  for (const [kind, pattern, notAfter] of PATTERNS) {
    if (notAfter && position > 0 && notAfter.test(text[position - 1])) continue
    pattern.lastIndex = position
    const found = pattern.exec(text)
    if (found) return [kind, found]
  }
  return [null, null]
}

function partOf(kind, found) {
  const text = found[0]
  switch (kind) {
    case 'quoted':
    case 'escaped':
      return { kind: 'literal', text: found[1] }
    case 'half':
      return text === text.toUpperCase() ? { kind, text } : null
    case 'era':
      return { kind: text === text.toLowerCase() ? 'era' : 'literal', text }
    case 'date':
      return datePart(text.split('.')[0].toLowerCase(), found[1]?.length ?? 0)
    case 'other':
      return IN_NO_FORMAT.includes(text) ? null : { kind: NAMED_SIGNS[text] ?? 'plain', text }
  }
  return { kind, text }
}

function datePart(letters, fraction) {
  return letters[0] === 'm' && letters.length > 4 ? null : { kind: letters[0], text: letters, fraction }
}

/** No small am/pm: what looks like one is taken for a slip of the pen. */
function isSmallHalf(text, position) {
  SMALL_HALF.lastIndex = position
  return SMALL_HALF.test(text)
}

function sectionsOf(parts) {
  const sections = [[]]
  for (const part of parts) {
    if (part.kind === 'end') sections.push([])
    else sections.at(-1).push(part)
  }
  return sections
}

/** No / or : stands before a digit; after an exponent come literals only; an E beside digits without an exponent is none. */
function isSound(section) {
  const kinds = section.map((part) => part.kind)
  const lastDigit = kinds.lastIndexOf('digit')
  if (section.slice(0, Math.max(lastDigit, 0)).some((part) => part.kind === 'plain' && '/:'.includes(part.text)))
    return false
  const exponent = kinds.indexOf('exponent')
  if (
    exponent >= 0 &&
    kinds.slice(exponent + 1).some((kind) => ['digit', 'point', 'percent', 'exponent'].includes(kind))
  )
    return false
  if (lastDigit < 0) return true
  const isLoneE = (part, index) =>
    part.kind === 'plain' && 'eE'.includes(part.text) && ['+', '-', undefined].includes(section[index + 1]?.text)
  return !section.some(isLoneE)
}

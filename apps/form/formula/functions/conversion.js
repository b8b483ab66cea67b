/** Text and Value: values as text in a format, and texts as numbers. */

import { toNumber, toText } from '../coercion.js'
import { cultureOf } from '../culture.js'
import { readNumber } from '../number_text.js'
import { formatted } from '../text_format.js'
import { Time, isMoment, kindOf, withinLength, wrongKind } from '../values.js'

export const conversions = {
  Text: {
    compute: ([value, format = null, language = ''], run) => text(value, format, cultureFor(language, run), run),
  },
  Value: { compute: ([given, language = ''], run) => number(given, language, run) },
}

/** The culture of the language that is named, or else the run's. */
export function cultureFor(language, run) {
  return language ? cultureOf(language) : run.culture
}

function text(value, format, culture, run) {
  if (format === null) return value === null ? null : toText(value, run)
  const shown = value ?? 0
  if (typeof shown !== 'number' && !isMoment(shown) && !(shown instanceof Time))
    throw wrongKind(kindOf(shown), 'number')
  return format ? withinLength(formatted(shown, format, culture)) : ''
}

function number(given, language, run) {
  if (given === null) return null
  return typeof given === 'string' ? readNumber(given, cultureFor(language, run)) : toNumber(given, run)
}

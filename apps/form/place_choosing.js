/** What choosing a suggested place does to the words in the line and to the coordinates beside it. */

import { isBlank, same } from './same.js'

/** The words after a choice. An address that goes further than the place keeps what was typed. */
export function wordsOf(option, typed) {
  return option.further ? typed.trim() : option.name
}

/**
 * The location field after a choice, or null when somebody has put a point there themselves. now: its value; filled: what
 * an earlier choice had put there.
 */
export function locationOf(option, now, filled) {
  const isEmpty = isBlank(now) || isBlank(now.lat) || isBlank(now.lon)
  if (!isEmpty && !same(now, filled)) return null
  return { lat: option.latitude, lon: option.longitude, place: now?.place ?? '' }
}

/** What was chosen lately for a field, for this tab only: names of persons must not stay on a shared PC. */

import { plain } from './same.js'

const KEPT = 5
const PREFIX = 'madoguchi-recent/'

export function recentChoices(entry, place) {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(entry, place))) ?? []
  } catch {
    return []
  }
}

export function rememberChoice(entry, place, option) {
  const others = recentChoices(entry, place).filter((each) => each.id !== option.id)
  try {
    sessionStorage.setItem(keyOf(entry, place), JSON.stringify([plain(option), ...others].slice(0, KEPT)))
  } catch {
    // A browser without storage still lets people choose; it only does not remember.
  }
}

export function forgetRecentChoices() {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key)
}

function keyOf(entry, place) {
  return `${PREFIX}${entry.userKey}/${entry.model.form.app}/${place.name}/${place.column ?? ''}`
}

/** Where somebody last looked on a map, kept with the tab, so that the way back from a record leads there again. */

const PREFIX = 'madoguchi-map '

export function kept(name) {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + name)) ?? {}
  } catch {
    return {}
  }
}

export function keep(name, state) {
  try {
    sessionStorage.setItem(PREFIX + name, JSON.stringify(state))
  } catch {
    // a full or forbidden store costs the way back, not the map
  }
}

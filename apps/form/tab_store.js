/** Where a public form keeps what is typed: in this tab only, so that nothing stays on a library's computer. */

import { passingStore } from './browser_store.js'

/** Stores as in browser_store.js. Drafts and unsent submissions outlive a reload; files last as long as the page. */
export function tabStores(storage = globalThis.sessionStorage) {
  try {
    const probe = 'madoguchi-probe'
    storage.setItem(probe, '1')
    storage.removeItem(probe)
  } catch {
    return { drafts: passingStore(), outbox: passingStore(), files: passingStore(), lasting: false }
  }
  return { drafts: tabStore(storage, 'drafts'), outbox: tabStore(storage, 'outbox'), files: passingStore(), lasting: true }
}

function tabStore(storage, name) {
  const prefix = `madoguchi-${name}/`
  const keys = () => Array.from({ length: storage.length }, (_, place) => storage.key(place))
  const read = (key) => {
    const text = storage.getItem(prefix + key)
    return text === null ? undefined : JSON.parse(text)
  }
  return {
    get: async (key) => read(key),
    put: async (key, value) => storage.setItem(prefix + key, JSON.stringify(value)),
    remove: async (key) => storage.removeItem(prefix + key),
    all: async () =>
      keys()
        .filter((key) => key.startsWith(prefix))
        .map((key) => [key.slice(prefix.length), read(key.slice(prefix.length))]),
  }
}

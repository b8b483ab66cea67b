/** Where the browser keeps drafts, unsent submissions and unsent files: IndexedDB, one object store each. */

const DATABASE = 'madoguchi-form'
const STORES = ['drafts', 'outbox', 'files']

/**
 * A store has get(key), put(key, value), remove(key) and all() -> [[key, value]]. Where the browser refuses IndexedDB
 * (private windows) `lasting` is false and things live only as long as the page: the form then says so.
 */
export async function openStores(indexedDB = globalThis.indexedDB) {
  try {
    const database = await opened(indexedDB)
    return { ...Object.fromEntries(STORES.map((name) => [name, lastingStore(database, name)])), lasting: true }
  } catch {
    return { ...Object.fromEntries(STORES.map((name) => [name, passingStore()])), lasting: false }
  }
}

export function passingStore() {
  const kept = new Map()
  return {
    get: async (key) => kept.get(key),
    put: async (key, value) => void kept.set(key, value),
    remove: async (key) => void kept.delete(key),
    all: async () => [...kept.entries()],
  }
}

function opened(indexedDB) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => STORES.forEach((name) => request.result.createObjectStore(name))
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
    request.onblocked = () => reject(new Error('blocked'))
  })
}

function lastingStore(database, name) {
  const run = (mode, action) =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(name, mode, { durability: 'strict' })
      const request = action(transaction.objectStore(name))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onerror = transaction.onabort = () => reject(transaction.error)
    })
  return {
    get: (key) => run('readonly', (store) => store.get(key)),
    put: (key, value) => run('readwrite', (store) => store.put(value, key)),
    remove: (key) => run('readwrite', (store) => store.delete(key)),
    all: async () => {
      const [keys, values] = await Promise.all([
        run('readonly', (store) => store.getAllKeys()),
        run('readonly', (store) => store.getAll()),
      ])
      return keys.map((key, index) => [key, values[index]])
    },
  }
}

/** Files of one question: kept in the browser at once, sent in the background, each with its own fate. */

import { onBeforeUnmount, onMounted, reactive } from 'vue'

import { keepFile, sendKeptFile } from './files.js'
import { requestId } from './request_id.js'
import { plain } from './same.js'

const REFUSED = new Set(['invalid', 'refused', 'forbidden'])

/**
 * prepare(file) -> {blob, ...about}: what is kept and sent. A file that fails never stops typing: it stays in the list,
 * says so, and is tried again when the line is back, by its button, or when the form is saved.
 *
 * fates: local id -> 'sending', 'waiting', or the reason of a refusal. shares: local id -> 0 to 1, once it is its turn.
 * pictures: local id or blob -> object URL.
 */
export function useChosenFiles(props, entry, prepare) {
  const fates = reactive({})
  const shares = reactive({})
  const pictures = reactive({})
  const now = () => plain(entry.valueAt(props.place) ?? [])
  const tell = (items) => entry.change(props.place, items.length ? items : null)

  async function add(files) {
    for (const file of files) {
      const id = requestId()
      const { blob, ...about } = await prepare(file)
      pictures[id] = URL.createObjectURL(blob)
      const kept = await keepFile(entry.stores.files, id, blob, about)
      tell([...now(), kept])
      send(id)
    }
  }

  async function send(id) {
    const item = now().find((each) => each.local === id)
    if (!item || fates[id] === 'sending') return
    fates[id] = 'sending'
    const { kind, answer, problem } = await sendKeptFile(entry.stores.files, entry.api, item, (share) => {
      shares[id] = share
    })
    delete shares[id]
    if (kind === 'accepted') {
      pictures[answer.blob] = pictures[id]
      delete fates[id]
      settle(id, answer)
    } else {
      fates[id] = REFUSED.has(kind)
        ? (problem?.detail ?? '送れませんでした。大きさと種類を確認してください。')
        : 'waiting'
    }
  }

  /** The same picture chosen twice is one picture; one that was taken away meanwhile stays away. */
  function settle(id, answer) {
    const isTwice = now().some((each) => each.blob === answer.blob)
    const kept = now().filter((each) => !(isTwice && each.local === id))
    tell(kept.map((each) => (each.local === id ? answer : each)))
  }

  function remove(item) {
    tell(now().filter((each) => (item.local ? each.local !== item.local : each.blob !== item.blob)))
    if (item.local) entry.stores.files.remove(item.local)
  }

  /** One place nearer to the beginning: pairs stand side by side in their order. */
  function forward(index) {
    const items = now()
    tell([...items.slice(0, index - 1), items[index], items[index - 1], ...items.slice(index + 1)])
  }

  /** Files of a restored draft: their pictures come from the browser's store. */
  async function takeUp() {
    for (const { local } of now().filter((each) => each.local && !pictures[each.local])) {
      const kept = await entry.stores.files.get(local)
      if (kept) pictures[local] = URL.createObjectURL(kept.blob)
      send(local)
    }
  }
  const again = () =>
    now()
      .filter((each) => each.local && fates[each.local] !== 'sending')
      .forEach((each) => send(each.local))

  onMounted(() => {
    takeUp()
    window.addEventListener('online', again)
  })
  onBeforeUnmount(() => {
    window.removeEventListener('online', again)
    Object.values(pictures).forEach((url) => URL.revokeObjectURL(url))
  })
  return { fates, shares, pictures, add, send, remove, forward, takeUp }
}

/** What is said of a file that is not on the server yet. share: see useChosenFiles. */
export function fateText(fate, share) {
  if (fate === 'sending') return share === undefined ? '順番を待っています' : '送信中'
  if (fate === 'waiting' || fate === undefined) return 'まだ送っていません。電波が戻ると送ります。'
  return fate
}

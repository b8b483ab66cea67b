/** Files that are chosen but not yet on the server: kept in the browser, sent before the record that names them. */

import { isBlank, plain, same } from './same.js'

const COPIED = ['taken_at', 'width', 'height']

/** On a slow line more at once would only make each slower, and leave nothing for what is typed and saved meanwhile. */
const AT_ONCE = 2

/** Store -> local id -> {outcome, listeners}: a file under way, or arrived, is not sent a second time from this page. */
const jobs = new WeakMap()
const turns = { taken: 0, waiting: [] }

/** Keep a file's content; answers what stands for it among the values until the server has it. */
export async function keepFile(store, id, blob, about) {
  await store.put(id, { blob, savedAt: new Date().toISOString() })
  return { local: id, type: blob.type, size: blob.size, ...about }
}

/** Send one kept file; the accepted outcome's answer is the value to store. progress(share): 0 to 1, once it is its turn. */
export function sendKeptFile(store, api, item, progress = null) {
  if (!jobs.has(store)) jobs.set(store, new Map())
  const known = jobs.get(store)
  if (!known.has(item.local)) {
    const listeners = new Set()
    const tell = (share) => listeners.forEach((listener) => listener(share))
    const outcome = inTurn(() => sent(store, api, item, tell)).then((found) => {
      if (found.kind !== 'accepted') known.delete(item.local)
      return found
    })
    known.set(item.local, { outcome, listeners })
  }
  const job = known.get(item.local)
  if (progress) job.listeners.add(progress)
  return job.outcome
}

async function inTurn(work) {
  if (turns.taken >= AT_ONCE) await new Promise((next) => turns.waiting.push(next))
  else turns.taken += 1
  try {
    return await work()
  } finally {
    const next = turns.waiting.shift()
    if (next) next()
    else turns.taken -= 1
  }
}

async function sent(store, api, item, tell) {
  const kept = await store.get(item.local)
  if (!kept)
    return {
      kind: 'invalid',
      problem: { detail: `「${item.name}」がこの端末に残っていません。もう一度選んでください。` },
    }
  tell(0)
  const outcome = await api.sendFile(kept.blob, item.name, tell)
  if (outcome.kind !== 'accepted') return outcome
  const extra = Object.fromEntries(COPIED.filter((name) => item[name] !== undefined).map((name) => [name, item[name]]))
  return { kind: 'accepted', answer: { ...extra, ...outcome.answer } }
}

/**
 * Send every kept file among `values` and put its stored form in its place. `progress()` is called after each, so that a
 * second attempt does not send it again. Answers null, or the outcome that stopped it.
 */
export async function sendKeptFiles(values, store, api, progress) {
  for (const { list, index, path } of keptFiles(values)) {
    const outcome = await sendKeptFile(store, api, list[index])
    if (outcome.kind !== 'accepted') return refusedFile(outcome, path, list[index])
    const { local } = list[index]
    list[index] = outcome.answer
    await progress()
    await store.remove(local)
  }
  return null
}

/** Where among the values files stand that are only in the browser yet: [{list, index, path}]. */
export function keptFiles(values) {
  const found = []
  const look = (list, path) =>
    list.forEach((item, index) => {
      if (item && typeof item === 'object' && item.local) found.push({ list, index, path })
      else if (item && typeof item === 'object' && item._row) lookIn(item, (name) => `${path}[${index}].${name}`)
    })
  const lookIn = (record, pathOf) => {
    for (const [name, value] of Object.entries(record)) if (Array.isArray(value)) look(value, pathOf(name))
  }
  lookIn(values, (name) => name)
  return found
}

/** The same values without the files that are only in the browser, and those files: [{field, row, column, item}]. */
export function withoutKeptFiles(values) {
  const rest = plain(values)
  const left = []
  const leave = (list, place) => list.filter((item) => !(item?.local && left.push({ ...place, item })))
  for (const [field, value] of Object.entries(rest)) {
    if (!Array.isArray(value)) continue
    const stay = leave(value, { field, row: '', column: '' })
    for (const row of stay.filter((each) => each?._row)) {
      for (const [column, cell] of Object.entries(row))
        if (Array.isArray(cell)) row[column] = leave(cell, { field, row: row._row, column })
    }
    rest[field] = stay.length || !value.length ? stay : null
  }
  return { rest, left }
}

/** Whether two answers are the same, or differ only in that files of the earlier one have reached the server since. */
export function sameButSent(now, then) {
  if (then?.local && now?.blob) return now.name === then.name && same(now.taken_at, then.taken_at)
  if (isBlank(now) || isBlank(then) || typeof now !== 'object' || typeof then !== 'object') return same(now, then)
  const names = new Set([...Object.keys(now), ...Object.keys(then)])
  return [...names].every((name) => sameButSent(now[name], then[name]))
}

/** A file the server will never take is a mistake in its field; anything else is tried again later. */
function refusedFile(outcome, path, item) {
  if (!['invalid', 'refused'].includes(outcome.kind)) return outcome
  const reason = outcome.problem?.detail ?? '大きさと種類を確認してください。'
  return {
    kind: 'invalid',
    problem: { errors: [{ path, code: 'file', text: `「${item.name}」を送れませんでした。${reason}` }] },
  }
}

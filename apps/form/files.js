/** Files that are chosen but not yet on the server: kept in the browser, sent before the record that names them. */

import { isBlank, same } from './same.js'

const COPIED = ['taken_at', 'width', 'height']

/** Keep a file's content; answers what stands for it among the values until the server has it. */
export async function keepFile(store, id, blob, about) {
  await store.put(id, { blob, savedAt: new Date().toISOString() })
  return { local: id, type: blob.type, size: blob.size, ...about }
}

/** Send one kept file; the accepted outcome's answer is the value to store. */
export async function sendKeptFile(store, api, item) {
  const kept = await store.get(item.local)
  if (!kept)
    return {
      kind: 'invalid',
      problem: { detail: `「${item.name}」がこの端末に残っていません。もう一度選んでください。` },
    }
  const outcome = await api.sendFile(kept.blob, item.name)
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

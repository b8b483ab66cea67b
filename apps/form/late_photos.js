/** A photo never holds up its record: the record goes first, and photos that are not on the server yet follow it. */

import { keptFiles, sendKeptFile, sendKeptFiles, withoutKeptFiles } from './files.js'
import { plain } from './same.js'

/** Told to the page when photos were put behind a record, so that somebody sends them (see unsent_photos.js). */
export const LATE_PHOTOS = 'madoguchi-late-photos'

/** Milliseconds in which a photo may still come along with its record, so that a good line makes one change and not two. */
const GRACE = 1_500

/**
 * Send an entry of the outbox. Where the record is refused without its photos (one may be required) they go first after
 * all; so they do where nothing can be added later (mayFollow false: a public form knows no record afterwards).
 */
export async function sendWithFiles(entry, stores, api, { mayFollow, grace = GRACE }) {
  const note = () => stores.outbox.put(entry.id, plain(entry))
  if (mayFollow && !entry.left && keptFiles(entry.body.values ?? {}).length) {
    await Promise.race([arrivals(entry.body.values, stores, api), new Promise((next) => setTimeout(next, grace))])
    // What is sent under one request id must stay the same: from here on the photos are no part of it.
    const { rest, left } = withoutKeptFiles(entry.body.values)
    Object.assign(entry, { whole: entry.body.values, left, body: { ...entry.body, values: rest } })
    await note()
  }
  if (entry.left) {
    const outcome = await api.send(entry)
    if (outcome.kind === 'accepted') await putBehind(entry, outcome.answer, stores, api)
    if (outcome.kind !== 'invalid' || !entry.left.length) return outcome
    Object.assign(entry, { left: null, body: { ...entry.body, values: entry.whole } })
  }
  // Each file that arrived is noted in the outbox at once, so that a second attempt does not send it again.
  const stopped = await sendKeptFiles(entry.body.values ?? {}, stores.files, api, note)
  return stopped ?? api.send(entry)
}

/** Puts what has arrived in its place; a file that arrives later changes nothing any more. */
async function arrivals(values, stores, api) {
  const arriving = keptFiles(values).map(async ({ list, index }) => {
    const { kind, answer } = await sendKeptFile(stores.files, api, list[index])
    if (kind === 'accepted') list[index] = answer
  })
  await Promise.all(arriving)
}

/** One entry per photo, under the photo's own id: written twice after a crash, it still is one. */
async function putBehind(entry, { id, title }, stores, api) {
  for (const { field, row, column, item } of entry.left) {
    const late = {
      id: item.local,
      user: entry.user,
      app: entry.app,
      record: id,
      slot: '',
      title: title || entry.title,
      madeAt: entry.madeAt,
      method: 'POST',
      url: `${api.recordsUrl(entry.app, id)}/photos`,
      body: { request_id: item.local, field, row, column },
      photo: item,
      follows: null,
      state: 'waiting',
    }
    await stores.outbox.put(late.id, plain(late))
  }
  globalThis.dispatchEvent?.(new Event(LATE_PHOTOS))
}

/** Send one photo and let its record name it. progress(share): 0 to 1. */
export async function sendLatePhoto(entry, stores, api, progress) {
  const outcome = await sendKeptFile(stores.files, api, entry.photo, progress)
  if (outcome.kind !== 'accepted') return outcome
  const added = await api.send({ ...entry, body: { ...entry.body, file: outcome.answer } })
  if (added.kind === 'accepted') await stores.files.remove(entry.photo.local)
  return added
}

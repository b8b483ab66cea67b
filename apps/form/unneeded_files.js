/** Kept files that no draft and no unsent submission names any more. */

import { keptFiles } from './files.js'

/** A file is written a moment before the draft that names it; younger ones may belong to a form in another tab. */
const AN_HOUR = 3_600_000

export async function removeUnneededFiles({ drafts, outbox, files }, { now = new Date(), youngest = AN_HOUR } = {}) {
  const kept = [
    ...(await drafts.all()).map(([, draft]) => draft.values),
    ...(await outbox.all()).map(([, entry]) => (entry.photo ? { photo: [entry.photo] } : entry.snapshot?.values)),
  ]
  const needed = new Set(kept.flatMap((values) => keptFiles(values ?? {}).map(({ list, index }) => list[index].local)))
  const latest = new Date(now.getTime() - youngest).toISOString()
  for (const [id, file] of await files.all()) if (!needed.has(id) && file.savedAt <= latest) await files.remove(id)
}

/** Two people changed the rows of one table: different rows, or different cells of one row, go together. */

import { requestId } from './request_id.js'
import { isBlank, plain, same } from './same.js'

/** Whether a value is that of a subtable or checklist with rows. */
export function isRows(value) {
  return Array.isArray(value) && value.every((row) => row !== null && typeof row === 'object' && row._row !== undefined)
}

/**
 * Their rows with my changes, my new rows last. Where both changed one cell, or one removed what the other changed,
 * `preferred` ('mine' or 'theirs') decides; without it the answer is then null.
 */
export function mergedRows(before, mine, theirs, preferred = null) {
  const [was, own, other] = [before, mine, theirs].map((rows) => new Map((rows ?? []).map((row) => [row._row, row])))
  const merged = []
  for (const [id, theirRow] of other) {
    const row = was.has(id) ? together(was.get(id), own.get(id), theirRow, preferred) : theirRow
    if (row === undefined) return null
    if (row !== null) merged.push(plain(row))
  }
  for (const [id, ownRow] of own) {
    if (!was.has(id)) {
      const theirRow = other.get(id)
      if (!same(ownRow, theirRow)) merged.push({ ...plain(ownRow), _row: theirRow ? requestId() : id })
    } else if (!other.has(id) && !same(ownRow, was.get(id))) {
      if (preferred === null) return null
      if (preferred === 'mine') merged.push(plain(ownRow))
    }
  }
  return merged
}

/** One row that stood there before and still stands with them: null when it goes, undefined when it must be asked. */
function together(was, own, theirs, preferred) {
  if (own === undefined) {
    if (same(was, theirs)) return null
    return { mine: null, theirs }[preferred]
  }
  const cells = { ...theirs }
  for (const name of new Set([...Object.keys(was), ...Object.keys(own)])) {
    if (same(own[name], was[name]) || same(own[name], theirs[name])) continue
    if (!same(theirs[name], was[name])) {
      if (preferred === null) return undefined
      if (preferred === 'theirs') continue
    }
    cells[name] = own[name]
    if (isBlank(own[name])) delete cells[name]
  }
  return cells
}

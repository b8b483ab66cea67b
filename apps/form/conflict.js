/** Two people changed one record: what each changed, and the values when a choice was made for every field. */

import { isAsked } from './fields.js'
import { isRows, mergedRows } from './row_merge.js'
import { plain, same } from './same.js'

/**
 * Compare this form's answers with the record as it is now.
 * `both`: fields that both changed, differently: [{name, label, before, mine, theirs}], a choice is needed.
 * `theirOnly`: what only the other person changed, in the same shape. `mineOnly`: only this form. A table in which each
 * changed other rows stands in both of the latter, `mine` then holding the rows of both.
 */
export function compare(model, current) {
  const both = []
  const theirOnly = []
  const mineOnly = []
  for (const [name, field] of model.fields) {
    const before = model.before[name] ?? null
    const theirs = current[name] ?? null
    const mine = isAsked(field) ? (model.answer(name) ?? null) : before
    const iChanged = isAsked(field) && !same(mine, model.opened[name])
    const theyChanged = !same(theirs, before)
    const change = { name, label: field.label || name, before, mine: plain(mine), theirs }
    if (iChanged && theyChanged && !same(mine, theirs)) {
      const rows = rowsOf(change)
      if (rows === null) {
        both.push(change)
      } else {
        mineOnly.push({ ...change, mine: rows })
        theirOnly.push(change)
      }
    } else if (theyChanged && !iChanged) theirOnly.push(change)
    else if (iChanged && !theyChanged) mineOnly.push(change)
  }
  return { both, theirOnly, mineOnly }
}

/** The values to go on with: theirs, with mine where only I changed, and the chosen one where both did. */
export function merged(current, comparison, choices) {
  const values = plain(current)
  for (const { name, mine } of comparison.mineOnly) values[name] = mine
  for (const change of comparison.both) {
    const { name, mine, theirs } = change
    values[name] = rowsOf(change, choices[name]) ?? (choices[name] === 'mine' ? mine : theirs)
  }
  return values
}

/** The rows of both: a choice is about the cells that collide, never about the other rows. Null: no rows, or to be asked. */
function rowsOf({ before, mine, theirs }, preferred = null) {
  const sides = [before ?? [], mine ?? [], theirs ?? []]
  return sides.every(isRows) && sides.some((side) => side.length) ? mergedRows(...sides, preferred) : null
}

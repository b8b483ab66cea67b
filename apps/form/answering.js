/** What widgets do with their answers: change them, be done with them, say that they cannot be read. */

import { refusalsOnLeaving } from './checks.js'
import { placeKey } from './errors.js'
import { whenPointerRests } from './pointer.js'
import { isBlank } from './same.js'

/** at: {name, row?, column?}, the place of an answer. */
export function useAnswering(entry, { model, saving, rules }) {
  function typed(key, change) {
    entry.clearRefusal(key)
    const answer = change()
    saving.typed()
    return answer
  }

  return {
    change(at, value) {
      delete entry.auto[at.name]
      typed(keyOf(at), () => (at.row ? model.setCell(at.name, at.row, at.column, value) : model.set(at.name, value)))
    },
    /** A looked-up record was chosen, or taken back (null). */
    choose(at, option) {
      delete entry.auto[at.name]
      typed(keyOf(at), () =>
        at.row ? model.chooseInRow(at.name, at.row, at.column, option) : model.choose(at.name, option),
      )
    },
    addRow: (name) => typed(name, () => model.addRow(name)),
    removeRow: (name, row) => typed(name, () => model.removeRow(name, row)),
    settle(at) {
      if (at.row) return
      rules.settled(at.name)
      whenPointerRests(() => {
        for (const { path, text } of refusalsOnLeaving(model, at.name)) entry.errors[path] = text
      })
    },
    unreadable(at, text) {
      const key = keyOf(at)
      model.unreadable[key] = text
      whenPointerRests(() => model.unreadable[key] && (entry.errors[key] = text))
    },
    valueAt: (at) =>
      at.row ? model.values[at.name].find((row) => row._row === at.row)?.[at.column] : model.values[at.name],
    /** What a formula sees that stands at this place. */
    scopeAt: (at, row) => (row ? model.rows[at.name].scopeOf(row, model.scope) : model.scope),
    ...useReadings(entry, model),
  }
}

/** The readings of names, which kana fields take over. */
function useReadings(entry, model) {
  const written = {}
  return {
    readersOf: (name) => [...model.fields.values()].filter((field) => field.kanaOf === name).map((field) => field.name),
    /** A reading goes into a kana field only while the person has not written there themselves. */
    read(readers, reading) {
      for (const name of readers) {
        const value = model.values[name]
        if (!isBlank(value) && value !== written[name]) continue
        written[name] = reading
        entry.change({ name }, reading || null)
      }
    },
  }
}

function keyOf(at) {
  return placeKey(at.name, at.row ?? null, at.column ?? null)
}

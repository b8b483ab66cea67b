/** Another person changes the record while this form is open: said, compared, merged; nothing is overwritten silently. */

import { compare, merged } from './conflict.js'

/** entry.conflict: the record as it is now ({rev, values}) while the person has to choose. */
export function useColliding(entry, { settings, api, model, place, saving, rules }) {
  function goOnFrom(current, choices) {
    saving.goOnFrom(current, merged(current.values, compare(model, current.values), choices))
    rules.restart()
  }

  return {
    showConflict(current) {
      entry.conflict = current
      entry.conflictFocus += 1
    },
    /** Both persons' values as they are now: the person may have gone on typing beside the question. */
    comparison: () => compare(model, entry.conflict.values),
    /** Theirs underneath, mine on top; a question only where both changed the same. */
    mergeWith(current) {
      if (compare(model, current.values).both.length) entry.showConflict(current)
      else goOnFrom(current, {})
    },
    async merge(choices) {
      goOnFrom(entry.conflict, choices)
      entry.conflict = null
      await entry.press()
    },
    takeTheirs() {
      saving.takeTheirs(entry.conflict)
      entry.conflict = null
      rules.restart()
    },
    changedElsewhere(rev) {
      if (rev !== place.rev && !saving.sent) entry.changedBy = { rev }
    },
    ignoreChange() {
      entry.changedBy = null
    },
    /** Untouched answers become theirs, touched ones stay; what both changed is asked. */
    async takeIn() {
      const { kind, answer } = await api.readRecord(settings.form.app, place.record)
      if (kind !== 'accepted') return
      entry.changedBy = null
      entry.mergeWith(answer)
    },
  }
}

/** Refusals on the screen: each under its field, all in the summary, gone when the field is changed. */

import { placed } from './errors.js'

export function useRefusing(entry, { model }) {
  return {
    /** refusals: [{path, code, text}]; detail: what the server says when no field is to blame. */
    showRefusals(refusals, detail = '') {
      entry.forgetRefusals()
      entry.refusals = placed(refusals, model)
      entry.detail = detail
      for (const { key, text } of entry.refusals) if (key !== null) entry.errors[key] ??= text
      entry.summaryFocus += 1
    },
    forgetRefusals() {
      Object.assign(entry, { refusals: [], detail: '', errors: {} })
    },
    clearRefusal(key) {
      delete entry.errors[key]
      entry.refusals = entry.refusals.filter((refusal) => refusal.key !== key)
    },
  }
}

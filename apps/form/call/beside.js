/** What the server knows about the call while it goes on: likely duplicates, and what rules decide. */

import { reactive, watch } from 'vue'

import { plain } from '../same.js'
import { Asking } from './asking.js'
import { comparable, decidable } from './questions.js'

/** Earlier requests that may be about the same thing: {asking, stop()}; asking.answer: {records} or null. */
export function useLikely(entry, call) {
  return useValues(entry, 'duplicates', () => comparable(entry.model, call))
}

/** Owner section, area, deadline, and the words that stop somebody: {asking, stop()}; asking.answer: {facts, stops} or null. */
export function useDecided(entry, call) {
  return useValues(entry, 'call/decided', () => decidable(entry.model, call))
}

function useValues(entry, path, question) {
  const url = `${entry.api.base}/apps/${encodeURIComponent(entry.model.form.app)}/${path}`
  const asking = reactive(new Asking((values) => entry.api.send({ method: 'POST', url, body: { values } })))
  const unwatch = watch(question, (values) => asking.soon(plain(values)), { immediate: true, deep: true })
  return {
    asking,
    stop() {
      unwatch()
      asking.stop()
    },
  }
}

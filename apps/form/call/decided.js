/** What rules decide from what is typed so far: owner section, area, deadline, and the words that stop somebody. */

import { watch } from 'vue'

import { isBlank, plain } from '../same.js'
import { useAsking } from './asking.js'

/** Files say nothing to a rule. */
export function typedAnswers(model) {
  const answers = Object.entries(model.answers()).filter(([, value]) => !isBlank(value) && !Array.isArray(value))
  return Object.fromEntries(answers)
}

export function useDecided(entry, call) {
  const url = `${entry.api.base}/apps/${encodeURIComponent(entry.model.form.app)}/call/decided`
  const asking = useAsking((values) => entry.api.send({ method: 'POST', url, body: { values } }))
  // The number decides nothing, so it does not go along.
  const typed = () => Object.fromEntries(Object.entries(typedAnswers(entry.model)).filter(([name]) => name !== call.number))
  const unwatch = watch(typed, (values) => asking.soon(plain(values)), { immediate: true, deep: true })
  return {
    ...asking,
    stop() {
      unwatch()
      asking.stop()
    },
  }
}

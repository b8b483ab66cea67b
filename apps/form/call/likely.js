/** Earlier requests that may be about the same thing, found while the call goes on. */

import { watch } from 'vue'

import { isBlank } from '../same.js'
import { useAsking } from './asking.js'

/** What the server compares, or null while nothing is said that could be compared. call.compares: names of the fields. */
export function comparable(model, call) {
  const answers = Object.fromEntries(call.compares.map((name) => [name, model.answer(name)]).filter(([, value]) => !isBlank(value)))
  const told = call.telling.filter((name) => String(answers[name]?.lat ?? answers[name] ?? '').length > 1)
  return told.length ? answers : null
}

export function useLikely(entry, call) {
  const url = `${entry.api.base}/apps/${encodeURIComponent(entry.model.form.app)}/duplicates`
  const asking = useAsking((values) => entry.api.send({ method: 'POST', url, body: { values } }))
  const unwatch = watch(
    () => comparable(entry.model, call),
    (values) => asking.soon(values),
    { immediate: true, deep: true },
  )
  return {
    ...asking,
    stop() {
      unwatch()
      asking.stop()
    },
  }
}

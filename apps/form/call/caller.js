/** Who is on the line: the earlier requests of the number, and what of them can be taken over. */

import { reactive, watch } from 'vue'

import { requestId } from '../request_id.js'
import { isBlank } from '../same.js'
import { Asking } from './asking.js'
import { wholeNumber } from './questions.js'

/**
 * call: the settings of the screen. Answers {asking, takeOver(earlier), rangAgain(earlier), stop()}; asking.answer: {records,
 * total} or null. rangAgain answers what went wrong in Japanese, '' when it stands in the history.
 */
export function useCaller(entry, call) {
  const { app } = entry.model.form
  const url = `${entry.api.base}/apps/${encodeURIComponent(app)}/call/earlier`
  const asking = reactive(new Asking((number) => entry.api.send({ method: 'POST', url, body: { number } })))
  const requests = new Map()
  const unwatch = watch(
    () => wholeNumber(entry.model.values[call.number]),
    (number) => asking.soon(number),
    { immediate: true },
  )
  return {
    asking,
    takeOver({ values }) {
      for (const [name, value] of Object.entries(values)) {
        if (entry.model.fields.has(name) && !isBlank(value)) entry.change({ name }, value)
      }
    },
    async rangAgain(earlier) {
      if (!requests.has(earlier.id)) requests.set(earlier.id, requestId())
      const body = { request_id: requests.get(earlier.id), values: {} }
      const act = `${entry.api.recordsUrl(app, earlier.id)}/actions/rang_again`
      const { kind, problem } = await entry.api.send({ method: 'POST', url: act, body })
      if (kind === 'unreachable' || kind === 'unknown')
        return 'サーバーに届きませんでした。もう一度押しても二重にはなりません。'
      requests.delete(earlier.id)
      if (kind !== 'accepted') return problem?.detail || problem?.title || '記録できませんでした。'
      earlier.again = (earlier.again ?? 0) + 1
      return ''
    },
    stop() {
      unwatch()
      asking.stop()
    },
  }
}

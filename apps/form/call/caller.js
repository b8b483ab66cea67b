/** Who is on the line: the earlier requests of the number, and what of them can be taken over. */

import { watch } from 'vue'

import { requestId } from '../request_id.js'
import { isBlank } from '../same.js'
import { folded } from '../width.js'
import { useAsking } from './asking.js'

const ELEVEN_DIGITS = /^(020|050|060|070|080|090|0800)/

/** The digits of a whole telephone number, '' before it is one: nobody is looked for by half a number. */
export function wholeNumber(text) {
  const digits = folded(text ?? '').replace(/内線.*$/, '').replace(/\D/g, '')
  if (!digits.startsWith('0')) return ''
  return digits.length === (ELEVEN_DIGITS.test(digits) ? 11 : 10) ? digits : ''
}

/**
 * call: the settings of the screen. Answers {answer, isOut, takeOver(earlier), rangAgain(earlier), stop()}; answer:
 * {records, total} or null. rangAgain answers what went wrong in Japanese, '' when it stands in the history.
 */
export function useCaller(entry, call) {
  const { app } = entry.model.form
  const at = `/apps/${encodeURIComponent(app)}`
  const asking = useAsking((number) => entry.api.send({ method: 'POST', url: `${entry.api.base}${at}/call/earlier`, body: { number } }))
  const requests = new Map()
  const unwatch = watch(
    () => wholeNumber(entry.model.values[call.number]),
    (number) => asking.soon(number || null),
    { immediate: true },
  )
  return {
    ...asking,
    takeOver({ values }) {
      for (const [name, value] of Object.entries(values)) {
        if (entry.model.fields.has(name) && !isBlank(value)) entry.change({ name }, value)
      }
    },
    async rangAgain(earlier) {
      if (!requests.has(earlier.id)) requests.set(earlier.id, requestId())
      const url = `${entry.api.recordsUrl(app, earlier.id)}/actions/rang_again`
      const { kind, problem } = await entry.api.send({ method: 'POST', url, body: { request_id: requests.get(earlier.id), values: {} } })
      if (kind === 'unreachable' || kind === 'unknown') return 'サーバーに届きませんでした。もう一度押しても二重にはなりません。'
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

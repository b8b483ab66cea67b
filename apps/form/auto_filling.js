/** Blank fields that the server's rules fill while somebody types; what a person has written is left alone. */

import { onBeforeUnmount, watch } from 'vue'

import { isBlank, plain } from './same.js'

const PAUSE = 250

/**
 * To be used in a component that draws `entry`. entry.auto: name -> why the rules have put there what stands there. Such
 * a value follows the rules until the person changes it; without a line nothing is filled, and the save fills it then.
 */
export function useAutoFilling(entry) {
  const { model } = entry
  const { routing } = model.form
  if (!routing) return
  const isOpen = (name) => model.fields.has(name) && !model.isLocked(name)
  const fills = routing.fills.filter(isOpen)
  const reads = routing.reads.filter((name) => model.fields.has(name))
  let timer = null
  let asked = 0

  const isAuto = (name) => Object.hasOwn(entry.auto, name)
  const known = (name) => (isAuto(name) ? null : plain(model.answer(name)))
  const question = () => JSON.stringify(Object.fromEntries([...new Set([...reads, ...fills])].map((name) => [name, known(name)])))

  async function ask() {
    const turn = (asked += 1)
    const body = { values: JSON.parse(question()) }
    const url = `${entry.api.base}/apps/${encodeURIComponent(model.form.app)}/routing`
    const { kind, answer } = await entry.api.send({ method: 'POST', url, body })
    if (turn !== asked || kind !== 'accepted') return
    const found = new Map(answer.filled.map((each) => [each.field, each]))
    for (const name of fills) fill(name, found.get(name))
  }

  function fill(name, found) {
    if (!isAuto(name) && !isBlank(model.answer(name))) return
    if (found) {
      entry.auto[name] = found.reason
      put(name, found.value)
    } else if (isAuto(name)) {
      delete entry.auto[name]
      put(name, null)
    }
  }

  /** Nobody has typed this: a new form in which nothing else stands may be left without a question. */
  function put(name, value) {
    entry.clearRefusal(name)
    model.set(name, value)
    if (model.isNew) model.opened[name] = plain(value)
  }

  function soon() {
    clearTimeout(timer)
    timer = setTimeout(ask, PAUSE)
  }
  if (model.isNew) ask()
  watch(question, soon)
  onBeforeUnmount(() => clearTimeout(timer))
}

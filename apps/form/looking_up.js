/** Search for records, staff and sections on the server, and the titles of those that a record already names. */

import { reactive } from 'vue'

/** Without a line every title is asked for again and again; at this pace that costs nothing. */
const ASK_AGAIN = 5_000

/**
 * Answers {lookUp, optionOf}. An id whose title is not known is asked for once; until then the id stands there.
 */
export function useLookingUp(entry, { api, model, settings }) {
  const asked = reactive(new Set())
  const pathOf = (field) => `/apps/${encodeURIComponent(settings.form.app)}/lookup/${encodeURIComponent(field.path)}`

  async function ask(field, id) {
    const question = `${field.path}/${id}`
    if (asked.has(question)) return
    asked.add(question)
    const { kind, answer } = await api.read(`${pathOf(field)}/${encodeURIComponent(id)}`)
    if (kind === 'accepted') model.know(field, answer.options)
    else if (kind === 'unreachable') setTimeout(() => asked.delete(question), ASK_AGAIN)
  }

  return {
    // What is typed is a name as often as not: it goes in the body, for addresses are kept in logs.
    lookUp: (field, text) => api.send({ method: 'POST', url: api.base + pathOf(field), body: { q: text } }),
    optionOf(field, id) {
      const known = model.lookedUp.get(field, id)
      if (!known) ask(field, id)
      return known ?? { id, label: String(id), values: {} }
    },
  }
}

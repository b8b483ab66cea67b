/** Records, staff and sections that fields point at: searched on the server, known by id afterwards. */

import { reactive } from 'vue'

/**
 * Answers {know, lookUp, optionOf}. An id whose title is not known is asked for once; until then the id stands there.
 */
export function useLookingUp({ api, model, app }) {
  const asked = reactive(new Set())
  const pathOf = (place) =>
    `/apps/${encodeURIComponent(app)}/lookup/${encodeURIComponent([place.name, place.column].filter(Boolean).join('.'))}`

  async function ask(place, id) {
    asked.add(id)
    const { kind, answer } = await api.read(`${pathOf(place)}/${encodeURIComponent(id)}`)
    if (kind === 'accepted') model.know(answer.options)
    else if (kind !== 'not_found') asked.delete(id)
  }

  return {
    lookUp: (place, query) => api.read(pathOf(place), query),
    optionOf(place, id) {
      const known = model.records[id]
      if (!known && !asked.has(id)) ask(place, id)
      return known ?? { id, label: String(id), values: {} }
    },
  }
}

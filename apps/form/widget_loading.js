/** The looks a form needs, each from its own file; what a form does not use is not fetched. */

import { fieldsOf, lookOf } from './fields.js'

/** Widget name -> module. Rejects when a field names a look that nobody draws. */
export async function loadWidgets(form) {
  const fields = [...fieldsOf(form).values()]
  const names = new Set(fields.flatMap((field) => [lookOf(field), ...(field.fields ?? []).map(lookOf)]))
  const loaded = await Promise.all([...names].map(async (name) => [name, await import(`./widgets/${name}.js`)]))
  return Object.fromEntries(loaded)
}

/** The looks a form needs, each from its own file; what a form does not use is not fetched. */

import { fieldsOf } from './fields.js'

/** Widget name -> module. Rejects when a field names a look that nobody draws. */
export async function loadWidgets(form) {
  const fields = [...fieldsOf(form).values()]
  const names = new Set(fields.flatMap((field) => [field.widget, ...(field.fields ?? []).map((column) => column.widget)]))
  const loaded = await Promise.all([...names].map(async (name) => [name, await import(`./widgets/${name}.js`)]))
  return Object.fromEntries(loaded)
}

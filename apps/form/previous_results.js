/** What stood in each line of a checklist the time before. */

import { isBlank } from './same.js'

/** {rows: {row: {column: value}}, date}; nothing while the line is down or when there is no earlier record. */
export async function previousResults(entry, field, value) {
  const nothing = { rows: {}, date: null }
  if (isBlank(value)) return nothing
  const path = `/apps/${encodeURIComponent(entry.model.form.app)}/previous/${encodeURIComponent(field.name)}`
  const { kind, answer } = await entry.api.read(path, { value, record: entry.recordId })
  return kind === 'accepted' ? answer : nothing
}

/** 異常あり、北側の雨どい; '' when nothing was written. */
export function previousText(row, field, entry) {
  return field.fields
    .filter((column) => !isBlank(row?.[column.name]) && !column.companionOf)
    .map((column) => entry.shown(column, row[column.name]))
    .join('、')
}

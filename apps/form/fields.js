/** The fields of a form as its definition's JSON lists them. */

const TABLES = new Set(['subtable', 'checklist'])

/**
 * Field name -> field, in form order; the details of 「その他」 (`companionOf` names their choice) are among them. Each
 * field and column knows its path (`明細.品目`), by which the server finds it. Frozen: a definition never changes, and
 * Vue makes no proxies of frozen things, so that a formula is compiled once and runs over plain objects.
 */
export function fieldsOf(form) {
  const listed = form.sections.flatMap((section) => section.fields)
  return new Map(listed.map((field) => [field.name, withPath(field, field.name)]))
}

function withPath(field, path) {
  const own = { ...field, path }
  if (field.fields) own.fields = field.fields.map((column) => withPath(column, `${path}.${column.name}`))
  return Object.freeze(own)
}

/** The detail of 「その他」 that belongs to a choice, among the fields of a form or the columns of a table. */
export function companionOf(name, fields) {
  return [...fields.values()].find((field) => field.companionOf === name) ?? null
}

/** The widget file that draws a field. A partly known date is stored as EDTF, which nobody should have to read. */
export function lookOf(field) {
  return field.type === 'partial_date' ? 'partial_date' : field.widget
}

export function isTable(field) {
  return TABLES.has(field.type)
}

/** Whether the field is typed by a person and so belongs into what is sent. */
export function isAsked(field) {
  return field.input !== false
}

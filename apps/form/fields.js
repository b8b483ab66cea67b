/** The fields of a form as its definition's JSON lists them. */

const TABLES = new Set(['subtable', 'checklist'])

/** Field name -> field, in form order; the details of 「その他」 (`companionOf` names their choice) are among them. */
export function fieldsOf(form) {
  return new Map(form.sections.flatMap((section) => section.fields).map((field) => [field.name, field]))
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

/** The fields of a form as its definition's JSON lists them, with the detail of 「その他」 made a field of its own. */

export const OTHER = 'その他'
const TABLES = new Set(['subtable', 'checklist'])

/** Field name -> field, in form order. A companion carries `companionOf` and is drawn inside its choice. */
export function fieldsOf(form) {
  const written = form.sections.flatMap((section) => section.fields)
  const names = new Set(written.map((field) => field.name))
  const found = new Map()
  for (const field of written) {
    found.set(field.name, field)
    if (field.other && !names.has(companionName(field))) found.set(companionName(field), companion(field))
  }
  for (const field of written) {
    if (field.other) found.set(companionName(field), { ...found.get(companionName(field)), companionOf: field.name })
  }
  return found
}

export function companionName(field) {
  return `${field.name}_${OTHER}`
}

/** Whether 「その他」 is chosen, so that its detail is asked. */
export function otherChosen(value) {
  return Array.isArray(value) ? value.includes(OTHER) : value === OTHER
}

export function isTable(field) {
  return TABLES.has(field.type)
}

/** Whether the field is typed by a person and so belongs into what is sent. */
export function isAsked(field) {
  return field.input !== false
}

function companion(field) {
  return {
    name: companionName(field),
    type: 'text',
    widget: 'text',
    label: `${field.label || field.name}(${OTHER})`,
    hint: '',
    input: true,
    width: 'long',
    valueType: 'text',
    required: true,
    relevant: null,
    readonly: field.readonly ?? false,
  }
}

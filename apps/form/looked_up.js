/** The records, staff and sections that fields point at, as far as this form has met them. */

import { isBlank } from './same.js'

/** Key under which a looked-up record carries its id, as on the server: a formula that gives the record gives its id. */
const ID = '_id'

export class LookedUp {
  constructor() {
    this.options = {}
  }

  /** option: {id, label, values}. Two fields may show different values of one record: both are kept. */
  know(field, option) {
    const key = keyOf(field, option.id)
    this.options[key] = { ...option, values: { ...this.options[key]?.values, ...option.values } }
  }

  /** The option of a stored id; null when it, or a value that this field shows or copies, is not known yet. */
  get(field, id) {
    const option = this.options[keyOf(field, id)]
    return option && sourcesOf(field).every((name) => name in option.values) ? option : null
  }

  /** Formulas see the record where the value is only its id. */
  seen(field, value) {
    if (!field.app || isBlank(value)) return value
    return { ...this.options[keyOf(field, value)]?.values, [ID]: value }
  }

  /** The same for all values of a record or row. */
  seenAll(values, fields) {
    return Object.fromEntries([...fields].map(([name, field]) => [name, this.seen(field, values[name] ?? null)]))
  }
}

/** What a formula's result is stored as. */
export function storedResult(result) {
  return result && typeof result === 'object' && ID in result ? result[ID] : (result ?? null)
}

function keyOf(field, id) {
  return `${field.app || field.type}/${id}`
}

function sourcesOf(field) {
  return [...(field.show ?? []), ...Object.values(field.copy ?? {})]
}

/** Refusals by the place they belong to: under the field, in the row of a table, and all together in the summary. */

const ROW_PATH = /^(.+?)\[(\d+)\](?:\.(.+))?$/

/** 'name', or '表[2].列' -> {name, index, column}. */
export function placeOf(path) {
  const match = ROW_PATH.exec(path)
  return match
    ? { name: match[1], index: Number(match[2]), column: match[3] ?? null }
    : { name: path, index: null, column: null }
}

/** The id by which the page finds a field or cell; rows are named by their own id, for they may move. */
export function placeKey(name, row = null, column = null) {
  return [name, row, column].filter((part) => part !== null).join('/')
}

/**
 * Refusals tied to this form: [{key, label, line, text, code}], in form order. line: how the row of a table is called. What belongs to no visible field has key null
 * and stands at the top of the summary.
 */
export function placed(refusals, model) {
  const found = refusals.map((refusal) => placeRefusal(refusal, model))
  const order = [...model.fields.keys()]
  return found.sort((one, other) => rank(one, order) - rank(other, order))
}

function placeRefusal({ path, code, text }, model) {
  const { name, index, column } = placeOf(path ?? '')
  const field = model.fields.get(name)
  if (!field || !model.shows(name)) return { key: null, name: null, label: '', text, code }
  const label = field.label || name
  if (index === null) return { key: placeKey(name), name, label, text, code }
  const row = model.values[name]?.[index]
  if (!row) return { key: placeKey(name), name, label, text, code }
  const key = column === null ? placeKey(name) : placeKey(name, row._row, column)
  return { key, name, label, line: lineLabel(field, row, index), text, code }
}

/** How a row is called when it is spoken of: its text in the master, else its number. */
export function lineLabel(field, row, index) {
  const line = field.rows?.find((each) => each._row === row._row)
  return line ? `「${line.label ?? line._row}」` : `${index + 1}行目`
}

function rank(refusal, order) {
  return refusal.name === null ? -1 : order.indexOf(refusal.name)
}

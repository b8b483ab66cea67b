/** What the form can already refuse by itself, so that a mistake shows while the line is down. The server judges again. */

import { beyondLimits } from './limits.js'
import { isTree } from './rules.js'
import { isBlank } from './same.js'
import { stopRefusals } from './stops.js'

/** The texts have the codes of the server's catalogue (forms/message.py): one mistake reads the same from both sides. */
export const TEXTS = {
  required: (label) => `${label}を入力してください。`,
  forbidden: (label) => `${label}は、いまの内容では入力できません。空にしてください。`,
  constraint: (label) => `${label}の内容を確認してください。`,
}

/** Every refusal in form order: [{path, code, text}]; a path inside a table is `表[0].列`. */
export function refusals(model) {
  const found = []
  for (const [name, field] of model.fields) {
    if (!model.shows(name) || model.isLocked(name)) continue
    found.push(...fieldRefusals(model, name, field))
    if (model.rows[name]) found.push(...rowRefusals(model, name))
  }
  return [...found, ...stopRefusals(model)]
}

/** The refusals of one field alone, as soon as the person leaves it. Blank is not yet a mistake then. */
export function refusalsOnLeaving(model, name) {
  const field = model.fields.get(name)
  if (isBlank(model.answer(name)) && !model.unreadable[name]) return []
  return fieldRefusals(model, name, field)
}

function fieldRefusals(model, name, field) {
  const value = model.answer(name)
  return judged(field, name, value, model.state[name], model.unreadable[name], () =>
    constraintHolds(model, field, model.scope),
  )
}

function rowRefusals(model, name) {
  const rows = model.rows[name]
  return (model.values[name] ?? []).flatMap((row, index) =>
    [...rows.columns.values()]
      .filter((column) => rows.shows(row, column.name) && !rows.isLocked(row, column.name))
      .flatMap((column) => {
        return judged(
          column,
          `${name}[${index}].${column.name}`,
          row[column.name],
          rows.states[row._row][column.name],
          model.unreadable[`${name}/${row._row}/${column.name}`],
          () => constraintHolds(model, column, rows.scopeOf(row, model.scope)),
        )
      }),
  )
}

function judged(field, path, value, state, unreadable, holds) {
  const label = field.label || field.name
  if (unreadable) return [{ path, code: 'unreadable', text: unreadable }]
  if (isBlank(value)) return state.required ? [{ path, code: 'required', text: TEXTS.required(label) }] : []
  if (state.forbidden) return [{ path, code: 'forbidden', text: TEXTS.forbidden(label) }]
  const beyond = beyondLimits(field, value)
  if (beyond.length) return beyond.map((limit) => ({ path, ...limit }))
  if (!holds()) return [{ path, code: 'constraint', text: field.constraintMessage || TEXTS.constraint(label) }]
  return []
}

function constraintHolds(model, field, scope) {
  return !isTree(field.constraint) || model.formulas.ask('constraint', field.constraint, scope).value
}

/** The choices of a question as they stand now: filtered by other answers, without those that are no longer used. */

import { isTree } from './rules.js'

/** [{value, label, group, color}] to be offered; a retired choice stays as long as it is the answer. scope: what formulas see. */
export function choicesNow(field, value, scope, formulas) {
  const chosen = new Set(Array.isArray(value) ? value : [value])
  return (field.choices ?? []).filter((choice) => {
    if (choice.retired) return chosen.has(choice.value)
    if (!isTree(field.choiceFilter)) return true
    return formulas.ask('choice_filter', field.choiceFilter, {
      ...scope,
      ...choice.columns,
      value: choice.value,
      label: choice.label,
    }).value
  })
}

export function choiceLabel(field, value) {
  return field.choices?.find((choice) => choice.value === value)?.label ?? String(value ?? '')
}

/** Choices by group, in order; the group '' first if it comes first. */
export function byGroup(choices) {
  const groups = new Map()
  for (const choice of choices) {
    const group = choice.group ?? ''
    if (!groups.has(group)) groups.set(group, [])
    groups.get(group).push(choice)
  }
  return [...groups]
}

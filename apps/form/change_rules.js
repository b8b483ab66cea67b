/** Rules on change: when one answer changes, others are cleared, and a table gains a row that records the move. */

import { isTree } from './rules.js'
import { isBlank, same } from './same.js'

/**
 * Watches the settled changes of a form (a choice made, a field left), never single letters.
 * `told(field, text)` passes on what the person should know.
 */
export class ChangeRules {
  constructor(model, told = () => {}) {
    this.model = model
    this.told = told
    this.rules = model.form.on_change ?? []
    this.seen = {}
    this.added = {}
    this.restart()
  }

  /** Changes count from here: the form was opened, or the server accepted. */
  restart() {
    this.added = {}
    for (const { field } of this.rules) this.seen[field] = this.model.answer(field)
  }

  settled(name) {
    const value = this.model.answer(name)
    for (const rule of this.rules) {
      if (rule.field !== name || same(value, this.seen[name])) continue
      const first = isBlank(this.model.opened[name])
      if (!(rule.not_first && first)) this.apply(rule, value)
    }
    if (name in this.seen) this.seen[name] = value
  }

  apply(rule, value) {
    for (const cleared of rule.clear ?? []) this.model.set(cleared, null)
    if (rule.add_row) this.record(rule, value)
    if (rule.message) this.told(rule.field, rule.message)
  }

  /** One row per saved change: a second choice before saving rewrites the same row, the old choice takes it away. */
  record(rule, value) {
    const table = rule.add_row
    const key = `${rule.field}/${table}`
    const row = this.model.values[table]?.find((each) => each._row === this.added[key])
    if (same(value, this.model.opened[rule.field])) {
      if (row) this.model.removeRow(table, row._row)
      delete this.added[key]
      return
    }
    const given = this.prefilled(rule)
    if (!row) this.added[key] = this.model.addRow(table, given)
    else for (const [column, cell] of Object.entries(given)) this.model.setCell(table, row._row, column, cell)
  }

  prefilled(rule) {
    const cells = Object.entries(rule.prefill ?? {}).filter(([, tree]) => isTree(tree))
    return Object.fromEntries(
      cells.map(([column, tree]) => [
        column,
        this.model.formulas.ask('default', tree, this.model.scope, this.model.seenBefore()).value,
      ]),
    )
  }
}

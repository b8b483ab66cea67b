/** The rows of a subtable or checklist: their order, their new ones, and what is shown or required in each row. */

import { firstState, formulaRules, isTree } from './rules.js'
import { isBlank, plain, same } from './same.js'
import { requestId } from './request_id.js'

export class RowValues {
  constructor(field, formulas, lookedUp) {
    this.field = field
    this.formulas = formulas
    this.lookedUp = lookedUp
    this.columns = new Map(field.fields.map((column) => [column.name, column]))
    this.rules = field.fields.flatMap((column) =>
      formulaRules(column, formulas).map((rule) => Object.freeze({ ...rule, column: column.name })),
    )
    this.states = {}
    const outer = this.rules.flatMap((rule) => [...rule.needs])
    this.outerNeeds = new Set(outer.filter((name) => !this.columns.has(name)))
  }

  /** Rows ready to be shown: a checklist has one per line of its master, in its order, whatever is stored. */
  arranged(stored) {
    const rows = plain(stored ?? [])
    if (!this.field.rows) return rows.map((row) => ({ ...row, _row: row._row ?? requestId() }))
    const known = new Map(rows.map((row) => [row._row, row]))
    const lines = this.field.rows.filter((line) => !line.retired || known.has(line._row))
    return lines.map((line) => known.get(line._row) ?? { _row: line._row })
  }

  /** A fresh row with its defaults; `given` wins over them. */
  fresh(scope, given = {}) {
    const row = { _row: requestId() }
    for (const column of this.columns.values()) {
      const asked = isTree(column.default)
        ? this.formulas.ask('default', column.default, this.scopeOf(row, scope)).value
        : null
      const value = given[column.name] ?? asked
      if (!isBlank(value)) row[column.name] = value
    }
    return row
  }

  /** Ask the rules of every row again; true when a value that formulas see changed. */
  refresh(rows, scope) {
    return rows.map((row) => this.refreshRow(row, scope)).some(Boolean)
  }

  refreshRow(row, scope) {
    const before = plain(this.answersOf(row))
    this.states[row._row] ??= Object.fromEntries([...this.columns].map(([name, column]) => [name, firstState(column)]))
    for (let pass = 0; pass <= this.rules.length; pass += 1) {
      if (!this.rules.map((rule) => this.apply(rule, row, scope)).some(Boolean)) break
    }
    return !same(before, this.answersOf(row))
  }

  apply(rule, row, scope) {
    const state = this.states[row._row][rule.column]
    const { value, failed } = this.formulas.ask(rule.use, rule.tree, this.scopeOf(row, scope))
    if (rule.use === 'calculation') {
      state.failed = failed
      if (same(row[rule.column], value)) return false
      row[rule.column] = value
      return true
    }
    const turned = state[rule.use] !== value
    state[rule.use] = value
    return turned
  }

  /** What a formula in this row sees: the row's cells, blank ones too, before the fields of the record. */
  scopeOf(row, scope) {
    return { ...scope, ...this.lookedUp.seenAll(this.answersOf(row), this.columns) }
  }

  /** The rows as formulas of the record see them. */
  seen(rows) {
    return (rows ?? []).map((row) => ({ _row: row._row, ...this.lookedUp.seenAll(this.answersOf(row), this.columns) }))
  }

  shows(row, column) {
    return this.states[row._row]?.[column]?.relevant !== false
  }

  isLocked(row, column) {
    const field = this.columns.get(column)
    const isOld = this.field.appendOnly === true && row._by !== undefined
    return (
      isOld || field.input === false || isTree(field.calculation) || this.states[row._row]?.[column]?.readonly === true
    )
  }

  /** Rows as the server gets them: hidden and blank cells left out, untouched lines of a checklist kept by their id. */
  answers(rows) {
    return (rows ?? []).map((row) => this.answersOf(row))
  }

  answersOf(row) {
    const found = {}
    for (const [name, value] of Object.entries(row)) {
      const isHidden = this.columns.has(name) && !this.shows(row, name)
      if (!isHidden && !isBlank(value)) found[name] = value
    }
    return found
  }
}

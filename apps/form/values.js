/** What is typed into a form and what follows from it: shown, required, calculated. Knows no screen and no network. */

import { fieldsOf, isAsked, isTable } from './fields.js'
import { LookedUp } from './looked_up.js'
import { RowValues } from './rows.js'
import { firstState, formulaRules, isTree } from './rules.js'
import { isBlank, plain, same } from './same.js'

/** Formulas form no circle (checked when the definition is read); the bound only keeps a broken one from hanging a tablet. */
const MOST_STEPS = 5000

/**
 * values: name -> JSON value, or the text as typed when it could not be read. state: name -> {relevant, required,
 * forbidden, readonly, failed}. before: the record as the server gave it. Everything is a plain property, so that Vue's
 * `reactive` can watch an instance.
 */
export class FormValues {
  constructor(form, formulas, record = null) {
    this.form = form
    this.formulas = formulas
    this.fields = fieldsOf(form)
    this.isNew = record === null
    this.before = plain(record ?? {})
    this.values = {}
    this.state = {}
    this.sectionShown = form.sections.map(() => true)
    this.unreadable = {}
    this.scope = {}
    this.rules = new Map()
    this.everyRule = []
    this.rows = {}
    this.lookedUp = new LookedUp()
    this.readFields()
    this.load(this.before)
    if (this.isNew) this.fillDefaults()
    this.opened = this.answers()
  }

  /** Take these values for all fields (a record, a draft, a merge) and let everything follow from them. */
  load(values) {
    for (const [name, field] of this.fields) {
      this.values[name] = isTable(field) ? this.rows[name].arranged(values[name]) : plain(values[name] ?? null)
    }
    this.unreadable = {}
    this.settle()
  }

  /** One answer changed, perhaps only by a letter. */
  set(name, value) {
    this.values[name] = value
    delete this.unreadable[name]
    this.follow([name])
  }

  setCell(name, rowId, column, value) {
    const row = this.values[name].find((each) => each._row === rowId)
    row[column] = value
    delete this.unreadable[`${name}/${rowId}/${column}`]
    this.rows[name].refreshRow(row, this.scope)
    this.follow([name])
  }

  /** Add a row to a subtable; answers its id. */
  addRow(name, given = {}) {
    const row = this.rows[name].fresh(this.scope, given)
    this.values[name] = [...(this.values[name] ?? []), row]
    this.rows[name].refreshRow(this.values[name].at(-1), this.scope)
    this.follow([name])
    return row._row
  }

  removeRow(name, rowId) {
    this.set(
      name,
      this.values[name].filter((row) => row._row !== rowId),
    )
  }

  shows(name) {
    return this.sectionShown[this.sectionOf.get(name)] !== false && this.state[name]?.relevant !== false
  }

  /** A calculated answer is never typed, whatever its type. */
  isLocked(name) {
    const field = this.fields.get(name)
    return field.retired === true || !isAsked(field) || isTree(field.calculation) || this.state[name].readonly
  }

  /** Answers that differ from those when the form was opened: {name: value}, blank as null. */
  changes() {
    const found = {}
    for (const name of this.askedNow()) {
      if (!same(this.answer(name), this.opened[name])) found[name] = plain(this.sendable(name))
    }
    return found
  }

  get isTouched() {
    return this.askedNow().some((name) => !same(this.answer(name), this.opened[name]))
  }

  /** What is sent: every answer of a new record, blank as null (a missing one would get its default); else the changed ones. */
  toSend() {
    if (!this.isNew) return this.changes()
    return Object.fromEntries(this.askedNow().map((name) => [name, plain(this.sendable(name))]))
  }

  sendable(name) {
    const value = this.answer(name)
    return isBlank(value) ? null : value
  }

  /** The server's record is now what the form stands on. */
  accept(values) {
    this.isNew = false
    this.before = plain(values)
    this.load(this.before)
    this.opened = this.answers()
  }

  /** The answer as formulas and the server see it: a hidden question has none, nor has a hidden cell. */
  answer(name) {
    if (!this.shows(name)) return null
    return this.rows[name] ? this.rows[name].answers(this.values[name]) : this.values[name]
  }

  /** The answer as formulas see it. */
  seen(name) {
    if (this.rows[name]) return this.shows(name) ? this.rows[name].seen(this.values[name]) : null
    return this.lookedUp.seen(this.fields.get(name), this.answer(name))
  }

  /** The record before the change, as formulas see it (`Old.施設`). */
  seenBefore() {
    return this.lookedUp.seenAll(this.before, this.fields)
  }

  /** Make looked-up records known; what formulas see of them follows. */
  know(field, options) {
    for (const option of options) this.lookedUp.know(field, option)
    this.follow([...this.fields.keys()].filter((name) => this.fields.get(name).app || this.rows[name]))
  }

  /** A record was chosen: its values are copied at once, as the server will do again when saving. */
  choose(name, option) {
    const field = this.fields.get(name)
    if (option) this.lookedUp.know(field, option)
    this.set(name, option?.id ?? null)
    for (const [own, source] of Object.entries(field.copy ?? {})) {
      if (this.fields.has(own)) this.set(own, option?.values?.[source] ?? null)
    }
  }

  chooseInRow(name, rowId, column, option) {
    const { columns } = this.rows[name]
    const field = columns.get(column)
    if (option) this.lookedUp.know(field, option)
    this.setCell(name, rowId, column, option?.id ?? null)
    for (const [own, source] of Object.entries(field.copy ?? {})) {
      if (columns.has(own)) this.setCell(name, rowId, own, option?.values?.[source] ?? null)
    }
  }

  answers() {
    return Object.fromEntries([...this.fields.keys()].map((name) => [name, plain(this.answer(name))]))
  }

  askedNow() {
    return [...this.fields.keys()].filter((name) => this.shows(name) && !this.isLocked(name))
  }

  readFields() {
    this.sectionOf = new Map()
    this.form.sections.forEach((section, index) => {
      for (const field of section.fields) this.sectionOf.set(field.name, index)
      const tree = section.relevant
      if (isTree(tree)) this.addRule({ section: index, use: 'relevant', tree, needs: this.formulas.needs(tree) })
    })
    for (const [name, field] of this.fields) {
      this.state[name] = firstState(field)
      for (const rule of formulaRules(field, this.formulas)) this.addRule({ ...rule, target: name })
      if (isTable(field)) {
        this.rows[name] = new RowValues(field, this.formulas, this.lookedUp)
        for (const need of this.rows[name].outerNeeds)
          this.addRule({ use: 'rows', target: name, needs: new Set([need]) })
      }
    }
  }

  addRule(written) {
    const rule = Object.freeze(written)
    this.everyRule.push(rule)
    for (const need of rule.needs) {
      if (!this.rules.has(need)) this.rules.set(need, [])
      this.rules.get(need).push(rule)
    }
  }

  /** Everything anew, for a freshly loaded form: each rule once, then whatever those answers change. */
  settle() {
    for (const name of this.fields.keys()) this.refreshScope(name)
    const changed = new Set(this.everyRule.flatMap((rule) => this.apply(rule)))
    for (const name of Object.keys(this.rows)) {
      if (this.rows[name].refresh(this.values[name], this.scope)) changed.add(name)
    }
    this.follow([...changed])
  }

  follow(changed) {
    const waiting = [...changed]
    for (let steps = 0; waiting.length && steps < MOST_STEPS; steps += 1) {
      const name = waiting.shift()
      this.refreshScope(name)
      for (const rule of this.rules.get(name) ?? []) {
        for (const next of this.apply(rule)) if (!waiting.includes(next)) waiting.push(next)
      }
    }
  }

  /** Ask one rule; answers the names whose value, as formulas see it, changed. */
  apply(rule) {
    if (rule.use === 'rows')
      return this.rows[rule.target].refresh(this.values[rule.target], this.scope) ? [rule.target] : []
    const { value, failed } = this.formulas.ask(rule.use, rule.tree, this.scope)
    if (rule.section !== undefined) return this.showSection(rule.section, value)
    const state = this.state[rule.target]
    if (rule.use === 'calculation') {
      state.failed = failed
      if (same(this.values[rule.target], value)) return []
      this.values[rule.target] = value
      return [rule.target]
    }
    const turned = state[rule.use] !== value
    state[rule.use] = value
    return turned && rule.use === 'relevant' && !isBlank(this.values[rule.target]) ? [rule.target] : []
  }

  showSection(index, shown) {
    if (this.sectionShown[index] === shown) return []
    this.sectionShown[index] = shown
    return [...this.fields.keys()].filter((name) => this.sectionOf.get(name) === index && !isBlank(this.values[name]))
  }

  refreshScope(name) {
    if (this.fields.has(name)) this.scope[name] = this.seen(name)
  }

  fillDefaults() {
    for (const [name, field] of this.fields) {
      if (field.beginsWith) this.set(name, plain(field.beginsWith))
      if (!isTree(field.default) || !isBlank(this.values[name])) continue
      const { value } = this.formulas.ask('default', field.default, this.scope)
      if (!isBlank(value)) this.set(name, value)
    }
  }
}

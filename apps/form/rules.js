/** The rules of one field (shown, required, calculated ...) as formulas, and what each falls back to when it fails. */

import { storedResult } from './looked_up.js'

const USES = ['relevant', 'required', 'forbidden', 'readonly', 'calculation']

const FIXED = { relevant: true, required: false, forbidden: false, readonly: false }

/**
 * The formula runtime (`evaluateAs` and `dependencies` of formula.js) bound to what is known about the person. A formula
 * that fails gives the safe answer of its use, as on the server: the person must be able to go on.
 */
export class Formulas {
  constructor({ evaluateAs, dependencies }, context = {}) {
    this.evaluateAs = evaluateAs
    this.dependencies = dependencies
    this.context = context
  }

  /** {value, failed}. old: the record before the change, for formulas that say `Old`. */
  ask(use, tree, values, old) {
    const context = old === undefined ? this.context : { ...this.context, old }
    const { value, error } = this.evaluateAs(use, tree, values, context)
    return { value: storedResult(value), failed: error !== null }
  }

  needs(tree) {
    return new Set(this.dependencies(tree))
  }
}

/** The rules of a field that are formulas: [{use, tree, needs}]; `required: true` and the like are settled at once. */
export function formulaRules(field, formulas) {
  return USES.filter((use) => isTree(field[use])).map((use) => ({
    use,
    tree: field[use],
    needs: formulas.needs(field[use]),
  }))
}

/** What holds before any formula is asked: {relevant, required, forbidden, readonly, failed}. */
export function firstState(field) {
  const state = { failed: false }
  for (const [use, otherwise] of Object.entries(FIXED)) {
    state[use] = typeof field[use] === 'boolean' ? field[use] : otherwise
  }
  return state
}

export function isTree(rule) {
  return rule !== null && typeof rule === 'object'
}

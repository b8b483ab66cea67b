/** The rules of one field (shown, required, calculated ...) as formulas, and what each falls back to when it fails. */

const USES = ['relevant', 'required', 'forbidden', 'readonly', 'calculation']

/** When a rule itself fails the person must be able to go on; the server still judges. */
const FALLBACK = {
  relevant: true,
  required: false,
  forbidden: false,
  readonly: false,
  calculation: null,
  constraint: true,
}

const FIXED = { relevant: true, required: false, forbidden: false, readonly: false }

/**
 * A formula runtime (`evaluate`, `dependencies` of formula.js) bound to what is known about the person and the day.
 * `ask` answers a tree over values; a failing tree answers the fallback of its use.
 */
export class Formulas {
  constructor({ evaluate, dependencies }, context = {}) {
    this.evaluate = evaluate
    this.dependencies = dependencies
    this.context = context
  }

  ask(use, tree, values, old) {
    try {
      const answer = this.evaluate(tree, values, old === undefined ? this.context : { ...this.context, old })
      return { value: use === 'calculation' || use === 'default' ? (answer ?? null) : answer === true, failed: false }
    } catch {
      return { value: FALLBACK[use] ?? null, failed: true }
    }
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

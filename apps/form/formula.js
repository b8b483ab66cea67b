/** The expression language in the browser: trees of formulas (`forms/formula/tree.py`) over the JSON values of a record. */

import { Frame, closureOf } from './formula/closures.js'
import { FormulaError, failure } from './formula/errors.js'
import { toJson } from './formula/record_values.js'
import { Run } from './formula/run.js'
import { fieldsRead } from './formula/tree.js'

/**
 * Use -> its value when the formula fails, as on the server (`forms/formula/safe_defaults.py`): what is asked is shown,
 * what is judged is refused, nothing gets locked.
 */
export const SAFE_DEFAULTS = {
  relevant: true,
  required: false,
  forbidden: false,
  readonly: false,
  constraint: false,
  calculation: null,
  default: null,
  choice_filter: true,
  guard: false,
  filter: true,
}
const NOT_YES_OR_NO = ['calculation', 'default']
const MET_WHEN_BLANK = ['constraint']

const compiled = new WeakMap()

/** The value as a JSON value; throws a FormulaError {kind, message, start, end}. context: see formula/run.js. */
export function evaluate(tree, values, context) {
  return toJson(compute(tree, values, new Run(context)))
}

/** The value as the language has it (see formula/values.js), before it becomes JSON. */
export function compute(tree, values, run) {
  if (!compiled.has(tree)) compiled.set(tree, closureOf(tree))
  return compiled.get(tree)(new Frame(values, run))
}

/**
 * {value, error}: the value for this use; when the formula fails, the use's safe default and the FormulaError. A condition
 * that gives blank counts as no; a constraint that gives blank is met: an empty field breaks no rule.
 */
export function evaluateAs(use, tree, values, context) {
  if (!Object.hasOwn(SAFE_DEFAULTS, use)) throw new TypeError(`no such use of a formula: ${use}`)
  try {
    const value = evaluate(tree, values, context)
    if (NOT_YES_OR_NO.includes(use)) return { value, error: null }
    if (value !== null && typeof value !== 'boolean') throw failure('InvalidArgument', 'not-a-boolean', { text: value })
    return { value: value ?? MET_WHEN_BLANK.includes(use), error: null }
  } catch (error) {
    if (error instanceof FormulaError) return { value: SAFE_DEFAULTS[use], error }
    throw error
  }
}

/** The names of the top-level fields that the formula reads. */
export function dependencies(tree) {
  return fieldsRead(tree)
}

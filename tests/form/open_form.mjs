/**
 * node open_form.mjs < {form, context, answers}: opens the form and gives the answers one by one. Prints {values: all of
 * them, asked: how many formulas were evaluated for each answer} as JSON.
 */

import { readFileSync } from 'node:fs'

import * as runtime from '../../apps/form/formula.js'
import { Formulas } from '../../apps/form/rules.js'
import { FormValues } from '../../apps/form/values.js'

const { form, context, answers } = JSON.parse(readFileSync(0, 'utf8'))
let count = 0
const counted = {
  ...runtime,
  evaluateAs(...what) {
    count += 1
    return runtime.evaluateAs(...what)
  },
}
const values = new FormValues(form, new Formulas(counted, context))
const asked = Object.entries(answers).map(([name, answer]) => {
  count = 0
  values.set(name, answer)
  return count
})
console.log(JSON.stringify({ values: values.values, asked }))

/** node open_form.mjs < {form, context, answers}: opens the form, gives the answers one by one, prints all values as JSON. */

import { readFileSync } from 'node:fs'

import * as runtime from '../../apps/form/formula.js'
import { Formulas } from '../../apps/form/rules.js'
import { FormValues } from '../../apps/form/values.js'

const { form, context, answers } = JSON.parse(readFileSync(0, 'utf8'))
const values = new FormValues(form, new Formulas(runtime, context))
for (const [name, answer] of Object.entries(answers)) values.set(name, answer)
console.log(JSON.stringify(values.values))

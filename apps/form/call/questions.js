/** What is asked of the server from what is typed so far; null while there is nothing to ask. */

import { isBlank } from '../same.js'
import { folded } from '../width.js'

const ELEVEN_DIGITS = /^(020|050|060|070|080|090|0800)/

/** The digits of a whole telephone number: nobody is looked for by half a number. */
export function wholeNumber(text) {
  const digits = folded(text ?? '').replace(/内線.*$/, '').replace(/\D/g, '')
  if (!digits.startsWith('0')) return null
  return digits.length === (ELEVEN_DIGITS.test(digits) ? 11 : 10) ? digits : null
}

/** Values that tell what is meant, once one of them does. call: compares, telling (see apps/form/call_form.py). */
export function comparable(model, call) {
  const answers = said(model, (name) => call.compares.includes(name))
  return call.telling.some((name) => tells(answers[name])) ? answers : null
}

/** Everything that a rule can read; the number and files say nothing to a rule. */
export function decidable(model, call) {
  return said(model, (name, value) => name !== call.number && !Array.isArray(value))
}

function said(model, isWanted) {
  const answers = Object.entries(model.answers())
  return Object.fromEntries(answers.filter(([name, value]) => !isBlank(value) && isWanted(name, value)))
}

function tells(value) {
  return typeof value === 'string' ? value.trim().length > 1 : !isBlank(value)
}

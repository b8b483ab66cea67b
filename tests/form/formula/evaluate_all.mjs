/**
 * node evaluate_all.mjs FILE: the file holds {contexts, asked: [{tree, values, context: place in contexts}]}. Prints one JSON
 * list with, for each that is asked, {literal, json} or {literal, error: {kind, text, start, end}}.
 */

import { readFileSync, writeSync } from 'node:fs'
import { compute, evaluate } from '../../../apps/form/formula.js'
import { FormulaError } from '../../../apps/form/formula/errors.js'
import { Run } from '../../../apps/form/formula/run.js'
import { literal } from './literal.mjs'

const { contexts, asked } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
print(JSON.stringify(asked.map(answer)))

function answer({ tree, values, context: place }) {
  const context = contexts[place]
  const run = attempt(() => ({ literal: literal(compute(tree, values, new Run(context))) }))
  if (run.error) return run
  return { ...run, ...attempt(() => ({ json: evaluate(tree, values, context) })), literal: run.literal }
}

function attempt(compute) {
  try {
    return compute()
  } catch (error) {
    if (error instanceof FormulaError) {
      return {
        literal: literal(error),
        error: { kind: error.kind, text: error.message, start: error.start, end: error.end },
      }
    }
    return { literal: `${error.stack}`, error: { kind: 'crash' } }
  }
}

/** In whole, though a pipe takes it piece by piece. */
function print(text) {
  const bytes = Buffer.from(text)
  for (let done = 0; done < bytes.length;) done += writeSync(1, bytes, done)
}

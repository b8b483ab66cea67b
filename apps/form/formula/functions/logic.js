/** And, Or, Not, and the questions whether a value is blank, an error or a number. */

import { FormulaError } from '../errors.js'
import { readNumber } from '../number_text.js'
import { Time, isMoment } from '../values.js'

const isBlank = (value) => value === null || value === ''

export const logic = {
  And: { neverFails: true, build: (node, given) => (frame) => given.every((argument) => argument(frame)) },
  Or: { neverFails: true, build: (node, given) => (frame) => given.some((argument) => argument(frame)) },
  Not: { compute: ([truth]) => !truth },
  IsBlank: { compute: ([value]) => isBlank(value) },
  IsError: {
    neverFails: true,
    build:
      (node, [value]) =>
      (frame) =>
        valueOr(true, () => (value(frame), false)),
  },
  IsBlankOrError: {
    neverFails: true,
    build:
      (node, [value]) =>
      (frame) =>
        valueOr(true, () => isBlank(value(frame))),
  },
  IsNumeric: { compute: ([value], run) => isNumeric(value, run) },
  Boolean: { compute: ([truth]) => truth },
  CurrentUser: { compute: (_, run) => run.user },
  CurrentDepartment: { compute: (_, run) => run.department },
}

function valueOr(otherwise, compute) {
  try {
    return compute()
  } catch (error) {
    if (error instanceof FormulaError) return otherwise
    throw error
  }
}

function isNumeric(value, run) {
  if (typeof value === 'string') return valueOr(false, () => readNumber(value, run.culture) !== null)
  return typeof value === 'number' || isMoment(value) || value instanceof Time
}

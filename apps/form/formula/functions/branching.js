/** If, IFS, Switch, IfError, Coalesce: functions that evaluate only the argument they need. */

import { ERROR_KINDS, FormulaError, failure } from '../errors.js'
import { equal } from '../values.js'

export const branching = {
  If: { neverFails: true, build: (node, given) => firstThatHolds(given, lastOf(given)) },
  IFS: { build: (node, given) => firstThatHolds(given, noBranch) },
  Switch: { neverFails: true, build: (node, given) => switched(given) },
  IfError: { neverFails: true, build: attempted },
  Coalesce: { neverFails: true, build: (node, given) => firstThatIsThere(given) },
}

/** [a, b, c, d, e] -> [[a, b], [c, d]]; the one that is left over is the fallback. */
function pairsOf(given) {
  return Array.from({ length: Math.floor(given.length / 2) }, (_, index) => given.slice(2 * index, 2 * index + 2))
}

function lastOf(given) {
  return given.length % 2 ? given.at(-1) : () => null
}

function noBranch() {
  throw failure('NotApplicable', 'no-branch')
}

function firstThatHolds(given, otherwise) {
  const pairs = pairsOf(given)
  return (frame) => {
    const [, result] = pairs.find(([test]) => test(frame)) ?? [null, otherwise]
    return result(frame)
  }
}

function switched([value, ...rest]) {
  const pairs = pairsOf(rest)
  const otherwise = lastOf(rest)
  return (frame) => {
    const wanted = value(frame)
    const [, result] = pairs.find(([match]) => equal(wanted, match(frame))) ?? [null, otherwise]
    return result(frame)
  }
}

function attempted(node, given) {
  const pairs = pairsOf(given)
  const otherwise = given.length % 2 ? given.at(-1) : null
  return (frame) => {
    let value = null
    for (const [index, [tried, fallback]] of pairs.entries()) {
      try {
        value = tried(frame)
      } catch (error) {
        if (!(error instanceof FormulaError)) throw error
        const slot = node.a[2 * index + 1].d
        frame.slots[slot] = errorRecord(error)
        frame.slots[slot + 1] = [frame.slots[slot]]
        return fallback(frame)
      }
    }
    return otherwise ? otherwise(frame) : value
  }
}

function errorRecord(error) {
  return new Map([
    ['Kind', ERROR_KINDS[error.kind]],
    ['Message', error.message],
    ['Source', null],
    ['Observed', null],
  ])
}

function firstThatIsThere(given) {
  return (frame) => {
    for (const argument of given) {
      const value = argument(frame)
      if (value !== null && value !== '') return value
    }
    return null
  }
}

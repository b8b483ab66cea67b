/**
 * What can be told from a formula's tree alone. `forms/formula/tree.py` describes its nodes: k kind, s range in the source,
 * a the node or nodes inside, n name, o operator, f function, t type, d slot.
 */

/** The functions whose result is always a table. */
const GIVES_TABLE = ['Table', 'Filter']

export function children(node) {
  if (node.k === 'record') return node.f.map(([, value]) => value)
  if (Array.isArray(node.a)) return node.a
  return node.a ? [node.a] : []
}

/** The top-level fields a formula reads, each once. */
export function fieldsRead(node) {
  const own = node.k === 'field' ? [node.n] : []
  return [...new Set([...own, ...children(node).flatMap(fieldsRead)])]
}

/** How many nodes a tree has: what evaluating it once costs. */
export function parts(node) {
  return 1 + children(node).reduce((total, child) => total + parts(child), 0)
}

/** Whether the value of a node is a table, also when it is blank or fails. */
export function givesTable(node) {
  switch (node.k) {
    case 'field':
    case 'as':
      return node.t[0] === 'table'
    case 'table':
      return true
    case 'each':
      return givesTable(node.a)
    case 'call':
      return GIVES_TABLE.includes(node.f) || resultsOf(node).some(givesTable)
  }
  return false
}

/** The arguments of a branching function one of which is its result. */
function resultsOf({ f: name, a: given }) {
  switch (name) {
    case 'If':
    case 'IFS':
      return given.filter((_, index) => index % 2 === 1 || index === given.length - 1)
    case 'Switch':
      return given.filter((_, index) => index > 0 && (index % 2 === 0 || index === given.length - 1))
    case 'IfError':
    case 'Coalesce':
      return given
    case 'LookUp':
      return given.slice(2)
  }
  return []
}

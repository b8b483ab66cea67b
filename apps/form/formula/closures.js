/** Compiles a checked tree into closures. Each takes a Frame, gives a value or throws a FormulaError with its range. */

import { reader } from './coercion.js'
import { FormulaError, caught, failure } from './errors.js'
import { functionNamed } from './functions/register.js'
import { NEVER_FAIL, operation } from './operators.js'
import { fieldOf, loader } from './record_values.js'
import { ZERO, cell, standing, withinLength } from './values.js'

/** What one evaluation works on: the JSON values, the run, and the rows of the tables that are being read. */
export class Frame {
  constructor(values, run) {
    this.values = values
    this.run = run
    this.slots = []
  }
}

export function closureOf(node) {
  switch (node.k) {
    case 'num':
    case 'text':
    case 'bool':
      return () => node.v
    case 'blank':
      return () => null
    case 'field':
      return ranged(fieldReader(node), node)
    case 'slot':
      return (frame) => standing(frame.slots[node.d])
    case 'old':
      return oldReader(node)
    case 'dot':
      return dotReader(node)
    case 'op': {
      const closure = operation(node, node.a.map(closureOf))
      return NEVER_FAIL.includes(node.o) ? closure : ranged(closure, node)
    }
    case 'join':
      return ranged(joined(node.a.map(closureOf)), node)
    case 'as':
      return ranged(readAs(node), node)
    case 'call':
      return call(node)
    case 'each':
      return closureOf(node.a)
    case 'record':
      return recordOf(node)
    case 'table':
      return tableOf(node)
    case 'fail':
      return ranged(() => {
        throw failure(node.e, node.c)
      }, node)
  }
  throw new TypeError(`no such kind of node: ${node.k}`)
}

/** Marks an error with the node's range when it has none yet. */
function ranged(closure, node) {
  return (frame) => {
    try {
      return closure(frame)
    } catch (error) {
      if (error instanceof FormulaError) error.markOnce(node.s)
      throw error
    }
  }
}

function fieldReader({ n: name, t: type }) {
  const load = loader(type)
  return (frame) => load(fieldOf(frame.values, name))
}

function oldReader({ t: type }) {
  const load = loader(type)
  return (frame) => load(frame.run.old)
}

function dotReader({ a: of, n: name }) {
  const record = closureOf(of)
  return (frame) => cell(record(frame), name)
}

function joined(parts) {
  return (frame) => withinLength(parts.map((part) => part(frame)).join(''))
}

function readAs({ a: of, t: type, z: fillsBlank }) {
  const inner = closureOf(of)
  const read = reader(type)
  const otherwise = fillsBlank ? (ZERO[type] ?? null) : null
  return (frame) => {
    const value = inner(frame)
    return value === null ? otherwise : (read(value, frame.run) ?? otherwise)
  }
}

function call(node) {
  const { build, compute, neverFails } = functionNamed(node.f)
  const given = node.a.map(closureOf)
  if (build) return neverFails ? build(node, given) : ranged(build(node, given), node)
  return ranged(
    (frame) =>
      compute(
        given.map((argument) => argument(frame)),
        frame.run,
      ),
    node,
  )
}

function recordOf({ f: fields }) {
  const closures = fields.map(([name, value]) => [name, closureOf(value)])
  return (frame) => new Map(closures.map(([name, value]) => [name, caught(() => value(frame))]))
}

function tableOf({ a: rows }) {
  const closures = rows.map(closureOf)
  return (frame) => closures.map((row) => caught(() => row(frame)))
}

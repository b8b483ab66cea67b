import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { test } from 'node:test'
import { dependencies, evaluate, evaluateAs } from '../../../apps/form/formula.js'

const FOLDER = new URL('../../../apps/form/', import.meta.url)
const NOW = { now: '2024-04-01T09:05:00+09:00' }
const s = [0, 1]
const num = (v) => ({ k: 'num', v, s })
const field = (n, t) => ({ k: 'field', n, t, s })
const op = (o, ...a) => ({ k: 'op', o, a, s })
const zero = (a, t) => ({ k: 'as', t, z: true, a, s })
const broken = op('/', num(1), num(0))

test('a calculation follows the values it is given', () => {
  const tree = op('*', zero(field('単価', 'number'), 'number'), zero(field('数', 'number'), 'number'))
  assert.equal(evaluate(tree, { 単価: 120, 数: 3 }, NOW), 360)
  assert.equal(evaluate(tree, { 単価: 120, 数: null }, NOW), 0)
  assert.equal(evaluate(tree, { 単価: 120 }, NOW), 0)
})

test('the fields a formula reads are told once each, but not those of the record before', () => {
  const old = { k: 'dot', n: '前', a: { k: 'old', t: ['record', { 前: 'number' }], s }, s }
  assert.deepEqual(
    dependencies(op('+', field('甲', 'number'), op('+', field('乙', 'number'), op('+', field('甲', 'number'), old)))),
    ['甲', '乙'],
  )
})

test('a field is never one of the things every JavaScript object has', () => {
  for (const name of ['constructor', '__proto__', 'toString']) assert.equal(evaluate(field(name, 'any'), {}, NOW), null)
  const record = JSON.parse('{"__proto__": 5}')
  assert.equal(evaluate(field('__proto__', 'number'), record, NOW), 5)
})

test('values come and go as JSON', () => {
  assert.equal(evaluate(field('日', 'date'), { 日: '2024-04-01' }, NOW), '2024-04-01')
  assert.equal(evaluate(field('時', 'datetime'), { 時: '2024-04-01T00:05:00Z' }, NOW), '2024-04-01T09:05:00+09:00')
  assert.equal(evaluate(field('刻', 'time'), { 刻: '09:05' }, NOW), '09:05')
  assert.deepEqual(evaluate(field('選', ['table', { Value: 'text' }]), { 選: ['水', '米'] }, NOW), ['水', '米'])
  const rows = [{ 品名: '水', 数: 2 }]
  assert.deepEqual(evaluate(field('明細', ['table', { 品名: 'text', 数: 'number' }]), { 明細: rows }, NOW), rows)
})

test('a rule that fails falls back to what harms nobody, and says why', () => {
  const expected = {
    relevant: true,
    required: false,
    forbidden: false,
    readonly: false,
    constraint: false,
    calculation: null,
    guard: false,
  }
  for (const [use, value] of Object.entries(expected)) {
    const answer = evaluateAs(use, broken, {}, NOW)
    assert.deepEqual([answer.value, answer.error.kind, answer.error.message], [value, 'Div0', '0で割りました。'])
  }
})

test('a blank condition is no, but a constraint on a blank field is met', () => {
  const blank = field('済', 'boolean')
  assert.deepEqual(evaluateAs('relevant', blank, {}, NOW), { value: false, error: null })
  assert.deepEqual(evaluateAs('constraint', blank, {}, NOW), { value: true, error: null })
})

test('a condition that is no condition fails instead of counting as true', () => {
  const { value, error } = evaluateAs('required', num(1), {}, NOW)
  assert.deepEqual([value, error.kind], [false, 'InvalidArgument'])
})

test('a fault of the program is not hidden as a fault of the formula', () => {
  assert.throws(() => evaluateAs('relevant', { k: 'call', f: 'NoSuchFunction', a: [], s }, {}, NOW), TypeError)
  assert.throws(() => evaluateAs('no such use', num(1), {}, NOW), TypeError)
})

test('work over a huge table ends', () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => ({ 数: index }))
  const table = field('明細', ['table', { 数: 'number' }])
  const inner = { k: 'call', f: 'CountIf', a: [table, { k: 'each', d: 1, a: { k: 'bool', v: true, s }, s }], s }
  const tree = { k: 'call', f: 'Sum', a: [table, { k: 'each', d: 0, a: inner, s }], s }
  const started = performance.now()
  assert.equal(evaluateAs('calculation', tree, { 明細: rows }, NOW).error.kind, 'Timeout')
  assert.ok(performance.now() - started < 10_000)
})

test('without a calendar no business day is guessed', () => {
  const tree = { k: 'call', f: 'WORKDAY', a: [field('日', 'date'), num(1)], s }
  assert.equal(evaluateAs('calculation', tree, { 日: '2024-05-02' }, NOW).error.kind, 'NotSupported')
})

test('the runtime holds under a strict content security policy and has no dependency', () => {
  const files = [
    'formula.js',
    ...readdirSync(new URL('formula/', FOLDER), { recursive: true })
      .filter((name) => name.endsWith('.js'))
      .map((name) => `formula/${name}`),
  ]
  assert.ok(files.length > 20)
  for (const name of files) {
    const text = readFileSync(new URL(name, FOLDER), 'utf8')
    assert.doesNotMatch(text, /\beval\s*\(|\bFunction\s*\(|import\s*\(/, name)
    for (const [, from] of text.matchAll(/ from '([^']+)'/g)) assert.match(from, /^\.\.?\//, name)
    assert.ok(text.split('\n').length <= 300, name)
  }
})

test('no regular expression looks behind: older tablets could not even load it', () => {
  for (const name of readdirSync(new URL('formula/', FOLDER)).filter((each) => each.endsWith('.js'))) {
    assert.doesNotMatch(readFileSync(new URL(`formula/${name}`, FOLDER), 'utf8'), /\(\?<[=!]/, name)
  }
})

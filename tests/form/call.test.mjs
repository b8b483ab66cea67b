/** The phone screen: when the server is asked, and that an answer which comes late says nothing any more. */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { Asking } from '../../apps/form/call/asking.js'
import { comparable, decidable, wholeNumber } from '../../apps/form/call/questions.js'
import { Formulas } from '../../apps/form/rules.js'
import { FormValues } from '../../apps/form/values.js'
import { fakeRuntime, field, form } from './fake_formulas.mjs'

const CALL = { number: '電話', compares: ['受付日', '位置', '種別', '内容'], telling: ['位置', '種別', '内容'] }

function typed(values) {
  const fields = ['電話', '受付日', '位置', '種別', '内容', '写真'].map((name) => field(name))
  const model = new FormValues(form(fields), new Formulas(fakeRuntime))
  for (const [name, value] of Object.entries(values)) model.set(name, value)
  return model
}

test('nobody is looked for by half a number, and by a whole one however it is typed', () => {
  for (const half of ['', null, '0900000', '090000000', '0762202', '2202111', '1234567890'])
    assert.equal(wholeNumber(half), null, half)
  for (const whole of ['09000000001', '０９０－００００－０００１', '090 0000 0001', '090-0000-0001 内線12'])
    assert.equal(wholeNumber(whole), '09000000001', whole)
  assert.equal(wholeNumber('076-220-2111'), '0762202111')
  assert.equal(wholeNumber('076-220-21110'), null)
})

test('a day alone says nothing about what is meant, a place or a word does', () => {
  assert.equal(comparable(typed({ 受付日: '2026-11-20', 電話: '09000000001' }), CALL), null)
  assert.equal(comparable(typed({ 内容: '穴' }), CALL), null)
  assert.deepEqual(comparable(typed({ 内容: '穴が', 受付日: '2026-11-20', 電話: '09000000001' }), CALL), {
    受付日: '2026-11-20',
    内容: '穴が',
  })
  assert.deepEqual(comparable(typed({ 位置: { lat: 36.5, lon: 136.6 } }), CALL), { 位置: { lat: 36.5, lon: 136.6 } })
})

test('neither the number nor files are asked about when rules decide', () => {
  assert.deepEqual(decidable(typed({ 電話: '09000000001', 種別: '舗装', 写真: [{ blob: 'a' }] }), CALL), { 種別: '舗装' })
})

/** A server that answers when it is told to; asked: the questions in their order. */
function slowServer() {
  const asked = []
  const asking = new Asking((question) => new Promise((answer) => asked.push({ question, answer })), { wait: 0 })
  return { asking, asked }
}

test('the newest answer counts, whichever comes last', async () => {
  const { asking, asked } = slowServer()
  const [first, second] = [asking.now('a'), asking.now('b')]
  asked[1].answer({ kind: 'accepted', answer: 'of b' })
  asked[0].answer({ kind: 'accepted', answer: 'of a' })
  await Promise.all([first, second])
  assert.equal(asking.answer, 'of b')
})

test('the same question is asked once, and again when the server was out of reach', async () => {
  const { asking, asked } = slowServer()
  const first = asking.now('a')
  asking.now('a')
  assert.equal(asked.length, 1)
  asked[0].answer({ kind: 'unreachable' })
  await first
  assert.equal(asking.isOut, true)
  const again = asking.now('a')
  asked[1].answer({ kind: 'accepted', answer: 'here' })
  await again
  assert.deepEqual([asking.isOut, asking.answer], [false, 'here'])
})

test('what is taken back takes its answer along, also one that is still under way', async () => {
  const { asking, asked } = slowServer()
  const first = asking.now('a')
  await asking.now(null)
  asked[0].answer({ kind: 'accepted', answer: 'of a' })
  await first
  assert.equal(asking.answer, null)
})

test('typing on puts the question off', () => {
  const timers = []
  const setTimer = (action) => timers.push(action)
  const asked = []
  const asking = new Asking(async (question) => asked.push(question) && { kind: 'accepted', answer: null }, {
    setTimer,
    clearTimer: (timer) => timer && (timers[timer - 1] = () => {}),
  })
  asking.soon('み')
  asking.soon('みほん')
  timers.forEach((action) => action())
  assert.deepEqual(asked, ['みほん'])
})

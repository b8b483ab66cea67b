/** Words that stop: said when their condition holds, and refused before anything is sent. */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { refusals } from '../../apps/form/checks.js'
import { Formulas } from '../../apps/form/rules.js'
import { stopsHolding } from '../../apps/form/stops.js'
import { FormValues } from '../../apps/form/values.js'
import { fakeRuntime, field, form, tree } from './fake_formulas.mjs'

const HIGHWAY = {
  name: '国道',
  reads: ['区分'],
  when: tree(['区分'], ({ 区分 }) => 区分 === '国道'),
  field: '区分',
  say: '国の道路です。',
  who: '出張所',
  call: '090-0000-0002',
  action: '',
  refuses: true,
}

function opened(stops, record = null) {
  return new FormValues(form([field('区分')], { stops }), new Formulas(fakeRuntime), record)
}

test('a stop comes and goes with its condition', () => {
  const model = opened([{ ...HIGHWAY, refuses: false }])
  assert.deepEqual(stopsHolding(model), [])
  model.set('区分', '国道')
  assert.deepEqual(stopsHolding(model).map(({ name }) => name), ['国道'])
  assert.deepEqual(refusals(model), [])
})

test('one that refuses is refused with the words of the server, but not what stood there before', () => {
  const model = opened([HIGHWAY])
  model.set('区分', '国道')
  assert.deepEqual(refusals(model), [
    { path: '区分', code: 'stopped', text: '国の道路です。 連絡先 出張所 090-0000-0002' },
  ])
  assert.deepEqual(refusals(opened([HIGHWAY], { 区分: '国道' })), [])
})

test('a condition over a field that this form lacks, or that fails, says nothing', () => {
  assert.deepEqual(stopsHolding(opened([{ ...HIGHWAY, reads: ['地区'], when: tree(['地区'], () => true) }])), [])
  const failing = tree(['区分'], () => {
    throw new Error('failed')
  })
  assert.deepEqual(stopsHolding(opened([{ ...HIGHWAY, when: failing }])), [])
})

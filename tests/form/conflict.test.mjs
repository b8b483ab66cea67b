import assert from 'node:assert/strict'
import { test } from 'node:test'

import { compare, merged } from '../../apps/form/conflict.js'
import { Formulas } from '../../apps/form/rules.js'
import { FormValues } from '../../apps/form/values.js'
import { fakeRuntime, field, form } from './fake_formulas.mjs'

function changed(mine) {
  const model = new FormValues(form([field('場所'), field('内容'), field('備考')]), new Formulas(fakeRuntime), {
    場所: 'A',
    内容: 'B',
    備考: 'C',
  })
  for (const [name, value] of Object.entries(mine)) model.set(name, value)
  return model
}

test('different fields: nothing to ask, both changes are kept', () => {
  const current = { 場所: 'A', 内容: 'B', 備考: '彼' }
  const comparison = compare(changed({ 場所: '私' }), current)
  assert.equal(comparison.both.length, 0)
  assert.deepEqual(
    comparison.theirOnly.map(({ name }) => name),
    ['備考'],
  )
  assert.deepEqual(merged(current, comparison, {}), { 場所: '私', 内容: 'B', 備考: '彼' })
})

test('the same field: asked, and the choice decides', () => {
  const current = { 場所: '彼', 内容: 'B', 備考: 'C' }
  const comparison = compare(changed({ 場所: '私' }), current)
  assert.deepEqual(
    comparison.both.map(({ mine, theirs }) => [mine, theirs]),
    [['私', '彼']],
  )
  assert.equal(merged(current, comparison, { 場所: 'mine' }).場所, '私')
  assert.equal(merged(current, comparison, { 場所: 'theirs' }).場所, '彼')
})

test('both wrote the same: no collision', () => {
  const comparison = compare(changed({ 場所: '同じ' }), { 場所: '同じ', 内容: 'B', 備考: 'C' })
  assert.equal(comparison.both.length, 0)
})

test('one cleared what the other changed: that is a collision too', () => {
  const comparison = compare(changed({ 場所: null }), { 場所: '彼', 内容: 'B', 備考: 'C' })
  assert.deepEqual(
    comparison.both.map(({ mine, theirs }) => [mine, theirs]),
    [[null, '彼']],
  )
})

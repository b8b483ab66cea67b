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

const CHECKLIST = field('点検表', 'checklist', {
  fields: [field('結果'), field('不具合箇所')],
  rows: [
    { _row: '外壁', label: '外壁' },
    { _row: '屋根', label: '屋根' },
  ],
})

/** A checklist of two rows that were both 無, with these cells changed by me. */
function inspected(...cells) {
  const before = { 点検表: [{ _row: '外壁', 結果: '無' }, { _row: '屋根', 結果: '無' }] }
  const model = new FormValues(form([CHECKLIST]), new Formulas(fakeRuntime), before)
  for (const [row, column, value] of cells) model.setCell('点検表', row, column, value)
  return model
}

const theirRoof = { 点検表: [{ _row: '外壁', 結果: '無' }, { _row: '屋根', 結果: '有', 不具合箇所: '雨どい' }] }

test('different rows of one checklist: nothing to ask, the rows of both are kept', () => {
  const comparison = compare(inspected(['外壁', '結果', '有']), theirRoof)
  assert.equal(comparison.both.length, 0)
  assert.deepEqual(
    comparison.theirOnly.map(({ name }) => name),
    ['点検表'],
  )
  assert.deepEqual(merged(theirRoof, comparison, {}).点検表, [
    { _row: '外壁', 結果: '有' },
    { _row: '屋根', 結果: '有', 不具合箇所: '雨どい' },
  ])
})

test('the same cell of a checklist: asked, and the choice leaves the other rows alone', () => {
  const mine = inspected(['外壁', '結果', '有'], ['屋根', '結果', '対象外'])
  const comparison = compare(mine, theirRoof)
  assert.equal(comparison.both.length, 1)
  assert.deepEqual(
    merged(theirRoof, comparison, { 点検表: 'theirs' }).点検表.map((row) => row.結果),
    ['有', '有'],
  )
  assert.deepEqual(
    merged(theirRoof, comparison, { 点検表: 'mine' }).点検表.map((row) => [row.結果, row.不具合箇所]),
    [
      ['有', undefined],
      ['対象外', '雨どい'],
    ],
  )
})

const HISTORY = field('履歴', 'subtable', { fields: [field('先')] })

function history(...added) {
  const model = new FormValues(form([HISTORY]), new Formulas(fakeRuntime), { 履歴: [{ _row: '1', 先: '額谷' }] })
  for (const place of added) model.addRow('履歴', { 先: place })
  return model
}

test('both added a row: both rows stay, theirs first', () => {
  const theirs = { 履歴: [{ _row: '1', 先: '額谷' }, { _row: '2', 先: 'キゴ' }] }
  const comparison = compare(history('万寿苑'), theirs)
  assert.deepEqual(
    merged(theirs, comparison, {}).履歴.map((row) => row.先),
    ['額谷', 'キゴ', '万寿苑'],
  )
})

test('a row that they changed and I removed: asked, and either answer is kept', () => {
  const model = history()
  model.removeRow('履歴', '1')
  const theirs = { 履歴: [{ _row: '1', 先: 'キゴ' }] }
  const comparison = compare(model, theirs)
  assert.equal(comparison.both.length, 1)
  assert.deepEqual(merged(theirs, comparison, { 履歴: 'mine' }).履歴, [])
  assert.deepEqual(merged(theirs, comparison, { 履歴: 'theirs' }).履歴, [{ _row: '1', 先: 'キゴ' }])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { refusals, refusalsOnLeaving } from '../../apps/form/checks.js'
import { placed } from '../../apps/form/errors.js'
import { Formulas } from '../../apps/form/rules.js'
import { FormValues } from '../../apps/form/values.js'
import { fakeRuntime, field, form, tree } from './fake_formulas.mjs'

const open = (fields, record = null) => new FormValues(form(fields), new Formulas(fakeRuntime), record)
const codes = (model) => refusals(model).map(({ path, code }) => [path, code])

test('required, forbidden, constraint, unreadable: all at once, in form order', () => {
  const left = tree(['居場所'], (v) => v.居場所 === '退所')
  const model = open([
    field('居場所', 'text', { required: true }),
    field('退所日', 'date', { required: left, forbidden: tree(['居場所'], (v) => v.居場所 !== '退所') }),
    field('人数', 'integer', {
      constraint: tree(['人数'], (v) => v.人数 < 5),
      constraintMessage: '人数は4人までです。',
    }),
    field('数', 'integer'),
  ])
  model.set('退所日', '2026-11-20')
  model.set('人数', 9)
  model.set('数', '三つ')
  model.unreadable.数 = '数字で入力してください。'
  assert.deepEqual(codes(model), [
    ['居場所', 'required'],
    ['退所日', 'forbidden'],
    ['人数', 'constraint'],
    ['数', 'unreadable'],
  ])
  assert.equal(refusals(model)[2].text, '人数は4人までです。')
})

test('a hidden or locked question is never wrong', () => {
  const model = open([
    field('理由', 'text', { required: true, relevant: tree([], () => false) }),
    field('番号', 'text', { required: true, readonly: true }),
  ])
  assert.deepEqual(codes(model), [])
})

test('cells are refused by their place, and the place survives in words', () => {
  const table = field('点検表', 'checklist', {
    rows: [
      { _row: '外壁', label: '外壁のひび割れ' },
      { _row: '屋根', label: '屋根の破れ' },
    ],
    fields: [field('結果', 'select_one', { required: true })],
  })
  const model = open([table])
  model.setCell('点検表', '外壁', '結果', '無')
  assert.deepEqual(codes(model), [['点検表[1].結果', 'required']])
  const [refusal] = placed(refusals(model), model)
  assert.equal(refusal.key, '点検表/屋根/結果')
  assert.equal(refusal.line, '「屋根の破れ」')
})

test('limits have the texts of the server', () => {
  const model = open([
    field('数', 'integer', { min: 1, max: 4 }),
    field('文', 'text', { maxLength: 3 }),
    field('選択', 'select_multiple', { maxChosen: 1 }),
  ])
  model.set('数', 9)
  model.set('文', 'あいうえ')
  model.set('選択', ['a', 'b'])
  assert.deepEqual(
    refusals(model).map((each) => each.text),
    [
      '数は4以下で入力してください。',
      '文は3文字以内で入力してください(いま4文字)。',
      '選択は1つまで選べます(いま2つ)。',
    ],
  )
})

test('an empty required field is no mistake while the person is still on the way', () => {
  const model = open([field('場所', 'text', { required: true })])
  assert.deepEqual(refusalsOnLeaving(model, '場所'), [])
})

test('a message of the server about a field that is not shown stands at the top of the summary', () => {
  const model = open([field('場所')])
  const [unknown, known] = placed(
    [
      { path: '場所', text: 'b' },
      { path: '受付番号', text: 'a' },
    ],
    model,
  )
  assert.equal(unknown.key, null)
  assert.equal(known.key, '場所')
})

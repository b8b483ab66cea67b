import assert from 'node:assert/strict'
import { test } from 'node:test'

import { ChangeRules } from '../../apps/form/change_rules.js'
import { Formulas } from '../../apps/form/rules.js'
import { FormValues } from '../../apps/form/values.js'
import { fakeRuntime, field, form, tree } from './fake_formulas.mjs'

const RULE = {
  field: '居場所',
  not_first: true,
  add_row: '移動履歴',
  prefill: { 移動元: tree([], (v, context) => context.old.居場所), 移動先: tree(['居場所'], (v) => v.居場所) },
  clear: ['部屋番号'],
  offer_same: '',
  message: '移動履歴を入力してください',
}

function register(record) {
  const history = field('移動履歴', 'subtable', { appendOnly: true, fields: [field('移動元'), field('移動先')] })
  const model = new FormValues(
    form([field('居場所'), field('部屋番号'), history], { on_change: [RULE] }),
    new Formulas(fakeRuntime),
    record,
  )
  const told = []
  const rules = new ChangeRules(model, (...what) => told.push(what))
  const choose = (value) => {
    model.set('居場所', value)
    rules.settled('居場所')
  }
  const moves = () => (model.values.移動履歴 ?? []).map(({ 移動元, 移動先 }) => [移動元, 移動先])
  return { model, told, choose, moves }
}

const STORED = {
  居場所: '額谷',
  部屋番号: 'G-4',
  移動履歴: [{ _row: '1', _by: 'taro', 移動元: '万寿苑', 移動先: '額谷' }],
}

test('a move adds one row, filled in from before and after, clears the room and says so', () => {
  const { model, told, choose, moves } = register(STORED)
  choose('キゴ')
  assert.deepEqual(moves(), [
    ['万寿苑', '額谷'],
    ['額谷', 'キゴ'],
  ])
  assert.equal(model.values.部屋番号, null)
  assert.deepEqual(told, [['居場所', '移動履歴を入力してください']])
})

test('a second thought before saving rewrites that row, the way back takes it away', () => {
  const { choose, moves } = register(STORED)
  choose('キゴ')
  choose('田上')
  assert.deepEqual(moves(), [
    ['万寿苑', '額谷'],
    ['額谷', '田上'],
  ])
  choose('額谷')
  assert.deepEqual(moves(), [['万寿苑', '額谷']])
})

test('the first choice is no move', () => {
  const { choose, moves, told } = register(null)
  choose('額谷')
  assert.deepEqual(moves(), [])
  assert.deepEqual(told, [])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { Formulas } from '../../apps/form/rules.js'
import { FormValues } from '../../apps/form/values.js'
import { fakeRuntime, field, form, tree } from './fake_formulas.mjs'

const open = (fields, record = null, more = {}) => new FormValues(form(fields, more), new Formulas(fakeRuntime), record)

test('a hidden question has no answer, and what was typed comes back when it is shown again', () => {
  const values = open([field('用件'), field('理由', 'text', { relevant: tree(['用件'], (v) => v.用件 === 'その他') })])
  assert.equal(values.shows('理由'), false)
  values.set('用件', 'その他')
  assert.equal(values.shows('理由'), true)
  values.set('理由', '騒音')
  values.set('用件', '相談')
  assert.equal(values.shows('理由'), false)
  assert.deepEqual(values.toSend(), { 用件: '相談' })
  values.set('用件', 'その他')
  assert.deepEqual(values.toSend(), { 用件: 'その他', 理由: '騒音' })
})

test('a section that is hidden hides its fields and blanks them for formulas', () => {
  const sections = [
    { title: 'A', columns: 1, relevant: null, fields: [field('種別')] },
    { title: 'B', columns: 1, relevant: tree(['種別'], (v) => v.種別 === '団体'), fields: [field('団体名')] },
    {
      title: 'C',
      columns: 1,
      relevant: null,
      fields: [
        field('あて名', 'calculation', { input: false, calculation: tree(['団体名'], (v) => v.団体名 ?? '個人') }),
      ],
    },
  ]
  const values = new FormValues({ ...form([]), sections }, new Formulas(fakeRuntime))
  values.set('種別', '団体')
  values.set('団体名', '見本会')
  assert.equal(values.values.あて名, '見本会')
  values.set('種別', '個人')
  assert.equal(values.shows('団体名'), false)
  assert.equal(values.values.あて名, '個人')
})

test('calculations follow one another and are not sent', () => {
  const values = open([
    field('数', 'integer'),
    field('小計', 'calculation', { input: false, calculation: tree(['数'], (v) => (v.数 ?? 0) * 100) }),
    field('税込', 'calculation', { input: false, calculation: tree(['小計'], (v) => v.小計 * 1.1) }),
  ])
  values.set('数', 3)
  assert.equal(values.values.小計, 300)
  assert.equal(Math.round(values.values.税込), 330)
  assert.deepEqual(values.toSend(), { 数: 3 })
})

test('only the rules that depend on a changed field are asked again', () => {
  let asked = 0
  const counted = tree(['他'], () => {
    asked += 1
    return true
  })
  const values = open([field('名前'), field('他'), field('欄', 'text', { relevant: counted })])
  const before = asked
  values.set('名前', 'あ')
  assert.equal(asked, before)
  values.set('他', 'い')
  assert.equal(asked, before + 1)
})

test('a rule that fails falls back: shown, not required, and a calculation says so', () => {
  const broken = tree(['数'], () => {
    throw new Error('Div0')
  })
  const values = open([
    field('数', 'integer'),
    field('欄', 'text', { relevant: broken, required: broken }),
    field('率', 'calculation', { input: false, calculation: broken }),
  ])
  assert.equal(values.shows('欄'), true)
  assert.equal(values.state.欄.required, false)
  assert.equal(values.state.率.failed, true)
})

test('defaults fill a new record, never an existing one, and do not count as typed', () => {
  const fields = [field('受付日', 'date', { default: tree([], () => '2026-11-20') })]
  assert.equal(open(fields).values.受付日, '2026-11-20')
  assert.equal(open(fields).isTouched, false)
  assert.deepEqual(open(fields).toSend(), { 受付日: '2026-11-20' })
  assert.equal(open(fields, {}).values.受付日, null)
})

test('a change sends only what changed, and a cleared answer as null', () => {
  const values = open([field('場所'), field('内容'), field('備考')], { 場所: '見本町1', 備考: 'なし' })
  values.set('内容', '穴')
  values.set('備考', '')
  assert.deepEqual(values.toSend(), { 内容: '穴', 備考: null })
})

test('what may not be changed is not sent', () => {
  const values = open([
    field('受付日', 'date', { readonly: true, default: tree([], () => '2026-11-20') }),
    field('場所'),
  ])
  values.set('場所', '見本町')
  assert.deepEqual(values.toSend(), { 場所: '見本町' })
})

test('the detail of その他 is asked, and sent, only when その他 is chosen', () => {
  const chosen = tree(['種別'], (v) => v.種別 === 'その他')
  const detail = field('種別_その他', 'text', { companionOf: '種別', relevant: chosen, required: chosen })
  const values = open([field('種別', 'select_one', { other: true }), detail])
  assert.equal(values.shows('種別_その他'), false)
  values.set('種別', 'その他')
  assert.equal(values.shows('種別_その他'), true)
  assert.equal(values.state.種別_その他.required, true)
  values.set('種別_その他', '橋')
  assert.deepEqual(values.toSend(), { 種別: 'その他', 種別_その他: '橋' })
  values.set('種別', '舗装')
  assert.deepEqual(values.toSend(), { 種別: '舗装' })
})

test('a default that was cleared is sent as blank, so that the server does not fill it again', () => {
  const values = open([field('受付方法', 'text', { default: tree([], () => '電話') })])
  values.set('受付方法', null)
  assert.deepEqual(values.toSend(), { 受付方法: null })
})

test('a chosen record is seen by formulas, and what it copies is there at once', () => {
  const values = open([
    field('施設', 'lookup', { app: 'facilities', copy: { 所管課: '所管課' } }),
    field('所管課'),
    field('学校名', 'text', { relevant: tree(['施設'], (v) => v.施設?.種類 === '学校' && v.施設._id === 'f1') }),
  ])
  values.choose('施設', { id: 'f1', label: '見本小', values: { 種類: '学校', 所管課: '教育総務課' } })
  assert.equal(values.shows('学校名'), true)
  assert.equal(values.values.施設, 'f1')
  assert.equal(values.values.所管課, '教育総務課')
})

const checklist = () =>
  field('点検表', 'checklist', {
    rows: [
      { _row: '外壁', label: '外壁' },
      { _row: '屋根', label: '屋根' },
    ],
    fields: [
      field('結果', 'select_one', { required: true }),
      field('箇所', 'text', {
        relevant: tree(['結果'], (v) => v.結果 === '有'),
        required: tree(['結果'], (v) => v.結果 === '有'),
      }),
    ],
  })

test('each line of a checklist follows its own rules', () => {
  const values = open([
    checklist(),
    field('異常の数', 'calculation', {
      input: false,
      calculation: tree(['点検表'], (v) => v.点検表.filter((row) => row.結果 === '有').length),
    }),
  ])
  assert.equal(values.values.点検表.length, 2)
  values.setCell('点検表', '屋根', '結果', '有')
  const [wall, roof] = values.values.点検表
  assert.equal(values.rows.点検表.shows(wall, '箇所'), false)
  assert.equal(values.rows.点検表.shows(roof, '箇所'), true)
  assert.equal(values.values.異常の数, 1)
  values.setCell('点検表', '屋根', '箇所', '北側')
  values.setCell('点検表', '屋根', '結果', '無')
  assert.deepEqual(values.toSend().点検表, [{ _row: '外壁' }, { _row: '屋根', 結果: '無' }])
})

test('a stored checklist keeps the order of its master and untouched lines count as unchanged', () => {
  const values = open([checklist()], { 点検表: [{ _row: '屋根', 結果: '無' }] })
  assert.deepEqual(
    values.values.点検表.map((row) => row._row),
    ['外壁', '屋根'],
  )
  assert.equal(values.isTouched, false)
})

test('rows are added with defaults and removed again', () => {
  const table = field('明細', 'subtable', {
    fields: [field('品目'), field('数', 'integer', { default: tree([], () => 1) })],
  })
  const values = open([table])
  const id = values.addRow('明細', { 品目: '毛布' })
  assert.deepEqual(values.toSend().明細, [{ _row: id, 品目: '毛布', 数: 1 }])
  values.removeRow('明細', id)
  assert.deepEqual(values.toSend(), { 明細: null })
})

test('rules inside rows also follow fields outside', () => {
  const table = field('明細', 'subtable', {
    fields: [field('期限', 'date', { required: tree(['区分'], (v) => v.区分 === '急ぎ') })],
  })
  const values = open([field('区分'), table])
  values.addRow('明細')
  const [row] = values.values.明細
  assert.equal(values.rows.明細.states[row._row].期限.required, false)
  values.set('区分', '急ぎ')
  assert.equal(values.rows.明細.states[row._row].期限.required, true)
})

test('an accepted record becomes what later changes are measured against', () => {
  const values = open([field('場所'), field('受付番号', 'text', { readonly: true })])
  values.set('場所', '見本町')
  values.accept({ 場所: '見本町', 受付番号: '道-1' })
  assert.equal(values.isNew, false)
  assert.equal(values.isTouched, false)
  values.set('場所', '例示町')
  assert.deepEqual(values.toSend(), { 場所: '例示町' })
})

test('a section whose rule reads no field is judged too', () => {
  const hidden = { title: 'A', columns: 1, relevant: tree([], () => false), fields: [field('欄')] }
  const values = new FormValues({ ...form([]), sections: [hidden] }, new Formulas(fakeRuntime))
  assert.equal(values.shows('欄'), false)
})

test('photos that the record has stand in the form of an action, and are sent with those that are added', () => {
  const kept = { blob: 'a', name: 'a.jpg' }
  const values = open([field('施工後', 'photo', { valueType: 'table', beginsWith: [kept] })])
  assert.deepEqual(values.values.施工後, [kept])
  values.set('施工後', [...values.values.施工後, { blob: 'b', name: 'b.jpg' }])
  assert.deepEqual(
    values.toSend().施工後.map(({ blob }) => blob),
    ['a', 'b'],
  )
})

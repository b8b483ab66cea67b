import assert from 'node:assert/strict'
import { test } from 'node:test'

import { passingStore } from '../../apps/form/browser_store.js'
import { keepFile, sameButSent, sendKeptFile, sendKeptFiles, withoutKeptFiles } from '../../apps/form/files.js'
import { removeUnneededFiles } from '../../apps/form/unneeded_files.js'

const picture = { type: 'image/jpeg', size: 3 }
const stored = { kind: 'accepted', answer: { blob: 'abc', name: 'a.jpg', type: 'image/jpeg', size: 3 } }

test('files go before the record that names them, also those inside rows, and keep the time they were taken', async () => {
  const store = passingStore()
  const item = await keepFile(store, 'x', picture, { name: 'a.jpg', taken_at: '2026-11-20T10:00:00+09:00' })
  const values = { 場所: '見本', 点検表: [{ _row: '屋根', 写真: [item] }] }
  assert.equal(await sendKeptFiles(values, store, { sendFile: async () => stored }, async () => {}), null)
  assert.deepEqual(values.点検表[0].写真, [{ ...stored.answer, taken_at: '2026-11-20T10:00:00+09:00' }])
  assert.equal((await store.all()).length, 0)
})

test('a file that arrived is not sent again when a later one fails', async () => {
  const store = passingStore()
  const values = {
    写真: [
      await keepFile(store, 'x', picture, { name: 'a.jpg' }),
      await keepFile(store, 'y', picture, { name: 'b.jpg' }),
    ],
  }
  const sent = []
  const api = {
    sendFile: async (blob, name) => (
      sent.push(name),
      name === 'a.jpg' || sent.length > 2 ? stored : { kind: 'unreachable' }
    ),
  }
  assert.equal((await sendKeptFiles(values, store, api, async () => {})).kind, 'unreachable')
  assert.equal(await sendKeptFiles(values, store, api, async () => {}), null)
  assert.deepEqual(sent, ['a.jpg', 'b.jpg', 'b.jpg'])
})

test('a file that the server never takes is a mistake of its field', async () => {
  const store = passingStore()
  const values = { 写真: [await keepFile(store, 'x', picture, { name: 'a.jpg' })] }
  const outcome = await sendKeptFiles(
    values,
    store,
    { sendFile: async () => ({ kind: 'refused', problem: { detail: '大きすぎます。' } }) },
    async () => {},
  )
  assert.equal(outcome.kind, 'invalid')
  assert.deepEqual(outcome.problem.errors, [
    { path: '写真', code: 'file', text: '「a.jpg」を送れませんでした。大きすぎます。' },
  ])
})

test('files that no draft and no unsent record names are removed, others stay', async () => {
  const stores = { drafts: passingStore(), outbox: passingStore(), files: passingStore() }
  const [drafted, unsent] = [
    await keepFile(stores.files, 'drafted', picture, { name: 'a.jpg' }),
    await keepFile(stores.files, 'unsent', picture, { name: 'b.jpg' }),
  ]
  await keepFile(stores.files, 'orphan', picture, { name: 'c.jpg' })
  await stores.drafts.put('d', { values: { 写真: [drafted] } })
  await stores.outbox.put('o', { snapshot: { values: { 点検表: [{ _row: '屋根', 写真: [unsent] }] } } })
  await removeUnneededFiles(stores)
  assert.equal((await stores.files.all()).length, 3, 'a file of this minute may belong to another tab')
  await removeUnneededFiles(stores, { youngest: 0 })
  assert.deepEqual((await stores.files.all()).map(([id]) => id).sort(), ['drafted', 'unsent'])
})

test('a photo that reached the server after the press is not something typed since', async () => {
  const store = passingStore()
  const local = await keepFile(store, 'x', picture, { name: 'a.jpg', taken_at: '2026-11-20T10:00:00+09:00' })
  const uploaded = { ...stored.answer, taken_at: local.taken_at }
  assert.ok(sameButSent([uploaded], [local]))
  assert.ok(sameButSent([{ _row: '屋根', 写真: [uploaded] }], [{ _row: '屋根', 写真: [local] }]))
  assert.ok(!sameButSent([{ ...uploaded, name: 'b.jpg' }], [local]))
  assert.ok(!sameButSent([uploaded, uploaded], [local]))
  assert.ok(!sameButSent('見本町2丁目', '見本町1丁目'))
})

test('no more than two files go at once, and each tells how far it is', async () => {
  const store = passingStore()
  const items = []
  for (const id of ['1', '2', '3']) items.push(await keepFile(store, id, picture, { name: `${id}.jpg` }))
  const waiting = []
  const api = { sendFile: (blob, name, tell) => new Promise((done) => waiting.push({ name, tell, done })) }
  const heard = []
  const outcomes = items.map((item) => sendKeptFile(store, api, item, (share) => heard.push([item.local, share])))
  const again = sendKeptFile(store, api, items[0])
  await new Promise((next) => setTimeout(next))
  assert.deepEqual(
    waiting.map(({ name }) => name),
    ['1.jpg', '2.jpg'],
    'the third waits for its turn, and the first is not sent twice',
  )
  waiting[0].tell(0.5)
  waiting[0].done(stored)
  await outcomes[0]
  assert.equal(await again, await outcomes[0])
  await new Promise((next) => setTimeout(next))
  assert.equal(waiting.length, 3)
  waiting.slice(1).forEach(({ done }) => done(stored))
  await Promise.all(outcomes)
  assert.deepEqual(heard, [['1', 0], ['2', 0], ['1', 0.5], ['3', 0]])
})

test('the values without files that are only here, and where those belong', () => {
  const [sentAlready, local] = [{ blob: 'a' }, { local: 'x', name: 'b.jpg' }]
  const values = { 場所: '見本', 写真: [sentAlready, local], 図: [local], 点検表: [{ _row: '屋根', 写真: [local] }] }
  const { rest, left } = withoutKeptFiles(values)
  assert.deepEqual(rest, { 場所: '見本', 写真: [sentAlready], 図: null, 点検表: [{ _row: '屋根', 写真: [] }] })
  assert.deepEqual(
    left.map(({ field, row, column }) => [field, row, column]),
    [
      ['写真', '', ''],
      ['図', '', ''],
      ['点検表', '屋根', '写真'],
    ],
  )
  assert.equal(values.写真.length, 2, 'what waits to be sent is not touched')
})

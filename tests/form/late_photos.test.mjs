import assert from 'node:assert/strict'
import { test } from 'node:test'

import { passingStore } from '../../apps/form/browser_store.js'
import { keepFile } from '../../apps/form/files.js'
import { sendLatePhoto, sendWithFiles } from '../../apps/form/late_photos.js'
import { Outbox } from '../../apps/form/outbox.js'
import { removeUnneededFiles } from '../../apps/form/unneeded_files.js'

const picture = { type: 'image/jpeg', size: 3 }
const uploaded = { kind: 'accepted', answer: { blob: 'abc', name: 'a.jpg', type: 'image/jpeg', size: 3 } }
const saved = { kind: 'accepted', answer: { id: '7', rev: 1, values: {}, title: '道-7' } }

async function opened(answers) {
  const stores = { outbox: passingStore(), files: passingStore(), drafts: passingStore() }
  const item = await keepFile(stores.files, 'photo-00', picture, { name: 'a.jpg' })
  const asked = []
  const api = {
    recordsUrl: (app, record) => `/${app}/records/${record}`,
    send: async (entry) => (asked.push([entry.url, entry.body]), answers.send(entry)),
    sendFile: async () => (asked.push('file'), answers.file()),
  }
  const body = { request_id: 'request-1', values: { 場所: '見本', 写真: [item] } }
  const entry = { id: 'request-1', user: 'hanako', app: 'road', title: '道路要望', madeAt: '2026', url: '/road/records', body }
  return { stores, api, entry, asked }
}

test('a photo that arrives at once goes with its record', async () => {
  const { stores, api, entry, asked } = await opened({ send: () => saved, file: () => uploaded })
  await sendWithFiles(entry, stores, api, { mayFollow: true })
  assert.deepEqual(asked.at(-1)[1].values.写真, [uploaded.answer])
  assert.equal((await stores.outbox.all()).filter(([id]) => id === 'photo-00').length, 0)
})

test('what was once sent under a request id stays the same when it is sent again', async () => {
  const answers = [{ kind: 'unreachable' }, saved]
  const { stores, api, entry, asked } = await opened({ send: () => answers.shift(), file: () => ({ kind: 'unknown' }) })
  await sendWithFiles(entry, stores, api, { mayFollow: true })
  api.sendFile = async () => uploaded
  await sendWithFiles(await stores.outbox.get('request-1'), stores, api, { mayFollow: true })
  const records = asked.filter((each) => each !== 'file')
  assert.deepEqual(records[0], records[1])
})

test('the record goes without a photo that is not there yet, and the photo follows it under its own id', async () => {
  let arrive = null
  const { stores, api, entry, asked } = await opened({ send: () => saved, file: () => new Promise((done) => (arrive = done)) })
  assert.equal((await sendWithFiles(entry, stores, api, { mayFollow: true, grace: 5 })).kind, 'accepted')
  assert.deepEqual(asked, ['file', ['/road/records', { request_id: 'request-1', values: { 場所: '見本', 写真: null } }]])
  arrive(uploaded)
  const late = await stores.outbox.get('photo-00')
  assert.deepEqual([late.title, late.url, late.user], ['道-7', '/road/records/7/photos', 'hanako'])
  await sendLatePhoto(late, stores, api)
  assert.deepEqual(asked.at(-1), [
    '/road/records/7/photos',
    { request_id: 'photo-00', field: '写真', row: '', column: '', file: uploaded.answer },
  ])
  assert.equal((await stores.files.all()).length, 0)
})

test('where the record is refused without its photo, the photo goes first', async () => {
  const send = ({ body }) => (body.values.写真 ? saved : { kind: 'invalid', problem: { errors: [] } })
  const slow = () => new Promise((done) => setTimeout(() => done(uploaded), 20))
  const { stores, api, entry, asked } = await opened({ send, file: slow })
  assert.equal((await sendWithFiles(entry, stores, api, { mayFollow: true, grace: 5 })).kind, 'accepted')
  assert.equal(asked[1][1].values.写真, null)
  assert.deepEqual(asked[2][1].values.写真, [uploaded.answer])
  assert.equal((await stores.outbox.all()).filter(([id]) => id === 'photo-00').length, 0)
})

test('a public form sends its photos first, because it knows no record afterwards', async () => {
  const { stores, api, entry, asked } = await opened({ send: () => saved, file: () => uploaded })
  await sendWithFiles(entry, stores, api, { mayFollow: false })
  assert.equal(asked[0], 'file')
})

test('a photo that the server never takes waits with its reason, holds up nothing, and stays on the device', async () => {
  const { stores, api, entry } = await opened({ send: () => saved, file: () => ({ kind: 'refused', problem: { detail: 'HEIC' } }) })
  await sendWithFiles(entry, stores, api, { mayFollow: true })
  await stores.outbox.remove(entry.id)
  const make = (takes) => new Outbox({ store: stores.outbox, user: 'hanako', takes, send: (each) => sendLatePhoto(each, stores, api), setTimer: () => {}, clearTimer: () => {} })
  const photos = make((each) => Boolean(each.photo))
  await photos.flush()
  const [late] = await photos.entries()
  assert.deepEqual([late.state, late.outcome.problem.detail], ['refused', 'HEIC'])
  const forms = new Outbox({ store: stores.outbox, user: 'hanako', send: () => saved })
  assert.deepEqual(await forms.entries(), [], 'no form takes it for its own')
  await removeUnneededFiles(stores, { youngest: 0 })
  assert.equal((await stores.files.all()).length, 1)
})

import assert from 'node:assert/strict'
import { mock, test } from 'node:test'

import { passingStore } from '../../apps/form/browser_store.js'
import { Draft, forgetDraftsOf, forgetOldDrafts } from '../../apps/form/draft.js'

function draftOf(store, slot, { record = null, user = 'hanako', at = '2026-11-20T01:32:00Z' } = {}) {
  return new Draft({ store, user, app: 'requests', record, slot, now: () => new Date(at) })
}

test('typing is written once, shortly after the last letter', async () => {
  mock.timers.enable({ apis: ['setTimeout'] })
  const store = passingStore()
  let writes = 0
  const counting = { ...store, put: (key, value) => ((writes += 1), store.put(key, value)) }
  const draft = draftOf(counting, 'a')
  draft.keep({ values: { 場所: '見' } })
  draft.keep({ values: { 場所: '見本' } })
  mock.timers.tick(399)
  assert.equal(writes, 0)
  mock.timers.tick(1)
  await draft.flush()
  mock.timers.reset()
  assert.equal(writes, 1)
  assert.deepEqual((await store.all())[0][1].values, { 場所: '見本' })
})

test('a page that is left writes at once', async () => {
  const store = passingStore()
  const draft = draftOf(store, 'a')
  draft.keep({ values: { 場所: '見本' } })
  await draft.flush()
  assert.equal((await store.all()).length, 1)
})

test('the next opening of the same form finds the newest draft, never its own', async () => {
  const store = passingStore()
  await write(draftOf(store, 'a', { at: '2026-11-20T01:00:00Z' }), '古い')
  await write(draftOf(store, 'b', { at: '2026-11-20T02:00:00Z' }), '新しい')
  const opened = draftOf(store, 'c')
  await write(opened, '自分')
  assert.equal((await opened.earlier()).values.場所, '新しい')
})

test('what is typed before the question is answered does not replace the earlier draft', async () => {
  const store = passingStore()
  await write(draftOf(store, 'a'), '前回')
  const opened = draftOf(store, 'b')
  await write(opened, '今回')
  assert.equal((await opened.earlier()).values.場所, '前回')
  await opened.forgetEarlier()
  assert.equal(await opened.earlier(), null)
  assert.equal((await store.all()).length, 1)
})

test('another person, another record and a new record each have drafts of their own', async () => {
  const store = passingStore()
  await write(draftOf(store, 'a', { user: 'taro' }), '太郎の')
  await write(draftOf(store, 'a', { record: '12' }), '12番の')
  assert.equal(await draftOf(store, 'b').earlier(), null)
  assert.equal((await draftOf(store, 'b', { record: '12' }).earlier()).values.場所, '12番の')
})

test('signing out leaves none of the drafts of that person', async () => {
  const store = passingStore()
  await write(draftOf(store, 'a', { user: 'taro' }), '太郎の')
  await write(draftOf(store, 'a', { user: 'hanako' }), '花子の')
  await forgetDraftsOf(store, 'taro')
  assert.deepEqual(
    (await store.all()).map(([, draft]) => draft.values.場所),
    ['花子の'],
  )
})

test('drafts do not lie about for more than two weeks', async () => {
  const store = passingStore()
  await write(draftOf(store, 'a', { at: '2026-11-01T00:00:00Z' }), '古い')
  await write(draftOf(store, 'b', { at: '2026-11-19T00:00:00Z' }), '新しい')
  await forgetOldDrafts(store, new Date('2026-11-20T00:00:00Z'))
  assert.deepEqual(
    (await store.all()).map(([, draft]) => draft.values.場所),
    ['新しい'],
  )
})

test('a browser that cannot write says so instead of failing', async () => {
  const full = { ...passingStore(), put: () => Promise.reject(new Error('QuotaExceededError')) }
  let failed = false
  const draft = new Draft({ store: full, user: 'u', app: 'a', record: null, slot: 's', failed: () => (failed = true) })
  await write(draft, '見本')
  assert.equal(failed, true)
})

async function write(draft, place) {
  draft.keep({ values: { 場所: place } })
  await draft.flush()
}

test('every draft of other openings is listed, the newest first, and can be let go one by one', async () => {
  const store = passingStore()
  await write(draftOf(store, 'a', { at: '2026-11-20T00:00:00Z' }), '先の電話')
  await write(draftOf(store, 'b', { at: '2026-11-20T00:05:00Z' }), 'あとの電話')
  const now = draftOf(store, 'c', { at: '2026-11-20T00:10:00Z' })
  await write(now, 'いまの電話')
  const listed = async () => (await now.others()).map(({ content }) => content.values.場所)
  assert.deepEqual(await listed(), ['あとの電話', '先の電話'])
  await now.forgetOther((await now.others())[0].key)
  assert.deepEqual(await listed(), ['先の電話'])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { passingStore } from '../../apps/form/browser_store.js'
import { Draft } from '../../apps/form/draft.js'
import { useHandingOver } from '../../apps/form/handing_over.js'

/** A form with 場所 half typed by hanako. */
async function halfTyped({ sent = null } = {}) {
  const store = passingStore()
  const draft = new Draft({ store, user: 'hanako', app: 'requests', record: null, slot: 's' })
  draft.keep({ values: { 場所: '見本町' } })
  await draft.flush()
  const outbox = { user: 'hanako' }
  const saving = { sent, isUnsaved: true, snapshot: () => ({ values: { 場所: '見本町' } }) }
  const entry = { userKey: 'hanako', staysInTab: false, lookForDraft() {}, lookIntoOutbox() {} }
  Object.assign(entry, useHandingOver(entry, { outbox, draft, saving }))
  return { entry, outbox, draft, store }
}

const owners = async (store) => (await store.all()).map(([key]) => JSON.parse(key.slice(0, key.lastIndexOf(']') + 1))[0])

test('the next person gets the values, the outbox and the draft; the one before leaves nothing', async () => {
  const { entry, outbox, draft, store } = await halfTyped()
  const detail = { account: 'taro', stays: true, kept: false }
  entry.handOver({ detail })
  await draft.flush()
  assert.deepEqual([detail.kept, entry.userKey, outbox.user], [true, 'taro', 'taro'])
  assert.deepEqual(await owners(store), ['taro'])
})

test('what was sent and not answered stays an act of the person before', async () => {
  const { entry, outbox, store } = await halfTyped({ sent: { id: 'r1' } })
  const detail = { account: 'taro', stays: true, kept: false }
  entry.handOver({ detail })
  assert.deepEqual([detail.kept, outbox.user], [false, 'hanako'])
  assert.deepEqual(await owners(store), ['hanako'])
})

test('who may not have this form does not get it', async () => {
  const { entry, outbox } = await halfTyped()
  const detail = { account: 'taro', stays: false, kept: false }
  entry.handOver({ detail })
  assert.deepEqual([detail.kept, outbox.user], [false, 'hanako'])
})

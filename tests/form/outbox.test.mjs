import assert from 'node:assert/strict'
import { test } from 'node:test'

import { passingStore } from '../../apps/form/browser_store.js'
import { Outbox } from '../../apps/form/outbox.js'
import { requestId } from '../../apps/form/request_id.js'

function outboxOf(store, send, more = {}) {
  const timers = []
  const outbox = new Outbox({
    store,
    user: 'hanako',
    send,
    setTimer: (step, wait) => timers.push({ step, wait }),
    clearTimer: () => {},
    ...more,
  })
  return { outbox, timers }
}

function entry(id, more = {}) {
  return {
    id,
    app: 'requests',
    record: null,
    slot: 's',
    madeAt: `2026-11-20T00:00:0${id}`,
    method: 'POST',
    url: '/records',
    body: { request_id: id, values: {} },
    follows: null,
    ...more,
  }
}

const accepted = (id = '7', rev = 1) => ({ kind: 'accepted', answer: { id, rev, values: {} } })

test('an entry is written down before it is sent, and gone once it was answered', async () => {
  const store = passingStore()
  const seen = []
  const { outbox } = outboxOf(store, async (sent) => {
    seen.push([sent.id, (await store.all()).length])
    return accepted()
  })
  await outbox.put(entry('1'))
  await outbox.flush()
  assert.deepEqual(seen, [['1', 1]])
  assert.equal((await store.all()).length, 0)
})

test('without an answer the same entry is sent again, later and later, under the same id', async () => {
  const store = passingStore()
  const sent = []
  const { outbox, timers } = outboxOf(store, async (each) => {
    sent.push(each.body.request_id)
    return sent.length < 4 ? { kind: 'unreachable' } : accepted()
  })
  await outbox.put(entry('1'))
  await outbox.flush()
  while (timers.length && (await outbox.waiting()).length) await timers.pop().step()
  assert.deepEqual(new Set(sent), new Set(['1']))
  assert.equal(sent.length, 4)
})

test('waits double up to a minute', async () => {
  const { outbox, timers } = outboxOf(passingStore(), async () => ({ kind: 'unknown' }))
  await outbox.put(entry('1'))
  for (let round = 0; round < 8; round += 1) await outbox.flush()
  const waits = timers.map((timer) => timer.wait)
  assert.equal(Math.max(...waits), 60_000)
  assert.ok(waits.every((wait, index) => index === 0 || wait >= waits[index - 1]))
})

test('after a restart a new outbox on the same store sends what was left', async () => {
  const store = passingStore()
  const { outbox: before } = outboxOf(store, async () => ({ kind: 'unreachable' }))
  await before.put(entry('1'))
  await before.flush()
  const sent = []
  const { outbox: after } = outboxOf(store, async (each) => (sent.push(each.id), accepted()))
  await after.flush()
  assert.deepEqual(sent, ['1'])
})

test('one person never sends what another left on a shared PC', async () => {
  const store = passingStore()
  const { outbox: hers } = outboxOf(store, async () => ({ kind: 'unreachable' }))
  await hers.put(entry('1'))
  await hers.flush()
  const sent = []
  const { outbox: his } = outboxOf(store, async (each) => (sent.push(each.id), accepted()), { user: 'taro' })
  await his.flush()
  assert.deepEqual(sent, [])
  assert.equal((await store.all()).length, 1)
})

test('a refused entry stays, with the reason, and is not sent again', async () => {
  const store = passingStore()
  let sent = 0
  const { outbox } = outboxOf(
    store,
    async () => ((sent += 1), { kind: 'invalid', problem: { errors: [{ path: '場所' }] } }),
  )
  await outbox.put(entry('1'))
  await outbox.flush()
  await outbox.flush()
  assert.equal(sent, 1)
  const [left] = await outbox.entries()
  assert.equal(left.state, 'refused')
  assert.equal(left.outcome.problem.errors[0].path, '場所')
})

test('what follows an unanswered new record becomes a change of it, with its revision', async () => {
  const store = passingStore()
  const sent = []
  let isUp = false
  const { outbox } = outboxOf(store, async (each) => {
    if (!isUp) return { kind: 'unreachable' }
    sent.push({ method: each.method, url: each.url, body: each.body })
    return accepted('7', sent.length)
  })
  await outbox.put(entry('1'))
  await outbox.flush()
  await outbox.put(entry('2', { follows: '1', body: { request_id: '2', values: { 場所: '見本町' } } }))
  await outbox.flush()
  isUp = true
  await outbox.flush()
  assert.equal(sent.length, 2)
  assert.equal(sent[0].method, 'POST')
  assert.deepEqual(sent[1], {
    method: 'PATCH',
    url: '/records/7',
    body: { request_id: '2', values: { 場所: '見本町' }, rev: 1 },
  })
  assert.equal((await store.all()).length, 0)
})

test('when the first is refused, what follows it is not sent alone', async () => {
  const store = passingStore()
  let answer = { kind: 'unreachable' }
  const sent = []
  const { outbox } = outboxOf(store, async (each) => (sent.push(each.id), answer))
  await outbox.put(entry('1'))
  await outbox.flush()
  await outbox.put(entry('2', { follows: '1' }))
  answer = { kind: 'invalid', problem: {} }
  await outbox.flush()
  assert.ok(!sent.includes('2'))
  assert.deepEqual(
    (await outbox.entries()).map((each) => each.state),
    ['refused', 'refused'],
  )
})

test('several presses join one round: an entry is not sent twice at the same time', async () => {
  const store = passingStore()
  let underWay = 0
  let most = 0
  const { outbox } = outboxOf(store, async () => {
    underWay += 1
    most = Math.max(most, underWay)
    await new Promise((resolve) => setTimeout(resolve, 5))
    underWay -= 1
    return accepted()
  })
  await outbox.put(entry('1'))
  await Promise.all([outbox.flush(), outbox.flush(), outbox.hurry()])
  assert.equal(most, 1)
})

test('request ids are unique, and exist without a secure context too', () => {
  const insecure = { getRandomValues: (bytes) => globalThis.crypto.getRandomValues(bytes) }
  const ids = Array.from({ length: 100 }, () => requestId(insecure))
  assert.equal(new Set(ids).size, 100)
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

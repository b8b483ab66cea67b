import assert from 'node:assert/strict'
import { test } from 'node:test'

import { passingStore } from '../../apps/form/browser_store.js'
import { compare } from '../../apps/form/conflict.js'
import { Draft } from '../../apps/form/draft.js'
import { Outbox } from '../../apps/form/outbox.js'
import { Formulas } from '../../apps/form/rules.js'
import { Saving } from '../../apps/form/save.js'
import { FormValues } from '../../apps/form/values.js'
import { fakeRuntime, field, form } from './fake_formulas.mjs'

const OPENED = { app: 'requests', user: 'hanako' }

/** A form with a server that answers what `answers` says, in turn; the last answer repeats. */
function opened(answers, { record = null, rev = null, fields } = {}) {
  const model = new FormValues(
    form(fields ?? [field('場所', 'text', { required: true }), field('内容')]),
    new Formulas(fakeRuntime),
    record,
  )
  const [drafts, entries] = [passingStore(), passingStore()]
  const sent = []
  const send = async (entry) => {
    sent.push(entry)
    const answer = answers[Math.min(sent.length, answers.length) - 1]
    return typeof answer === 'function' ? answer(entry) : answer
  }
  const outbox = new Outbox({ store: entries, user: 'hanako', send, setTimer: () => {}, clearTimer: () => {} })
  const draft = new Draft({ store: drafts, ...OPENED, record: record && '7', slot: 's' })
  const place = { record: record && '7', rev, slot: 's', url: () => '/records' }
  const happened = []
  const saving = new Saving({ model, draft, outbox, place, happened: (...what) => happened.push(what) }).start()
  const type = (name, value) => {
    model.set(name, value)
    saving.typed()
  }
  return { model, saving, outbox, draft, drafts, entries, sent, happened, place, type }
}

const accept = (entry) => ({
  kind: 'accepted',
  answer: { id: '7', rev: 1, values: entry.body.values, title: '道-7', notes: [] },
})

test('three presses make one record', async () => {
  const { saving, sent, outbox, type } = opened([
    (entry) => new Promise((done) => setTimeout(() => done(accept(entry)), 10)),
  ])
  type('場所', '見本町')
  await Promise.all([saving.press(), saving.press(), saving.press()])
  await outbox.flush()
  await saving.press()
  await outbox.flush()
  assert.equal(sent.length, 1)
  assert.equal(saving.phase, 'saved')
})

test('a mistake that the form sees itself is told and nothing is sent', async () => {
  const { saving, sent, happened } = opened([accept])
  await saving.press()
  assert.equal(sent.length, 0)
  assert.equal(happened[0][0], 'refused')
  assert.deepEqual(
    happened[0][1].map(({ path, code }) => [path, code]),
    [['場所', 'required']],
  )
})

test('without a line the entry waits, a second press makes no second one, and the form says so', async () => {
  const { saving, sent, outbox, entries, type } = opened([{ kind: 'unreachable' }])
  type('場所', '見本町')
  await saving.press()
  await outbox.flush()
  assert.equal(saving.phase, 'waiting')
  await saving.press()
  assert.equal(saving.phase, 'waiting')
  assert.equal(new Set(sent.map((entry) => entry.body.request_id)).size, 1)
  assert.equal((await entries.all()).length, 1)
  assert.equal(saving.isUnsaved, false)
})

test('what is typed after an unanswered save travels under an id of its own, as a change of that record', async () => {
  let isUp = false
  const { saving, sent, outbox, type, place } = opened([
    (entry) =>
      isUp
        ? { ...accept(entry), answer: { id: '7', rev: sent.length, values: entry.body.values } }
        : { kind: 'unreachable' },
  ])
  type('場所', '見本町')
  await saving.press()
  await outbox.flush()
  type('内容', '穴')
  assert.equal(saving.isUnsaved, true)
  await saving.press()
  await outbox.flush()
  sent.length = 0
  isUp = true
  await outbox.flush()
  assert.deepEqual(
    sent.map((entry) => [entry.method, entry.body.values]),
    [
      ['POST', { 場所: '見本町', 内容: null }],
      ['PATCH', { 場所: '見本町', 内容: '穴' }],
    ],
  )
  assert.notEqual(sent[0].body.request_id, sent[1].body.request_id)
  assert.equal(saving.phase, 'saved')
  assert.deepEqual([place.record, place.rev], ['7', 2])
})

test('what is typed while the answer is under way is not wiped by it', async () => {
  let answer
  const { saving, model, outbox, type, sent } = opened([() => new Promise((done) => (answer = done))])
  type('場所', '見本町')
  await saving.press()
  await new Promise((done) => setTimeout(done, 5))
  type('内容', '途中')
  answer(accept(sent[0]))
  await outbox.flush()
  assert.equal(model.values.内容, '途中')
  assert.equal(model.isNew, false)
  assert.equal(saving.phase, 'typing')
  assert.deepEqual(model.toSend(), { 内容: '途中' })
})

test('the draft goes when the entry is in the outbox, and comes back when the server refuses', async () => {
  const { saving, drafts, entries, outbox, happened, draft, type } = opened([
    { kind: 'invalid', problem: { errors: [{ path: '場所', code: 'x', text: 'だめ' }] } },
  ])
  type('場所', '見本町')
  await draft.flush()
  assert.equal((await drafts.all()).length, 1)
  await saving.press()
  await outbox.flush()
  await draft.flush()
  assert.equal((await entries.all()).length, 0)
  assert.equal((await drafts.all()).length, 1)
  assert.equal(happened[0][0], 'refused')
  assert.equal(happened[0][1][0].text, 'だめ')
})

test('a corrected submission has a new request id', async () => {
  const { saving, sent, outbox, type } = opened([{ kind: 'invalid', problem: { errors: [] } }, accept])
  type('場所', '見本町')
  await saving.press()
  await outbox.flush()
  type('場所', '例示町')
  await saving.press()
  await outbox.flush()
  assert.equal(new Set(sent.map((entry) => entry.body.request_id)).size, 2)
  assert.equal(saving.phase, 'saved')
})

test('a change carries the revision and only what changed; a collision is told with both values, and nothing is lost', async () => {
  const current = { rev: 5, values: { 場所: '例示町', 内容: '側溝' } }
  const { saving, model, sent, outbox, happened, type } = opened([{ kind: 'conflict', problem: { current } }], {
    record: { 場所: '見本町', 内容: '側溝' },
    rev: 4,
  })
  type('場所', '見本町2丁目')
  await saving.press()
  await outbox.flush()
  assert.equal(sent[0].method, 'PATCH')
  assert.deepEqual(sent[0].body.values, { 場所: '見本町2丁目' })
  assert.equal(sent[0].body.rev, 4)
  const [name, now] = happened[0]
  assert.equal(name, 'conflict')
  assert.deepEqual(
    compare(model, now.values).both.map(({ name, before, mine, theirs }) => [name, before, mine, theirs]),
    [['場所', '見本町', '見本町2丁目', '例示町']],
  )
  assert.equal(model.values.場所, '見本町2丁目')
})

test('the measured time runs from opening to saving', async () => {
  const { saving, sent, outbox, type } = opened([accept])
  const before = saving.openedAt
  type('場所', '見本町')
  await saving.press()
  await outbox.flush()
  assert.equal(sent[0].body.opened_at, before)
})

test('signed out: the entry is kept and the form says what to do', async () => {
  const { saving, outbox, entries, type } = opened([{ kind: 'signed_out' }])
  type('場所', '見本町')
  await saving.press()
  await outbox.flush()
  assert.equal(saving.signedOut, true)
  assert.equal((await entries.all()).length, 1)
})

test('saving an untouched record sends nothing and says so', async () => {
  const { saving, sent } = opened([accept], { record: { 場所: '見本町' }, rev: 4 })
  await saving.press()
  assert.equal(sent.length, 0)
  assert.equal(saving.phase, 'unchanged')
})

test('the form of an action says which revision was seen, and a conflict is told in words: there is nothing to merge', async () => {
  const problem = { current: { rev: 4, values: {} }, errors: [], detail: 'ほかの人が先に変更しました。' }
  const { saving, sent, outbox, happened, type } = opened([{ kind: 'conflict', problem }], { rev: 3 })
  type('場所', '見本町')
  await saving.press()
  await outbox.flush()
  assert.deepEqual([sent[0].method, sent[0].body.rev], ['POST', 3])
  assert.deepEqual(happened, [['refused', [], problem.detail]])
})

test('the time in which a draft lay closed is not counted as work', async () => {
  const { saving, sent, outbox, model } = opened([accept])
  const now = new Date('2026-11-20T03:00:00Z')
  saving.now = () => now
  const draft = { values: { 場所: '見本町' }, before: {}, rev: null, openedAt: '2026-11-20T01:00:00Z' }
  saving.goOnWith({ ...draft, savedAt: '2026-11-20T01:04:00Z' })
  assert.equal(model.values.場所, '見本町')
  await saving.press()
  await outbox.flush()
  assert.equal(sent[0].body.opened_at, '2026-11-20T02:56:00.000Z')
})

test('what is sent beside the answers stands in the same sending', async () => {
  const { saving, sent, outbox, type } = opened([accept])
  type('場所', '見本町')
  await saving.press({ same_as: 'earlier' })
  await outbox.flush()
  assert.deepEqual([sent.length, sent[0].body.same_as, sent[0].body.values.場所], [1, 'earlier', '見本町'])
})

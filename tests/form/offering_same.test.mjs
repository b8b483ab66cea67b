/** The same change for the household: each record sent by itself, each answer told. */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { useOfferingSame } from '../../apps/form/offering_same.js'

const SAVED = { id: 'taro', rev: 2, title: '168 1 見本 太郎' }

function offer(ids) {
  const records = ids.map((id) => ({ id, rev: 1, title: id, now: '額谷', values: { 居場所: 'キゴ' } }))
  return { field: '居場所', label: '居場所', to: '同じ世帯', by: '受付番号', group: 168, text: 'キゴ', records, more: 0 }
}

/** An entry whose server answers by record id; what was sent is kept. */
function household(answers, ids = Object.keys(answers)) {
  const sent = []
  const heard = []
  const entry = {}
  const api = {
    recordsUrl: (app, id) => `/${app}/${id}`,
    send: async ({ url, body }) => {
      sent.push({ id: url.split('/').at(-1), ...body })
      return answers[url.split('/').at(-1)].shift()
    },
  }
  const told = (name, answer) => heard.push([name, answer.id])
  Object.assign(entry, useOfferingSame(entry, { settings: { form: { app: 'evacuees' } }, api, told }))
  entry.offerSame({ ...SAVED, offers: [offer(ids)] })
  return { entry, sent, heard, records: entry.offering.offers[0].records }
}

const accepted = { kind: 'accepted', answer: { rev: 2, notes: [] } }

test('without an offer the page goes on at once; with one it waits for the person', () => {
  const { entry, heard } = household({ hanako: [] })
  assert.deepEqual(heard, [])
  entry.endOffering()
  assert.deepEqual(heard, [['saved', 'taro']])
  entry.offerSame({ ...SAVED, offers: [] })
  assert.equal(heard.length, 2)
})

test('only the ticked records are sent, each with its own revision and request id', async () => {
  const { entry, sent, records } = household({ hanako: [accepted], jiro: [accepted], saburo: [] })
  records[0].chosen = records[1].chosen = true
  await entry.applySame()
  assert.deepEqual(sent.map(({ id, rev }) => [id, rev]), [['hanako', 1], ['jiro', 1]])
  assert.notEqual(sent[0].request_id, sent[1].request_id)
  assert.deepEqual(records.map(({ state }) => state), ['changed', 'changed', 'open'])
})

test('a conflict and a refusal are named, and stop nobody else', async () => {
  const refusal = { kind: 'invalid', problem: { errors: [{ path: '退所先', text: '退所先を入力してください。' }] } }
  const { entry, records } = household({ hanako: [{ kind: 'conflict' }], jiro: [refusal], saburo: [accepted] })
  for (const record of records) record.chosen = true
  await entry.applySame()
  assert.deepEqual(
    records.map(({ state, told }) => [state, ...told]),
    [['refused', 'ほかの人が先にこの記録を変更しました。'], ['refused', '退所先を入力してください。'], ['changed']],
  )
})

test('what did not arrive is sent again under the same request id', async () => {
  const { entry, sent, records } = household({ hanako: [{ kind: 'unreachable' }, accepted] })
  records[0].chosen = true
  await entry.applySame()
  assert.equal(records[0].state, 'unsent')
  await entry.applySame()
  assert.equal(sent[0].request_id, sent[1].request_id)
  assert.equal(records[0].state, 'changed')
})

/** After a save: the same change for the rest of the household, each record by itself, each answer told. */

import { requestId } from './request_id.js'
import { plain } from './same.js'

const LATER = new Set(['unreachable', 'unknown', 'signed_out'])

/**
 * entry.offering: null, or {answer, offers, sending}: the answer of the save, and its offers. Their records gain
 * {chosen, state: 'open' | 'changed' | 'refused' | 'unsent', told: [text], requestId}.
 *
 * told('saved', answer) waits until the person is through: the page around the form goes on to the next screen then.
 */
export function useOfferingSame(entry, { settings, api, told }) {
  function send(offer, record) {
    record.requestId ??= requestId()
    const body = { request_id: record.requestId, rev: record.rev, values: plain(record.values) }
    return api.send({ method: 'PATCH', url: api.recordsUrl(settings.form.app, record.id), body })
  }

  /** A record may stand in two offers: what this one changed, the other has to know. */
  function changedNow(id, rev) {
    for (const offer of entry.offering.offers)
      for (const record of offer.records) if (record.id === id && record.state === 'open') record.rev = rev
  }

  return {
    offerSame(answer) {
      const offers = plain(answer.offers ?? [])
      if (!offers.length) return told('saved', plain(answer))
      for (const { records } of offers)
        for (const record of records) Object.assign(record, { chosen: false, state: 'open', told: [] })
      entry.offering = { answer: plain(answer), offers, sending: false }
    },
    async applySame() {
      entry.offering.sending = true
      for (const offer of entry.offering.offers) {
        for (const record of offer.records.filter(isWaiting)) {
          const outcome = await send(offer, record)
          Object.assign(record, become(outcome))
          if (record.state === 'changed') changedNow(record.id, outcome.answer.rev)
        }
      }
      entry.offering.sending = false
    },
    endOffering() {
      const { answer } = entry.offering
      entry.offering = null
      told('saved', answer)
    },
  }
}

/** Chosen, and not yet answered for good. */
export function isWaiting({ chosen, state }) {
  return chosen && (state === 'open' || state === 'unsent')
}

/** What became of one record: {state, told}. A refusal names every reason; nothing is passed over in silence. */
export function become({ kind, answer, problem }) {
  if (kind === 'accepted') return { state: 'changed', told: (answer.notes ?? []).map(({ text }) => text) }
  if (kind === 'signed_out') return { state: 'unsent', told: ['サインインし直してから、もう一度送ってください。'] }
  if (LATER.has(kind)) return { state: 'unsent', told: [problem?.detail || 'サーバーに届きませんでした。'] }
  if (kind === 'conflict') return { state: 'refused', told: ['ほかの人が先にこの記録を変更しました。'] }
  const reasons = (problem?.errors ?? []).map(({ text }) => text)
  return { state: 'refused', told: reasons.length ? reasons : [problem?.detail || problem?.title || '受け付けられませんでした。'] }
}

/** One press of 「保存する」 from the check to the server's answer. Knows values, draft and outbox, but no screen. */

import { refusals } from './checks.js'
import { sameButSent } from './files.js'
import { requestId } from './request_id.js'
import { plain } from './same.js'

/**
 * phase: 'still' (nothing typed), 'typing', 'sending', 'waiting' (written down, not yet
 * acknowledged), 'saved', 'unchanged' (saving an untouched record would change nothing).
 * Everything that the screen shows is a plain property, so that Vue's `reactive` can watch an instance.
 *
 * happened(name, what): 'refused' ([{path, code, text}], detail), 'conflict' (the record as it is now: {rev, values}), 'saved' (answer).
 */
export class Saving {
  constructor({ model, draft, outbox, place, happened, beganAt = '', now = () => new Date() }) {
    Object.assign(this, { model, draft, outbox, place, happened, now })
    this.phase = 'still'
    this.draftAt = null
    this.savedAt = null
    this.signedOut = false
    this.trouble = ''
    this.sent = null
    this.openedAt = beganAt || now().toISOString()
  }

  /** Begin to hear what becomes of entries (not in the constructor: `this` may be wrapped by then). */
  start() {
    this.ending = this.outbox.listen((entry, outcome) => this.heard(entry, outcome))
    return this
  }

  /** Something was typed: it is unsaved, and its draft will follow. */
  typed() {
    if (this.phase !== 'sending') this.phase = this.sent ? 'waiting' : 'typing'
    this.draft.keep(this.snapshot())
  }

  /** All that is needed to go on later: what was typed, on which record, since when. */
  snapshot() {
    const { values, before } = this.model
    return { values: plain(values), before: plain(before), rev: this.place.rev, openedAt: this.openedAt }
  }

  /**
   * Go on with an earlier snapshot. Where the record has changed since, the snapshot stands on its old record and
   * revision, so that it cannot overwrite anything: answers the record it has to be merged with, or null.
   * The time between savedAt (of a draft) and now was no work on it and is not measured as such.
   */
  goOnWith({ values, before, rev, openedAt, savedAt }) {
    const current = { rev: this.place.rev, values: plain(this.model.before) }
    const isOutdated = !this.model.isNew && rev !== this.place.rev
    if (isOutdated) {
      this.place.rev = rev
      this.model.accept(before)
    }
    this.model.load(values)
    this.openedAt = savedAt ? withoutPause(openedAt, savedAt, this.now()) : openedAt
    this.typed()
    return isOutdated ? current : null
  }

  get isUnsaved() {
    return this.model.isTouched && (!this.sent || this.movedOn())
  }

  /**
   * The button. Three presses on a slow line are one press: while it is sending there is nothing more to do.
   * more: what is sent beside the answers ({same_as}).
   */
  async press(more = {}) {
    if (this.phase === 'sending') return
    const mistakes = refusals(this.model)
    if (mistakes.length) {
      this.happened('refused', mistakes)
      return
    }
    if (this.sent && !this.movedOn()) {
      this.phase = 'sending'
      await this.outbox.hurry()
      if (this.phase === 'sending') this.phase = this.sent ? 'waiting' : 'saved'
    } else if (!this.model.isNew && !this.model.isTouched) {
      this.phase = this.savedAt ? 'saved' : 'unchanged'
      await this.outbox.hurry()
    } else {
      await this.submit(more)
    }
  }

  /** Write the answers into the outbox; once they are there, the draft has done its work. */
  async submit(more) {
    this.phase = 'sending'
    const entry = this.entry(more)
    this.sent = { id: entry.id, answers: this.model.answers(), follows: entry.follows }
    try {
      await this.outbox.put(entry)
      await this.draft.forget()
    } catch (error) {
      this.phase = 'typing'
      this.sent = null
      throw error
    }
  }

  /** What is typed after an unanswered save follows it under an id of its own (see outbox.js). */
  entry(more) {
    const before = this.sent?.follows ? { id: this.sent.follows } : this.sent
    const id = this.sent?.follows ? this.sent.id : requestId()
    const isNew = this.model.isNew
    const body = {
      request_id: id,
      values: this.model.toSend(),
      opened_at: this.openedAt,
      version: this.model.form.version,
      ...more,
    }
    if (this.place.rev !== null) body.rev = this.place.rev // the form of an action knows it too
    return {
      id,
      app: this.model.form.app,
      record: this.place.record,
      slot: this.place.slot,
      form: this.place.form,
      title: this.model.form.title,
      madeAt: this.now().toISOString(),
      method: isNew ? 'POST' : 'PATCH',
      url: this.place.url(),
      body,
      snapshot: this.snapshot(),
      follows: before?.id ?? null,
    }
  }

  async heard(entry, outcome) {
    if (entry.slot !== this.place.slot) return
    if (outcome.kind === 'accepted') await this.accepted(entry, outcome.answer)
    else if (['unreachable', 'unknown', 'signed_out'].includes(outcome.kind)) this.later(outcome)
    else await this.refused(entry, outcome)
  }

  async accepted(entry, answer) {
    const isLast = this.sent?.id === entry.id
    const typedSince = isLast ? this.typedSince() : {}
    this.place.record = answer.id
    this.place.rev = answer.rev
    this.signedOut = false
    if (!isLast) {
      this.model.isNew = false
      return
    }
    this.sent = null
    this.model.accept(answer.values)
    for (const [name, value] of Object.entries(typedSince)) this.model.set(name, value)
    this.savedAt = this.now().toISOString()
    this.openedAt = this.savedAt
    this.phase = Object.keys(typedSince).length ? 'typing' : 'saved'
    // A change that was kept between the press and the answer, and is part of what was saved, is no draft any more.
    if (this.phase === 'saved') await this.draft.forget()
    this.happened('saved', answer)
  }

  later({ kind, problem }) {
    this.signedOut = kind === 'signed_out'
    this.trouble = kind === 'unknown' ? (problem?.detail ?? '') : ''
    this.phase = 'waiting'
  }

  /** The values are still in the form, so the outbox need not keep them; the draft does again. */
  async refused(entry, outcome) {
    for (const each of await this.outbox.entries((other) => other.slot === this.place.slot))
      await this.outbox.remove(each.id)
    this.sent = null
    this.phase = 'typing'
    this.typed()
    if (outcome.kind === 'conflict' && outcome.problem?.current && !this.model.isNew) {
      this.happened('conflict', outcome.problem.current)
    } else {
      this.happened('refused', outcome.problem?.errors ?? [], outcome.problem?.detail ?? outcome.problem?.title ?? '')
    }
  }

  /** Go on from the record as it is now: theirs underneath, the merged answers on top. */
  goOnFrom(current, values) {
    this.place.rev = current.rev
    this.model.accept(current.values)
    this.model.load(values)
    this.typed()
  }

  /** The person gave up their own changes for the other person's. */
  async takeTheirs(current) {
    this.place.rev = current.rev
    this.model.accept(current.values)
    this.phase = 'still'
    await this.draft.forget()
  }

  movedOn() {
    return Object.keys(this.typedSince()).length > 0
  }

  /** Answers that changed since the last press. */
  typedSince() {
    const now = this.model.answers()
    const names = this.model.askedNow().filter((name) => !sameButSent(now[name], this.sent.answers[name]))
    return Object.fromEntries(names.map((name) => [name, now[name]]))
  }

  stop() {
    this.ending?.()
  }
}

/** The moment of opening as if work had gone on at once: openedAt, later by the pause from savedAt to now. */
function withoutPause(openedAt, savedAt, now) {
  return new Date(new Date(openedAt).getTime() + Math.max(0, now - new Date(savedAt))).toISOString()
}

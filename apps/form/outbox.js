/** What is sent is written down first and sent again until the server has answered; reloads and restarts change nothing. */

import { plain } from './same.js'

const FIRST_WAIT = 2_000
const LONGEST_WAIT = 60_000
const AGAIN = new Set(['unreachable', 'unknown', 'signed_out'])

/**
 * An entry: {id (the request id), user, app, record, slot, madeAt, method, url, body, follows, state, outcome}.
 * state: 'waiting' or 'refused'. `follows` names the entry whose answer gives this one its record and revision: what is
 * typed after an unanswered save must not travel under that save's request id, for the server may already have it.
 *
 * takes(entry): whether the entry goes this way; photos that come after their record have a way of their own.
 * send(entry) -> outcome as in api.js. heard(entry, outcome) is called after every attempt.
 */
export class Outbox {
  constructor({
    store,
    user,
    send,
    takes = (entry) => !entry.photo,
    setTimer = (...timer) => setTimeout(...timer),
    clearTimer = (timer) => clearTimeout(timer),
  }) {
    Object.assign(this, { store, user, send, takes, setTimer, clearTimer })
    this.listeners = new Set()
    this.wait = FIRST_WAIT
    this.timer = null
    this.round = null
  }

  listen(listener) {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Write an entry down and try to send it. Resolves when it is written; its fate is heard by listeners. */
  async put(entry) {
    await this.store.put(entry.id, plain({ ...entry, user: this.user, state: 'waiting' }))
    this.hurry()
  }

  /** This person's entries, oldest first. */
  async entries(wanted = () => true) {
    const mine = (await this.store.all())
      .map(([, entry]) => entry)
      .filter((entry) => entry.user === this.user && this.takes(entry) && wanted(entry))
    return mine.sort((one, other) => one.madeAt.localeCompare(other.madeAt))
  }

  waiting() {
    return this.entries((entry) => entry.state === 'waiting')
  }

  remove(id) {
    return this.store.remove(id)
  }

  /** Try now: a line came back, a person pressed the button, a page was opened. */
  hurry() {
    this.wait = FIRST_WAIT
    return this.flush()
  }

  /** One round over all waiting entries; a second call joins or follows the round under way. */
  flush() {
    this.clearTimer(this.timer)
    this.asked = true
    this.round ??= this.rounds().finally(() => (this.round = null))
    return this.round
  }

  async rounds() {
    while (this.asked) {
      this.asked = false
      const isOpen = await this.sendAll()
      if (isOpen && !this.asked) this.later()
    }
  }

  async sendAll() {
    for (const { id } of await this.waiting()) {
      const entry = await this.store.get(id)
      if (!entry || entry.state !== 'waiting' || entry.follows) continue
      const outcome = await this.send(entry)
      await this.settle(entry, outcome)
      if (AGAIN.has(outcome.kind)) return true
    }
    return false
  }

  async settle(entry, outcome) {
    if (outcome.kind === 'accepted') {
      for (const next of await this.entries((each) => each.follows === entry.id)) {
        await this.store.put(next.id, after(next, entry, outcome.answer))
        this.asked = true
      }
      await this.store.remove(entry.id)
    } else if (!AGAIN.has(outcome.kind)) {
      const refused = await this.entries((each) => each.id === entry.id || each.follows === entry.id)
      for (const each of refused) await this.store.put(each.id, plain({ ...each, state: 'refused', outcome }))
    }
    for (const listener of [...this.listeners]) await listener(entry, outcome)
  }

  later() {
    this.timer = this.setTimer(() => this.flush(), this.wait)
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT)
  }

  stop() {
    this.clearTimer(this.timer)
    this.asked = false
  }
}

/** The follower of an accepted entry: now it knows which record, and which revision, it changes. */
function after(next, entry, answer) {
  const isNew = entry.method === 'POST'
  return {
    ...next,
    follows: null,
    record: answer.id,
    method: 'PATCH',
    url: isNew ? `${entry.url}/${encodeURIComponent(answer.id)}` : entry.url,
    body: { ...next.body, rev: answer.rev },
  }
}

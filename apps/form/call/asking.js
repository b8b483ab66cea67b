/** Questions to the server beside what is typed: they wait for a pause, the newest answer counts, and typing never waits. */

const PAUSE = 350

/**
 * ask(question) -> outcome of the API. answer: what came last (null before, and after a blank question). isOut: whether the
 * server could not be asked; then the same question is asked again with the next change. Plain properties, so that Vue's
 * `reactive` can watch an instance.
 */
export class Asking {
  constructor(ask, { wait = PAUSE, setTimer = (...timer) => setTimeout(...timer), clearTimer = (timer) => clearTimeout(timer) } = {}) {
    Object.assign(this, { ask, wait, setTimer, clearTimer })
    this.answer = null
    this.isOut = false
    this.timer = null
    this.turn = 0
    this.last = 'null'
  }

  /** Ask when nothing more is typed for a moment. question: null asks nothing and forgets the answer. */
  soon(question) {
    this.clearTimer(this.timer)
    this.timer = this.setTimer(() => this.now(question), this.wait)
  }

  async now(question) {
    const asked = JSON.stringify(question)
    if (asked === this.last) return
    this.last = asked
    const mine = (this.turn += 1)
    const outcome = question === null ? { kind: 'accepted', answer: null } : await this.ask(question)
    if (mine !== this.turn) return
    this.isOut = outcome.kind !== 'accepted'
    if (this.isOut) this.last = ''
    else this.answer = outcome.answer
  }

  /** What is under way is not heard any more. */
  stop() {
    this.clearTimer(this.timer)
    this.turn += 1
  }
}

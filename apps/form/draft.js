/** What is typed but not yet sent, kept in the browser so that a reload, a dropped line or a restart loses nothing. */

const WAIT = 400
/** Long enough for the longest string of holidays, short enough that personal data does not lie about. */
const KEPT_DAYS = 14

/**
 * The draft of one open form. A form writes into its own slot: what was typed earlier stays untouched until the person
 * has chosen between going on with it and throwing it away.
 *
 * `written` is called with the time of each write.
 */
export class Draft {
  constructor({ store, user, app, record, slot, now = () => new Date(), written = () => {}, failed = () => {} }) {
    Object.assign(this, { store, app, record, slot, now, written, failed })
    this.belongsTo(user)
    this.timer = null
    this.pending = null
    this.writing = Promise.resolve()
  }

  belongsTo(user) {
    this.prefix = draftPrefix(user, this.app, this.record)
    this.key = this.prefix + this.slot
  }

  /** The draft of another person from now on, with `content` in it unless null; the one before leaves nothing behind. */
  handTo(user, content) {
    const before = this.key
    this.belongsTo(user)
    this.then(() => this.store.remove(before))
    if (content !== null) this.keep(content)
  }

  /** Keep `content` ({values, openedAt, rev}) soon; later calls within the wait replace it. */
  keep(content) {
    this.pending = content
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.flush(), WAIT)
  }

  /** Write at once what is waiting: the page is being left. */
  flush() {
    clearTimeout(this.timer)
    const content = this.pending
    this.pending = null
    if (content === null) return this.writing
    const savedAt = this.now().toISOString()
    return this.then(async () => {
      await this.store.put(this.key, { ...content, savedAt })
      this.written(savedAt)
    })
  }

  /** Forget this form's draft: it was saved, sent to the outbox, or thrown away. */
  forget() {
    clearTimeout(this.timer)
    this.pending = null
    return this.then(() => this.store.remove(this.key))
  }

  /** The newest draft that an earlier opening of the same form left behind, or null. */
  async earlier() {
    return (await this.others())[0]?.content ?? null
  }

  async forgetEarlier() {
    for (const { key } of await this.others()) await this.store.remove(key)
  }

  /** What other openings of the same form left behind, the newest first: [{key, content}]. */
  async others() {
    const drafts = (await this.store.all()).filter(([key]) => key.startsWith(this.prefix) && key !== this.key)
    return drafts
      .map(([key, content]) => ({ key, content }))
      .sort((one, other) => other.content.savedAt.localeCompare(one.content.savedAt))
  }

  forgetOther(key) {
    return this.then(() => this.store.remove(key))
  }

  /** Nothing more is kept: the person has given up what is typed. */
  stop() {
    clearTimeout(this.timer)
    this.pending = null
    this.keep = () => {}
  }

  then(step) {
    this.writing = this.writing.then(step).catch((error) => this.failed(error))
    return this.writing
  }
}

export function draftPrefix(user, app, record) {
  return JSON.stringify([user, app, record ?? 'new']) + '/'
}

export async function draftsOf(store, user) {
  const keys = (await store.all()).map(([key]) => key)
  return keys.filter((key) => JSON.parse(key.slice(0, key.lastIndexOf(']') + 1))[0] === user)
}

export async function forgetDraftsOf(store, user) {
  for (const key of await draftsOf(store, user)) await store.remove(key)
}

export async function forgetOldDrafts(store, now = new Date()) {
  const oldest = new Date(now.getTime() - KEPT_DAYS * 86_400_000).toISOString()
  for (const [key, draft] of await store.all()) if (draft.savedAt < oldest) await store.remove(key)
}

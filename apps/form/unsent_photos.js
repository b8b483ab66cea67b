/** Photos whose record is saved and that are still on their way: on every page, whatever form they came from. */

import { Api } from './api.js'
import { openStores } from './browser_store.js'
import { LATE_PHOTOS, sendLatePhoto } from './late_photos.js'
import { Outbox } from './outbox.js'

const UNREACHED = '電波が戻ると送ります。'

/** who(): the account at this moment, '' when nobody is signed in. place: an empty element of the page. */
export async function watchUnsentPhotos({ who, place, prefix }) {
  const stores = await openStores()
  const api = new Api({ base: `${prefix}/api/v1` })
  const shares = new Map()
  const send = (entry) =>
    sendLatePhoto(entry, stores, api, (share) => {
      shares.set(entry.id, share)
      show()
    })
  const outbox = new Outbox({ store: stores.outbox, user: who(), send, takes: (entry) => Boolean(entry.photo) })
  const list = new List(place, prefix, {
    again: async (entry) => {
      await stores.outbox.put(entry.id, { ...entry, state: 'waiting', outcome: null })
      hurry()
    },
    giveUp: async (entry) => {
      await outbox.remove(entry.id)
      await stores.files.remove(entry.photo.local)
      show()
    },
  })
  async function show() {
    list.draw(await outbox.entries(), shares)
  }
  async function hurry() {
    outbox.user = who()
    await show()
    await outbox.hurry()
  }
  outbox.listen(async (entry) => {
    shares.delete(entry.id)
    await show()
  })
  window.addEventListener(LATE_PHOTOS, hurry)
  window.addEventListener('online', hurry)
  await hurry()
}

/** What stands on the page: nothing while nothing waits. */
class List {
  constructor(place, prefix, deeds) {
    Object.assign(this, { place, prefix, deeds, lines: new Map() })
  }

  draw(entries, shares) {
    const here = new Set(entries.map(({ id }) => id))
    for (const [id, line] of this.lines) if (!here.has(id)) this.takeAway(id, line)
    this.place.hidden = !entries.length
    if (!entries.length) return
    this.begin(entries.length)
    for (const entry of entries) this.line(entry).show(entry, shares.get(entry.id))
  }

  begin(count) {
    this.title ??= this.place.appendChild(made('h2', 'unsent-title', '', { role: 'status' }))
    this.list ??= this.place.appendChild(made('ul', 'unsent-list'))
    const text = `まだ送っていない写真が${count}枚あります。登録した内容は、もう届いています。`
    if (this.title.textContent !== text) this.title.textContent = text
  }

  line(entry) {
    if (!this.lines.has(entry.id)) this.lines.set(entry.id, new Line(this.list, this.prefix, entry, this.deeds))
    return this.lines.get(entry.id)
  }

  takeAway(id, line) {
    line.element.remove()
    this.lines.delete(id)
  }
}

class Line {
  constructor(list, prefix, entry, deeds) {
    this.element = list.appendChild(made('li', 'unsent-photo'))
    const record = `${prefix}/apps/${encodeURIComponent(entry.app)}/records/${encodeURIComponent(entry.record)}`
    this.element.append(made('a', '', entry.title || entry.photo.name, { href: record }))
    this.fate = this.element.appendChild(made('span', 'unsent-fate'))
    this.bar = this.element.appendChild(made('progress', 'unsent-bar', '', { max: 1, ariaLabel: entry.photo.name }))
    this.again = this.element.appendChild(made('button', 'button outline', 'もう一度送る', { type: 'button' }))
    this.drop = this.element.appendChild(made('button', 'button plain', '送らない', { type: 'button' }))
    this.again.addEventListener('click', () => deeds.again(this.entry))
    this.drop.addEventListener('click', () => this.isSure() && deeds.giveUp(this.entry))
  }

  show(entry, share) {
    this.entry = entry
    const isRefused = entry.state === 'refused'
    this.fate.textContent = isRefused ? reason(entry.outcome) : share === undefined ? UNREACHED : '送信中'
    this.bar.hidden = isRefused || share === undefined
    if (share !== undefined) this.bar.value = share
    this.again.hidden = !this.bar.hidden
    this.drop.hidden = !isRefused
  }

  /** The photo is on this device only: a second press is the answer. */
  isSure() {
    const isSecond = this.drop.dataset.asked !== undefined
    this.drop.dataset.asked = ''
    this.drop.textContent = '写真を消します。もう一度押してください'
    return isSecond
  }
}

function reason(outcome) {
  const told = outcome?.problem
  return told?.errors?.[0]?.text ?? told?.detail ?? '送れませんでした。'
}

function made(name, className, text = '', more = {}) {
  return Object.assign(document.createElement(name), { className, textContent: text, ...more })
}

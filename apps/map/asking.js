/** Questions to the API of which only the last answer counts: a map is moved faster than a server answers. */

export class Asking {
  #api
  #last = new Map()

  constructor(api) {
    this.#api = api
  }

  /** Answers { found, problem }, or { outdated: true } when another question of its kind came after it. */
  async ask(query, parts, kind) {
    // An answer that nobody waits for costs less than a call that is broken off, which the server's log takes for a fault.
    const mine = (this.#last.get(kind) ?? 0) + 1
    this.#last.set(kind, mine)
    const answer = await asked(`${this.#api}?${query}&${new URLSearchParams(parts)}`)
    return this.#last.get(kind) === mine ? answer : { outdated: true }
  }

  /** What an address answers, null when it does not. */
  async read(address) {
    return (await asked(address)).found
  }
}

async function asked(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: 'application/json' } })
    const told = await answer.json()
    if (answer.ok) return { found: told, problem: '' }
    return { found: null, problem: told.detail || told.title || '地図を読み込めませんでした。' }
  } catch {
    return { found: null, problem: 'サーバーに接続できません。つながったら、地図を動かすか、読み込み直してください。' }
  }
}

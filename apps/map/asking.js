/** Questions to the API of which only the last answer counts: a map is moved faster than a server answers. */

export class Asking {
  #api
  #running = new Map()

  constructor(api) {
    this.#api = api
  }

  /** Answers { found, problem }, or { outdated: true } when another question of its kind came after it. */
  async ask(query, parts, kind) {
    this.#running.get(kind)?.abort()
    const mine = new AbortController()
    this.#running.set(kind, mine)
    const more = new URLSearchParams(parts)
    try {
      const answer = await fetch(`${this.#api}?${query}&${more}`, { signal: mine.signal, headers: { Accept: 'application/json' } })
      const told = await answer.json()
      if (answer.ok) return { found: told, problem: '' }
      return { found: null, problem: told.detail || told.title || '地図を読み込めませんでした。' }
    } catch {
      if (mine.signal.aborted) return { outdated: true }
      return { found: null, problem: 'サーバーに接続できません。つながったら、地図を動かすか、読み込み直してください。' }
    }
  }

  /** What an address answers, null when it does not. */
  async read(address) {
    try {
      const answer = await fetch(address, { headers: { Accept: 'application/json' } })
      return answer.ok ? await answer.json() : null
    } catch {
      return null
    }
  }

  stop() {
    for (const each of this.#running.values()) each.abort()
  }
}

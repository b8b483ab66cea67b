/** Talks to the server and turns whatever happens into one of a few named outcomes. */

/** Long enough for a slow line, short enough that the person learns of trouble. */
const PATIENCE = 20_000
const FILE_PATIENCE = 120_000

const REFUSALS = { 401: 'signed_out', 403: 'forbidden', 404: 'not_found', 409: 'conflict', 422: 'invalid' }

/**
 * Outcome: {kind, answer?, problem?}. kind: 'accepted'; 'invalid', 'conflict', 'forbidden', 'not_found', 'refused' (the
 * server judged: sending the same again is useless); 'signed_out', 'unreachable', 'unknown' (send the same again later).
 */
export class Api {
  constructor({ base = '/api/v1', fetch = globalThis.fetch.bind(globalThis), upload = uploaded } = {}) {
    this.base = base
    this.fetch = fetch
    this.upload = upload
  }

  send({ method, url, body }) {
    return this.ask(
      url,
      { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } },
      PATIENCE,
    )
  }

  read(path, query = {}) {
    const search = new URLSearchParams(
      Object.entries(query).filter(([, value]) => value !== undefined && value !== null),
    )
    return this.ask(`${this.base}${path}${search.size ? `?${search}` : ''}`, {}, PATIENCE)
  }

  readRecord(app, record) {
    return this.ask(this.recordsUrl(app, record), {}, PATIENCE)
  }

  /** Send a file; answers {blob, name, type, size}. progress(share): 0 to 1. */
  async sendFile(file, name, progress = () => {}) {
    const body = new FormData()
    body.append('file', file, name)
    try {
      return await outcome(await this.upload(`${this.base}/files`, body, progress))
    } catch {
      return { kind: 'unreachable' }
    }
  }

  recordsUrl(app, record = null) {
    const records = `${this.base}/apps/${encodeURIComponent(app)}/records`
    return record === null ? records : `${records}/${encodeURIComponent(record)}`
  }

  fileUrl(blob, { small = false } = {}) {
    return `${this.base}/files/${encodeURIComponent(blob)}${small ? '?thumb=1' : ''}`
  }

  /** Where the browser finds a page of the program, also behind a proxy that puts something before every address. */
  pageUrl(path) {
    return path && this.base.replace(/\/api\/v1$/, '') + path
  }

  async ask(url, options, patience) {
    let response
    try {
      response = await this.fetch(url, {
        ...options,
        credentials: 'same-origin',
        headers: { Accept: 'application/json', ...options.headers },
        signal: AbortSignal.timeout(patience),
      })
    } catch {
      return { kind: 'unreachable' }
    }
    return outcome(response)
  }
}

/** As fetch, but tells how far it is. Gives up when nothing has moved for a while, however long the whole takes. */
function uploaded(url, body, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    let timer = null
    const moved = () => {
      clearTimeout(timer)
      timer = setTimeout(() => request.abort(), FILE_PATIENCE)
    }
    request.open('POST', url)
    request.setRequestHeader('Accept', 'application/json')
    request.upload.onprogress = ({ loaded, total }) => {
      moved()
      progress(total ? loaded / total : 0)
    }
    request.onload = () => resolve(new Response(request.responseText, { status: request.status }))
    request.onerror = request.onabort = () => reject(new Error('no answer'))
    request.onloadend = () => clearTimeout(timer)
    moved()
    request.send(body)
  })
}

async function outcome(response) {
  const content = withTexts(await response.json().catch(() => null))
  if (response.ok) return content === null ? { kind: 'unknown' } : { kind: 'accepted', answer: content }
  if (response.status >= 500 || response.status === 408 || response.status === 429)
    return { kind: 'unknown', problem: content }
  return { kind: REFUSALS[response.status] ?? 'refused', problem: content ?? { status: response.status } }
}

/** The form calls what people read a text wherever it comes from; problem details call it a message. */
function withTexts(content) {
  if (!Array.isArray(content?.errors)) return content
  return { ...content, errors: content.errors.map(({ message, ...at }) => ({ ...at, text: message })) }
}

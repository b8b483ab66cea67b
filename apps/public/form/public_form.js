/** The public form in the browser: the entry form, then the receipt; and looking up one's own application. */

import { mountEntryForm } from 'madoguchi/mount'

const settings = JSON.parse(document.getElementById('settings').textContent)
const place = document.getElementById('place')
const { words } = settings
const RECEIPT = `madoguchi-receipt/${settings.form}`

if (settings.page === 'form') drawForm()
else drawQuestion({ asksCode: settings.page !== 'line', needsCode: settings.page === 'own' })

/** A receipt that was not put away yet is shown again: a phone may have reloaded the page. */
function drawForm() {
  const kept = read(RECEIPT)
  if (kept) {
    drawReceipt(kept)
    return
  }
  const near = add(place, 'div')
  const element = add(place, 'div')
  const listens = settings.near ? [settings.near.location, settings.near.category] : []
  const heard = settings.near ? import('./near_reports.js').then((module) => module.nearReports(near, settings.near)) : null
  const takeAway = mountEntryForm(element, { ...settings.entry, listens }, {
    typed: async (answers) => (await heard)?.(answers),
    saved(answer) {
      takeAway()
      const receipt = { number: answer.number, code: answer.code, qr: answer.qr }
      write(RECEIPT, receipt)
      drawReceipt(receipt)
    },
  })
}

function drawReceipt({ number, code, qr }) {
  place.replaceChildren()
  document.querySelectorAll('.intro, .period, .own-link').forEach((each) => each.remove())
  const card = add(place, 'section', '', 'card receipt')
  const title = add(card, 'h2', words.done_title)
  title.tabIndex = -1
  const list = add(card, 'dl', '', 'pair')
  for (const [label, text] of [
    [words.number, number],
    [words.code, code],
  ]) {
    const line = add(list, 'div')
    add(line, 'dt', label)
    add(line, 'dd', text)
  }
  picture(card, qr)
  add(card, 'p', words.keep, 'keep')
  for (const line of (settings.done ?? '').split('\n').filter(Boolean)) add(card, 'p', line)
  const steps = add(card, 'div', '', 'steps')
  button(steps, words.print, 'button solid', () => window.print())
  const own = add(steps, 'a', words.own, 'button outline')
  own.href = settings.own
  button(steps, words.finish, 'button outline', () => {
    sessionStorage.removeItem(RECEIPT)
    location.replace(settings.form)
  })
  window.scrollTo(0, 0)
  title.focus({ preventScroll: true })
}

/** Number and code lead to one's own application; on the page of a draw, or of a status, the number alone leads on. */
function drawQuestion({ asksCode, needsCode }) {
  const form = add(place, 'form', '', 'card own')
  form.noValidate = true
  const trouble = add(form, 'div', '', 'trouble-place')
  trouble.setAttribute('role', 'alert')
  const number = question(form, 'number', words.number)
  const code = asksCode ? question(form, 'code', words.code) : null
  button(add(form, 'div', '', 'steps'), words.look_up, 'button solid', null)
  const result = add(place, 'div')
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    result.replaceChildren()
    const given = { number: number.value.trim(), ...(code && { code: code.value.trim() }) }
    if (!needsCode && !given.code) delete given.code
    if (!given.number || given.code === '') {
      complain(trouble, words.needed, given.number ? code : number)
      return
    }
    const answer = await send((given.code && settings.ownUrl) || settings.url, given)
    if (answer.trouble) complain(trouble, answer.trouble, number)
    else {
      trouble.replaceChildren()
      drawFound(result, answer, given)
    }
  })
}

function drawFound(result, { lines, qr, actions = [], done, asks }, given) {
  result.replaceChildren()
  const card = add(result, 'section', '', 'card')
  const title = add(card, 'h2', done ? words.answered : given.code ? words.own_found : (words.found ?? words.own_found))
  title.tabIndex = -1
  const list = add(card, 'dl', '', 'lines')
  for (const { label, text, photos = [] } of lines) {
    const line = add(list, 'div')
    add(line, 'dt', label)
    drawPhotos(add(line, 'dd', text), label, photos)
  }
  if (qr) picture(card, qr)
  if (asks) drawAsks(add(card, 'section', '', 'asks'), asks, given)
  if (actions.length) drawActions(add(card, 'div', '', 'steps'), result, actions, given)
  title.focus()
}

/** Small ones, of one's own photos. */
function drawPhotos(place, label, photos) {
  photos.forEach((source, index) => {
    const image = add(place, 'img', '', 'own-photo')
    image.src = source
    image.alt = `${label} ${index + 1}`
  })
}

function drawActions(steps, result, actions, given) {
  steps.replaceChildren()
  for (const action of actions) {
    const pressed = () => (action.question ? ask(steps, result, actions, action, given) : take(steps, result, action, given))
    button(steps, action.label, action.isCancel ? 'button danger' : 'button solid', pressed)
  }
}

/** Whether it was put right; who says no may tell how it is. */
function drawAsks(section, asks, given) {
  add(section, 'h3', asks.title)
  const steps = add(section, 'div', '', 'steps')
  const answer = async (well, told = '') => {
    const found = await send(settings.feedbackUrl, { ...given, well, words: told })
    section.replaceChildren()
    const text = add(section, 'p', found.trouble ?? found.text, found.trouble ? 'trouble' : 'note')
    text.tabIndex = -1
    text.focus()
  }
  button(steps, asks.well, 'button outline', () => answer(true))
  button(steps, asks.notWell, 'button outline', () => {
    if (!asks.how) return answer(false)
    steps.replaceChildren()
    const label = add(steps, 'label', asks.how)
    label.htmlFor = 'how'
    const box = add(steps, 'textarea')
    Object.assign(box, { id: 'how', rows: 4, maxLength: 1000 })
    button(steps, asks.send, 'button solid', () => answer(false, box.value))
    return box.focus()
  })
}

/** The question stands in the page, where a thumb and a screen reader find it. */
function ask(steps, result, actions, action, given) {
  steps.replaceChildren()
  const text = add(steps, 'p', action.question)
  text.tabIndex = -1
  button(steps, action.label, 'button danger', () => take(steps, result, action, given))
  button(steps, words.keep_it, 'button outline', () => drawActions(steps, result, actions, given))
  text.focus()
}

async function take(steps, result, action, given) {
  const answer = await send(settings.answerUrl, { ...given, action: action.name })
  if (!answer.trouble) {
    drawFound(result, answer, given)
    return
  }
  const trouble = add(steps, 'div', '', 'trouble-place')
  trouble.setAttribute('role', 'alert')
  add(trouble, 'p', answer.trouble, 'trouble')
}

async function send(url, given) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: JSON.stringify(given),
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      signal: AbortSignal.timeout(20_000),
    })
    const answer = await response.json()
    return response.ok ? answer : { trouble: answer.detail || words.trouble }
  } catch {
    return { trouble: words.trouble }
  }
}

function complain(trouble, text, target) {
  trouble.replaceChildren()
  add(trouble, 'p', text, 'trouble')
  target.focus()
}

/** The number as a QR code, for the reception on the day. */
function picture(parent, qr) {
  const image = add(parent, 'img', '', 'qr')
  image.src = qr
  image.alt = words.qr
}

function question(form, name, label) {
  const field = add(form, 'div', '', 'question')
  const caption = add(field, 'label', label)
  caption.htmlFor = name
  const input = add(field, 'input')
  Object.assign(input, { id: name, type: 'text', autocomplete: 'off', spellcheck: false })
  return input
}

function button(parent, text, look, pressed) {
  const made = add(parent, 'button', text, look)
  made.type = pressed ? 'button' : 'submit'
  if (pressed) made.addEventListener('click', pressed)
  return made
}

function add(parent, tag, text = '', look = '') {
  const element = document.createElement(tag)
  if (text) element.textContent = text
  if (look) element.className = look
  parent.append(element)
  return element
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key))
  } catch {
    return null
  }
}

function write(key, value) {
  try {
    sessionStorage.setItem(key, JSON.stringify(value))
  } catch {
    // A browser that keeps nothing still shows the receipt until the page is left.
  }
}

// Who sits here: covers the page when nobody has touched it, and hands it to the next person. No framework: it must work
// while the server refuses everything else. The cover is for the eyes; what counts is that the server has locked as well.

import { draw, say, wait } from './operator_dialog.js'

const place = () => document.getElementById('operator')
const told = (name) => place()?.dataset[name] ?? ''
const tabs = new BroadcastChannel('madoguchi-operator')
const TOUCHED = 'madoguchi-touched'

let dialog = null
let covered = false
let touched = Date.now()
let reported = 0

const ask = (path, body) =>
  fetch(`${told('prefix')}/api/v1/session/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
    credentials: 'same-origin',
    keepalive: body !== undefined, // a page that is just being left must not cut the request off
  })

// ---- somebody is there

function touch() {
  if (covered || !place()) return
  touched = Date.now()
  try {
    localStorage.setItem(TOUCHED, String(touched))
  } catch {} // a browser that keeps nothing locks each tab by itself
  if (touched - reported < Number(told('reported')) * 1000) return
  reported = touched
  ask('active', {}).then(
    (answer) => answer.status === 401 && refused(),
    () => {},
  )
}
for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchstart', 'input'])
  document.addEventListener(kind, touch, { capture: true, passive: true })

function lastTouch() {
  try {
    return Math.max(touched, Number(localStorage.getItem(TOUCHED)) || 0)
  } catch {
    return touched
  }
}

setInterval(() => {
  if (!covered && place() && told('idle') && Date.now() - lastTouch() >= Number(told('idle')) * 1000) lock()
}, 1000)

/** The server takes nothing from this page: locked meanwhile, or over. */
async function refused() {
  const answer = await ask('operators').catch(() => null)
  if (answer?.status === 401) location.reload()
  else if (answer?.ok && (await answer.json()).locked) cover('lock')
}

// ---- cover, and take over

/** Cover at once, then tell the server; what it hears late it has by then locked by itself. */
function lock() {
  cover('lock')
  tabs.postMessage({ locked: true })
  ask('lock', {}).catch(() => {})
}

async function cover(why) {
  if (covered && !(dialog?.dataset.why === 'switch' && why === 'lock')) return
  covered = true
  dialog?.remove()
  dialog = wait(why)
  document.body.append(dialog)
  dialog.showModal()
  await offer(why)
}

/** Draw who can be chosen; while the server does not answer, ask again. */
async function offer(why, text = '') {
  const here = dialog
  try {
    const answer = await ask('operators')
    if (here !== dialog) return
    if (answer.status === 401) return location.reload()
    const people = await answer.json()
    if (here !== dialog) return
    draw(dialog, { ...people, why }, { takeOver, uncover, lock, signOut })
    if (text) say(dialog, text)
  } catch {
    if (here !== dialog) return
    say(dialog, 'サーバーにつながりません。つながるのを待っています。')
    setTimeout(() => here === dialog && offer(why, text), 3000)
  }
}

async function takeOver(account, secret) {
  const body = { account, secret, page: String(window.clientId ?? ''), path: here() }
  let answer
  try {
    answer = await ask('operator', body)
  } catch {
    return say(dialog, 'サーバーにつながりません。もう一度押してください。')
  }
  const content = await answer.json().catch(() => ({}))
  if (!answer.ok) {
    const chosen = dialog.dataset.account
    await offer(dialog.dataset.why, content.detail ?? 'うまくいきませんでした。')
    return dialog.choose?.(chosen)
  }
  if (told('goal')) return location.replace(told('goal'))
  if (!content.switched) {
    tabs.postMessage({ locked: false })
    return uncover()
  }
  tabs.postMessage({ switched: true })
  if (tellForms(content.account, content.stays)) uncover()
  else location.reload()
}

/** Whether an open form goes on with this person; one that does not has put its draft away and lets the page go. */
function tellForms(account, stays) {
  const event = new CustomEvent('madoguchi-operator', { detail: { account, stays, kept: false } })
  window.dispatchEvent(event)
  return event.detail.kept
}

function uncover() {
  covered = false
  touched = Date.now()
  reported = 0
  dialog?.remove()
  dialog = null
  touch()
  window.dispatchEvent(new Event('online')) // what waited while the server refused it is sent now
}

/** What is typed stays on the device for the person who typed it. */
function signOut() {
  tellForms('', false)
  const form = document.createElement('form')
  form.method = 'post'
  form.action = `${told('prefix')}/sign-out`
  document.body.append(form)
  form.submit()
}

function here() {
  const path = location.pathname
  return path.startsWith(told('prefix')) ? path.slice(told('prefix').length) || '/' : path
}

tabs.onmessage = ({ data }) => {
  if (data.switched) location.reload()
  else if (data.locked) cover('lock')
  else if (covered) uncover()
}
document.addEventListener('click', (event) => {
  if (!event.target.closest('[data-operator]')) return
  if (told('shared')) cover('switch')
  else lock()
})

/** The server's page says that it is locked. */
window.screenLocked = () => cover('lock')
if (told('locked')) cover('lock')

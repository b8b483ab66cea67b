// The display in the waiting room. It shows only what it has just heard: with a broken line it says so and shows no numbers.

import { Announcer } from './announcing.js'

const TRUSTED = 12_000 // ms after which a picture is too old; the server speaks at least every 4 s
const FRESH = 15_000 // ms for which a new call stands out
const SCALES = [1, 0.8, 0.64, 0.5] // of the calls, until all of them fit on the display
const SCROLLS = 720 // px of width below which it is a phone, which scrolls

const board = document.getElementById('board')
const lost = document.getElementById('lost')
const sound = document.getElementById('sound')
const clock = document.getElementById('clock')

let heardAt = Date.now()
let known = null // calls of the last picture: 'ticket|times'
let freshUntil = new Map()
let tries = 0
let picture = null
let drawn = ''
const announcer = new Announcer((key) => known.has(key))

function connect() {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
  const socket = new WebSocket(`${scheme}://${location.host}${location.pathname.replace(/\/$/, '')}/live`)
  socket.onmessage = (event) => {
    tries = 0
    heardAt = Date.now()
    show(JSON.parse(event.data))
  }
  socket.onclose = () => {
    tries += 1
    setTimeout(connect, Math.min(10_000, 500 * 2 ** Math.min(tries, 5)))
  }
  // A line that is silent but not closed (a dead access point) is given up, so that a new one is tried.
  const begun = Date.now()
  const watch = setInterval(() => {
    if (socket.readyState > 1) clearInterval(watch)
    else if (Date.now() - Math.max(heardAt, begun) > TRUSTED) socket.close()
  }, 2000)
}

function show(now) {
  picture = now
  const calls = now.sections.flatMap((section) => section.calls.map((call) => ({ ...call, section: section.name })))
  const fresh = known ? calls.filter((call) => !known.has(keyOf(call))) : []
  known = new Set(calls.map(keyOf))
  for (const call of fresh) freshUntil.set(keyOf(call), Date.now() + FRESH)
  announcer.announce(fresh.reverse().map((call) => ({ key: keyOf(call), words: wordsOf(call) })), now.spoken)
  draw()
}

const keyOf = (call) => `${call.ticket}|${call.times}`

function draw() {
  const isLost = Date.now() - heardAt > TRUSTED
  lost.hidden = !isLost
  board.hidden = isLost
  if (isLost || !picture) return
  const stands = [...freshUntil].filter(([, until]) => until > Date.now()).map(([key]) => key)
  const now = JSON.stringify([picture, stands, innerWidth, innerHeight])
  if (now === drawn) return
  drawn = now
  board.style.setProperty('--sections', picture.sections.length)
  board.replaceChildren(...picture.sections.map(drawSection))
  fit()
}

/** Nobody scrolls a display: with many calls at once they become smaller, then stand side by side. */
function fit() {
  for (const columns of [1, 2, 3]) {
    for (const calls of board.querySelectorAll('.calls')) {
      calls.style.setProperty('--columns', Math.min(columns, calls.children.length || 1))
    }
    for (const scale of SCALES) {
      board.style.setProperty('--scale', scale)
      if (innerWidth < SCROLLS || document.documentElement.scrollHeight <= innerHeight) return
    }
  }
}

function drawSection(section) {
  const part = make('section', 'section')
  const head = make('div', 'section-head')
  head.append(make('h2', 'section-name', section.name), waitingCount(section.waiting))
  if (section.estimate) head.append(make('p', 'estimate', `待ち時間の見込み ${section.estimate}`))
  const calls = make('ul', 'calls')
  calls.append(...section.calls.map(drawCall))
  if (!section.calls.length) part.append(head, make('p', 'no-call', 'お呼びしている番号はありません'))
  else part.append(head, calls)
  const foot = make('div', 'section-foot')
  if (section.serving.length) foot.append(numbers('対応中', section.serving.map((each) => each.ticket)))
  if (section.absent.length) foot.append(numbers('お呼びしましたが不在', section.absent))
  part.append(foot)
  return part
}

function waitingCount(count) {
  const words = make('p', 'waiting')
  words.append('お待ち ', make('strong', '', String(count)), ' 人')
  return words
}

function drawCall(call) {
  const isFresh = (freshUntil.get(keyOf(call)) ?? 0) > Date.now()
  const item = make('li', isFresh ? 'call fresh' : 'call')
  item.append(make('span', 'call-number', call.ticket), make('span', 'call-counter', `${counterOf(call)}へ`))
  return item
}

function numbers(title, all) {
  const line = make('p', 'numbers')
  line.append(make('span', 'numbers-title', title), make('span', 'numbers-all', all.join('  ')))
  return line
}

function make(name, className, text = '') {
  const element = document.createElement(name)
  element.className = className
  if (text) element.textContent = text
  return element
}

// ---- sound

const counterOf = (call) => (call.counter.endsWith('窓口') ? call.counter : `${call.counter}窓口`)
const wordsOf = (call) => `${call.spoken}番の方、${counterOf(call)}へお越しください。`

function offerSound() {
  const told = () => (sound.hidden = announcer.isAllowed || !announcer.audio)
  if (announcer.audio) announcer.audio.onstatechange = told
  setTimeout(told, 300)
  sound.addEventListener('click', async () => {
    await announcer.allow()
    told()
  })
}

function tick() {
  const now = new Intl.DateTimeFormat('ja-JP', { hour: 'numeric', minute: '2-digit', timeZone: 'Asia/Tokyo' }).format(new Date())
  if (clock.textContent !== now) clock.textContent = now
}

offerSound()
connect()
tick()
setInterval(() => {
  tick()
  draw()
}, 1000)

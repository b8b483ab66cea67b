// The tickets of one visit. It shows only what it has just heard; with a broken line it keeps the numbers and says so.

const { words, tickets, here, names } = JSON.parse(document.getElementById('settings').textContent)
const ASK = 10_000 // ms of silence after which the state is asked for over plain HTTP: some networks pass no sockets
const TRUSTED = 30_000 // ms after which what was heard is too old
const FRESH = 15_000 // ms for which a new call stands out

const place = document.getElementById('tickets')
const lost = document.getElementById('lost')
const called = document.getElementById('called')
const fresh = document.getElementById('fresh')
const title = document.title

let shown = tickets
let heardAt = Date.now()
let known = new Set(callsOf(tickets))
let freshUntil = 0
let isOver = false
let socket = null
let begun = 0
let tries = 0
let audio = null
let drawn = ''

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole)
const clockTime = (moment) => {
  const form = { hour: 'numeric', minute: '2-digit', hour12: false, timeZone: 'Asia/Tokyo' }
  return new Intl.DateTimeFormat('ja-JP', form).format(moment)
}

// ---- hearing

function connect() {
  const address = new URL(`${here}/live`, location.href)
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  socket = new WebSocket(address)
  begun = Date.now()
  socket.onmessage = (event) => {
    tries = 0
    heard(JSON.parse(event.data))
  }
  socket.onclose = (event) => {
    if (event.code === 4404) ask() // the day may be over
    tries += 1
    if (!isOver) setTimeout(connect, Math.min(60_000, 1000 * 2 ** Math.min(tries, 6)))
  }
}

async function ask() {
  try {
    const answer = await fetch(`${here}/state`, { cache: 'no-store' })
    if (answer.ok) heard(await answer.json())
    else if (answer.status === 404) over()
  } catch {
    // No line at all: the page says so once it is too long ago.
  }
}

function over() {
  isOver = true
  location.reload() // the server says in words what became of it
}

function heard(now) {
  heardAt = Date.now()
  shown = now
  const calls = callsOf(now)
  if (calls.some((each) => !known.has(each))) {
    freshUntil = Date.now() + FRESH
    alarm()
  }
  known = new Set(calls)
  draw()
}

function callsOf(all) {
  return all.filter((each) => each.state === 'called').map((each) => `${each.ticket}|${each.times}`)
}

// ---- drawing

function draw() {
  const isLost = Date.now() - heardAt > TRUSTED
  document.body.classList.toggle('is-lost', isLost)
  lost.hidden = !isLost
  const told = [words.lost, words.lost_what, fill(words.lost_since, { at: clockTime(heardAt) })].join('\n')
  if (isLost && lost.textContent !== told) lost.textContent = told
  fresh.textContent = isLost ? '' : fill(words.fresh, { at: clockTime(heardAt) })
  const now = JSON.stringify([shown, Date.now() < freshUntil])
  const isCalled = (each) => Number(each.state === 'called')
  if (now !== drawn) place.replaceChildren(...[...shown].sort((one, two) => isCalled(two) - isCalled(one)).map(card))
  drawn = now
  const call = isLost ? null : shown.find((each) => each.state === 'called')
  const spoken = call ? `${call.ticket} ${words.called} ${fill(words.called_where, { counter: counterOf(call) })}` : ''
  called.hidden = !spoken
  if (called.textContent !== spoken) called.textContent = spoken
  document.title = call ? `★${call.ticket} ${words.called}` : title
}

function card(each) {
  const box = make('section', `ticket ${each.state}${each.state === 'called' && Date.now() < freshUntil ? ' fresh' : ''}`)
  box.append(make('h2', 'ticket-section', nameOf(each.section)), make('p', 'ticket-number', each.ticket))
  for (const [kind, text] of LINES[each.state](each)) if (text) box.append(make('p', `ticket-${kind}`, text))
  return box
}

const nameOf = (section) => names[section] || section

const LINES = {
  waiting: (each) => [
    ['state', words.waiting],
    ['big', each.before ? fill(words.before, { n: each.before }) : words.next],
    ['span', spanOf(each)],
    ['what', each.high === undefined ? '' : words.waiting_what],
  ],
  called: (each) => [
    ['state', words.called],
    ['big', fill(words.called_where, { counter: counterOf(each) })],
    ['what', each.times > 1 ? fill(words.called_times, { n: each.times }) : ''],
  ],
  elsewhere: (each) => [['state', words.elsewhere], ['what', fill(words.elsewhere_what, { other: nameOf(each.other) })]],
  booked: (each) => [['state', words.booked], ['big', each.at ? fill(words.booked_what, { at: timeOf(each.at) }) : '']],
  serving: (each) => [['state', words.serving], ['what', fill(words.serving_where, { counter: counterOf(each) })]],
  held: () => [['state', words.held], ['what', words.held_what]],
  collect: (each) => [
    ['state', words.collect],
    ['span', each.at ? fill(words.collect_when, { at: timeOf(each.at) }) : ''],
    ['what', words.collect_what],
  ],
  done: () => [['state', words.done], ['what', words.done_what]],
  absent: () => [['state', words.absent], ['what', words.absent_what]],
  cancelled: () => [['state', words.cancelled], ['what', words.cancelled_what]],
  closed: () => [['state', words.closed], ['what', words.closed_what]],
}

function counterOf(each) {
  const number = /^(\d+)番(窓口)?$/.exec(each.counter)
  return number ? fill(words.numbered_counter, { counter: number[1] }) : fill(words.counter, { counter: each.counter })
}

function spanOf(each) {
  if (each.high === undefined) return ''
  return each.low ? fill(words.estimate, each) : fill(words.estimate_short, each)
}

const timeOf = (iso) => clockTime(new Date(iso))

function make(name, className, text = '') {
  const element = document.createElement(name)
  element.className = className
  if (text) element.textContent = text
  return element
}

// ---- sound and vibration, once somebody has allowed them by a press

document.getElementById('notify').addEventListener('click', async (event) => {
  event.currentTarget.hidden = true
  document.getElementById('notified').textContent = words.notify_on
  audio = audio ?? new AudioContext()
  await audio.resume()
  alarm()
  stayAwake()
})

function alarm() {
  navigator.vibrate?.([500, 200, 500, 200, 500])
  if (audio?.state !== 'running') return
  for (let time = 0; time < 3; time += 1) {
    const tone = audio.createOscillator()
    const volume = audio.createGain()
    const at = audio.currentTime + time * 0.7
    tone.frequency.value = 880
    volume.gain.setValueAtTime(0.4, at)
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.5)
    tone.connect(volume).connect(audio.destination)
    tone.start(at)
    tone.stop(at + 0.6)
  }
}

/** A phone that goes dark hears nothing; only pages over HTTPS may ask for this. */
function stayAwake() {
  navigator.wakeLock?.request('screen').catch(() => {})
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden) return
  if (audio) stayAwake()
  ask()
})

draw()
connect()
setInterval(() => {
  if (Date.now() - heardAt > ASK + 2000) ask()
  // A line that is silent but not closed is given up, so that a new one is tried.
  if (Date.now() - Math.max(heardAt, begun) > TRUSTED && socket?.readyState === 1) socket.close()
  draw()
}, 2000)

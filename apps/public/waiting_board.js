// The display in the waiting room. It shows only what it has just heard: with a broken line it says so and shows no numbers.

const TRUSTED = 12_000 // ms after which a picture is too old; the server speaks at least every 4 s
const FRESH = 15_000 // ms for which a new call stands out
const TIMES_SPOKEN = 2

const board = document.getElementById('board')
const lost = document.getElementById('lost')
const sound = document.getElementById('sound')
const clock = document.getElementById('clock')

let heardAt = 0
let known = null // calls of the last picture: 'ticket|times'
let freshUntil = new Map()
let tries = 0
let picture = null

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
  const watch = setInterval(() => {
    if (socket.readyState > 1) clearInterval(watch)
    else if (heardAt && Date.now() - heardAt > TRUSTED) socket.close()
  }, 2000)
}

function show(now) {
  picture = now
  const calls = now.sections.flatMap((section) => section.calls.map((call) => ({ ...call, section: section.name })))
  const keys = new Set(calls.map(keyOf))
  if (known) {
    const fresh = calls.filter((call) => !known.has(keyOf(call)))
    for (const call of fresh) freshUntil.set(keyOf(call), Date.now() + FRESH)
    if (fresh.length) announce(fresh.reverse())
  }
  known = keys
  draw()
}

const keyOf = (call) => `${call.ticket}|${call.times}`

function draw() {
  const isLost = !heardAt || Date.now() - heardAt > TRUSTED
  lost.hidden = !isLost || !heardAt
  board.hidden = isLost && Boolean(heardAt)
  if (isLost || !picture) return
  board.style.setProperty('--sections', picture.sections.length)
  board.replaceChildren(...picture.sections.map(drawSection))
}

function drawSection(section) {
  const part = make('section', 'section')
  const head = make('div', 'section-head')
  head.append(make('h2', 'section-name', section.name), waitingCount(section.waiting))
  const calls = make('ul', 'calls')
  calls.append(...section.calls.map(drawCall))
  if (!section.calls.length) part.append(head, make('p', 'no-call', 'お呼びしている番号はありません'))
  else part.append(head, calls)
  if (section.serving.length) part.append(numbers('対応中', section.serving.map((each) => each.ticket)))
  if (section.absent.length) part.append(numbers('お呼びしましたが不在', section.absent))
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
  item.append(make('span', 'call-number', call.ticket), make('span', 'call-counter', `${call.counter}窓口へ`))
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

// ---- sound: a chime, then the call in words, one after the other

let audio = null

function announce(calls) {
  chime()
  if (audio?.state !== 'running' || !('speechSynthesis' in window)) return
  for (const call of calls) {
    for (let time = 0; time < TIMES_SPOKEN; time += 1) {
      const words = new SpeechSynthesisUtterance(`${call.ticket.replace('-', '、')}番の方、${call.counter}窓口へお越しください。`)
      words.lang = 'ja-JP'
      words.rate = 0.9
      speechSynthesis.speak(words)
    }
  }
}

function chime() {
  if (audio?.state !== 'running') return
  for (const [frequency, begin] of [[880, 0], [660, 0.45]]) {
    const tone = audio.createOscillator()
    const volume = audio.createGain()
    const at = audio.currentTime + begin
    tone.frequency.value = frequency
    volume.gain.setValueAtTime(0.35, at)
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.9)
    tone.connect(volume).connect(audio.destination)
    tone.start(at)
    tone.stop(at + 1)
  }
}

/** Browsers let a page sound only after a touch; a display may also be started with sound allowed. */
function listenForSound() {
  try {
    audio = new AudioContext()
  } catch {
    return
  }
  const told = () => (sound.hidden = audio.state === 'running')
  audio.onstatechange = told
  setTimeout(told, 300)
  sound.addEventListener('click', async () => {
    await audio.resume()
    chime()
    told()
  })
}

function tick() {
  const now = new Intl.DateTimeFormat('ja-JP', { hour: 'numeric', minute: '2-digit', timeZone: 'Asia/Tokyo' }).format(new Date())
  if (clock.textContent !== now) clock.textContent = now
}

listenForSound()
connect()
tick()
setInterval(() => {
  tick()
  draw()
}, 1000)

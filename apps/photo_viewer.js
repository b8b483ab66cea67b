// Photos large, one after the other or before and after side by side: by buttons, arrow keys and swiping. What may be done with
// a photo stands in the attributes of its link; the page behind draws itself anew when the server says that something changed.

import { paintBoxes } from './photo_boxes.js'

const SWIPE = 40
const WAIT = 30_000

export function openViewer(link) {
  const slides = slidesOf(link)
  const viewer = { slides, at: slides.findIndex((links) => links.includes(link)), opener: link }
  viewer.dialog = make('dialog', 'viewer', { 'aria-label': '写真' })
  viewer.dialog.addEventListener('close', () => {
    viewer.dialog.remove()
    if (viewer.opener.isConnected) viewer.opener.focus()
  })
  viewer.dialog.addEventListener('keydown', (event) => turnByKey(viewer, event))
  document.body.append(viewer.dialog)
  viewer.dialog.showModal()
  draw(viewer)
}

/** Every photo of the page in its order; the two of a pair are one slide. */
function slidesOf(link) {
  const slides = new Map()
  for (const each of document.querySelectorAll('a[data-photo]')) {
    const slide = each.closest('[data-photo-pair]') ?? each
    slides.set(slide, [...(slides.get(slide) ?? []), each])
  }
  return slides.size ? [...slides.values()] : [[link]]
}

function draw(viewer) {
  const { dialog, slides, at } = viewer
  const bar = make('div', 'viewer-bar')
  const count = make('p', 'viewer-count', { role: 'status' })
  count.textContent = `${at + 1} / ${slides.length}`
  const closing = button('閉じる', () => dialog.close(), 'viewer-close')
  bar.append(count, closing)
  const stage = make('div', slides[at].length > 1 ? 'viewer-stage is-pair' : 'viewer-stage')
  stage.append(...slides[at].map((link) => picture(viewer, link)))
  const turns = make('div', 'viewer-turns')
  if (slides.length > 1) turns.append(button('前の写真', () => turn(viewer, -1)), button('次の写真', () => turn(viewer, 1)))
  dialog.replaceChildren(bar, stage, turns)
  swiping(viewer, stage)
  closing.focus({ preventScroll: true })
}

function picture(viewer, link) {
  const figure = make('figure', 'viewer-photo')
  const image = make('img', '', { alt: link.dataset.photo, src: link.href, draggable: 'false' })
  const words = make('figcaption', 'viewer-words')
  const { photo, taken, redacted } = link.dataset
  words.textContent = [photo, taken, redacted === undefined ? '' : '塗りつぶし済み'].filter(Boolean).join('  ')
  figure.append(image, words)
  const deeds = deedsOf(viewer, link, image)
  if (deeds.length) {
    const row = make('div', 'viewer-deeds')
    row.append(...deeds)
    figure.append(row)
  }
  return figure
}

function deedsOf(viewer, link, image) {
  const { mayRedact, original } = link.dataset
  const deeds = []
  if (mayRedact !== undefined) deeds.push(button('塗りつぶす', () => paint(viewer, link)))
  if (original) {
    const look = button('元の写真を見る', () => {
      const shows = image.dataset.original === undefined
      image.src = shows ? original : link.href
      shows ? (image.dataset.original = '') : delete image.dataset.original
      look.textContent = shows ? '塗りつぶした写真に戻る' : '元の写真を見る'
    })
    deeds.push(look)
    deeds.push(button('塗りつぶしを取り消す', () => ask(viewer, link, '/boxes', '塗りつぶしを取り消して、元の写真を出しますか。')))
    deeds.push(button('元の写真を消す', () => ask(viewer, link, '/original', '元の写真を消すと、もう戻せません。消しますか。')))
  }
  return deeds
}

function paint(viewer, link) {
  paintBoxes(viewer.dialog, link, {
    cancelled: () => draw(viewer),
    saved: ({ boxes, keepOriginal }) =>
      send(viewer, link, '/boxes', 'POST', { boxes, keep_original: keepOriginal }, '塗りつぶしました。'),
  })
}

/** A question in the viewer itself, where the thumb and the keyboard are already. */
function ask(viewer, link, path, question) {
  const words = make('p', 'viewer-question', { tabindex: '-1' })
  words.textContent = question
  const row = make('div', 'viewer-deeds')
  row.append(
    button('はい', () => send(viewer, link, path, 'DELETE', {}, '変更しました。')),
    button('やめる', () => draw(viewer)),
  )
  viewer.dialog.querySelector('.viewer-turns').replaceChildren(words, row)
  words.focus()
}

/** One request id for one press, so that a second try on a bad line does nothing twice. Answers what went wrong, or ''. */
async function send(viewer, link, path, method, content, done) {
  const { address, rev } = link.dataset
  link.dataset.request ??= `photo-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`
  const body = JSON.stringify({ request_id: link.dataset.request, rev: Number(rev), ...content })
  const trouble = await outcome(address + path, { method, body })
  if (!trouble) {
    viewer.dialog.close()
    say(done)
    return ''
  }
  if (!trouble.again) delete link.dataset.request
  complain(viewer, trouble.text)
  return trouble.text
}

async function outcome(url, options) {
  try {
    const headers = { 'Content-Type': 'application/json', Accept: 'application/json' }
    const response = await fetch(url, { ...options, headers, signal: AbortSignal.timeout(WAIT) })
    if (response.ok) return null
    const told = await response.json().catch(() => ({}))
    return { text: told.detail || 'できませんでした。画面を開き直してください。', again: response.status >= 500 }
  } catch {
    return { text: '送れませんでした。電波を確かめて、もう一度押してください。', again: true }
  }
}

function complain(viewer, text) {
  viewer.dialog.querySelector('.viewer-trouble')?.remove()
  const words = make('p', 'viewer-trouble', { role: 'alert' })
  words.textContent = text
  viewer.dialog.append(words)
}

/** Said where the page says what others did. */
function say(text) {
  const place = document.querySelector('.photo-news') ?? make('p', 'photo-news visually-hidden', { role: 'status' })
  if (!place.isConnected) document.body.append(place)
  place.textContent = text
}

function turn(viewer, by) {
  const next = viewer.at + by
  if (next < 0 || next >= viewer.slides.length) return
  viewer.at = next
  draw(viewer)
}

function turnByKey(viewer, event) {
  if (event.defaultPrevented || viewer.dialog.querySelector('.boxes')) return
  const by = { ArrowLeft: -1, ArrowRight: 1, Home: -viewer.at, End: viewer.slides.length - 1 - viewer.at }[event.key]
  if (by === undefined) return
  event.preventDefault()
  turn(viewer, by)
}

function swiping(viewer, stage) {
  let start = null
  stage.addEventListener('pointerdown', (event) => (start = event.clientX))
  stage.addEventListener('pointerup', (event) => {
    const way = start === null ? 0 : event.clientX - start
    start = null
    if (Math.abs(way) > SWIPE) turn(viewer, way < 0 ? 1 : -1)
  })
}

export function button(text, pressed, look = '') {
  const made = make('button', `viewer-button ${look}`, { type: 'button' })
  made.textContent = text
  made.addEventListener('click', pressed)
  return made
}

export function make(name, look = '', attributes = {}) {
  const made = document.createElement(name)
  if (look) made.className = look
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}

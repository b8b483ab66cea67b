// Drawing black boxes over a photo, by finger, mouse or keyboard. Only places are told to the server, which paints: what is
// under a box never depends on the browser.

import { button, make } from './photo_viewer.js'

const STEP = 0.01
const SMALLEST = 0.02
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
const HELP = '指やマウスで四角を描きます。キーボードでは「四角を足す」を押し、矢印キーで動かし、Shiftと矢印キーで大きさを変え、Deleteで消します。'

/** Fill `dialog` with the photo of `link`. saved({boxes, keepOriginal}): boxes as {x, y, width, height}, each 0 to 1. */
export function paintBoxes(dialog, link, { cancelled, saved }) {
  const paper = { boxes: [], past: [] }
  const place = make('div', 'boxes')
  const image = make('img', '', { alt: link.dataset.photo, src: link.href, draggable: 'false' })
  paper.layer = make('div', 'boxes-layer')
  place.append(image, paper.layer)
  const stage = make('div', 'viewer-stage')
  stage.append(place)
  const help = make('p', 'viewer-words')
  help.textContent = HELP
  const [keeping, keep] = choice(link.dataset.keeps !== undefined)
  paper.saving = button('塗りつぶして保存する', () => save(paper, saved, !keep.checked), 'is-main')
  paper.undoing = button('1つ戻す', () => undo(paper))
  const adding = button('四角を足す', () => add(paper, { x: 0.4, y: 0.4, width: 0.2, height: 0.2 }))
  const row = make('div', 'viewer-deeds')
  row.append(adding, paper.undoing, keeping, paper.saving, button('やめる', cancelled))
  dialog.replaceChildren(help, stage, row)
  drawing(paper)
  place.addEventListener('keydown', (event) => byKey(paper, event))
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'z' && (event.ctrlKey || event.metaKey) && place.isConnected) undo(paper)
  })
  show(paper)
  adding.focus({ preventScroll: true })
}

async function save(paper, saved, keepOriginal) {
  if (paper.isSending) return
  paper.isSending = true
  paper.saving.textContent = '保存しています'
  await saved({ boxes: paper.boxes, keepOriginal })
  paper.isSending = false
  paper.saving.textContent = '塗りつぶして保存する'
}

/** Where the office keeps no originals there is nothing to choose. */
function choice(keeps) {
  const label = make(keeps ? 'label' : 'p', 'viewer-choice')
  const box = make('input', '', { type: 'checkbox' })
  box.checked = !keeps
  label.append(...(keeps ? [box] : []), keeps ? '元の写真を残さない(あとで取り消せません)' : '元の写真は残りません。')
  return [label, box]
}

// ---- what stands on the photo

function remember(paper) {
  paper.past.push(paper.boxes)
}

function undo(paper) {
  if (!paper.past.length) return
  paper.boxes = paper.past.pop()
  show(paper)
}

function add(paper, box) {
  remember(paper)
  paper.boxes = [...paper.boxes, inside(box)]
  show(paper, paper.boxes.length - 1)
}

function show(paper, focused = -1) {
  paper.layer.replaceChildren(...paper.boxes.map((box, index) => drawn(box, index)))
  paper.saving.disabled = !paper.boxes.length
  paper.undoing.disabled = !paper.past.length
  paper.layer.children[focused]?.focus({ preventScroll: true })
}

function drawn(box, index) {
  const made = make('div', 'box', { tabindex: '0', role: 'img', 'aria-label': named(box, index), 'data-box': index })
  for (const [side, part] of [['left', box.x], ['top', box.y], ['width', box.width], ['height', box.height]])
    made.style[side] = `${part * 100}%`
  return made
}

function named(box, index) {
  const [left, top, width, height] = [box.x, box.y, box.width, box.height].map((part) => Math.round(part * 100))
  return `${index + 1}つ目の四角 左から${left}% 上から${top}% 幅${width}% 高さ${height}%`
}

// ---- the pointer draws a new box from corner to corner

function drawing(paper) {
  let start = null
  let made = null
  const at = (event) => {
    const edge = paper.layer.getBoundingClientRect()
    return [part(event.clientX - edge.left, edge.width), part(event.clientY - edge.top, edge.height)]
  }
  paper.layer.addEventListener('pointerdown', (event) => {
    event.preventDefault()
    event.stopPropagation()
    paper.layer.setPointerCapture(event.pointerId)
    start = at(event)
    made = null
  })
  paper.layer.addEventListener('pointermove', (event) => {
    if (!start) return
    made = between(start, at(event))
    show(paper)
    paper.layer.append(drawn(made, paper.boxes.length))
  })
  const end = (event) => {
    event.stopPropagation()
    if (made && made.width >= STEP && made.height >= STEP) add(paper, made)
    else show(paper)
    start = made = null
  }
  paper.layer.addEventListener('pointerup', end)
  paper.layer.addEventListener('pointercancel', end)
}

function between([left, top], [right, bottom]) {
  const [x, y] = [Math.min(left, right), Math.min(top, bottom)]
  return { x, y, width: Math.abs(right - left), height: Math.abs(bottom - top) }
}

function part(length, whole) {
  return Math.min(1, Math.max(0, length / whole))
}

// ---- the keyboard moves and sizes the box that has the focus

function byKey(paper, event) {
  const index = Number(event.target.dataset.box ?? -1)
  const box = paper.boxes[index]
  if (!box) return
  if (event.key === 'Delete' || event.key === 'Backspace') {
    remember(paper)
    paper.boxes = paper.boxes.filter((each) => each !== box)
    show(paper, Math.min(index, paper.boxes.length - 1))
  } else if (MOVES[event.key]) {
    const [right, down] = MOVES[event.key].map((way) => way * STEP)
    const next = event.shiftKey
      ? { ...box, width: box.width + right, height: box.height + down }
      : { ...box, x: box.x + right, y: box.y + down }
    remember(paper)
    paper.boxes = paper.boxes.map((each) => (each === box ? inside(next) : each))
    show(paper, index)
  } else return
  event.preventDefault()
}

function inside({ x, y, width, height }) {
  const [wide, high] = [width, height].map((side) => Math.min(1, Math.max(SMALLEST, side)))
  return { x: Math.min(1 - wide, Math.max(0, x)), y: Math.min(1 - high, Math.max(0, y)), width: wide, height: high }
}

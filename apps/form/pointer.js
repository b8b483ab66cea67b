/** Whether a finger or a mouse button is down: nothing may move under it, or the press would miss its button. */

let isDown = false
const waiting = []

function pressed() {
  isDown = true
}

function released() {
  isDown = false
  setTimeout(() => waiting.splice(0).forEach((action) => action()))
}

if (globalThis.document) {
  document.addEventListener('pointerdown', pressed, true)
  for (const end of ['pointerup', 'pointercancel']) document.addEventListener(end, released, true)
}

/** Do at once what changes the layout, or right after the press that is under way (which made a field lose the focus). */
export function whenPointerRests(action) {
  if (isDown) waiting.push(action)
  else action()
}

/** One finger scrolls the page, two fingers move the map: nobody is caught on a map that fills the phone. */

const TOLD_FOR = 1_600

/** Turn the map over to two fingers, and say so to who tries with one. */
export function gentleTouch(map) {
  const element = map.getContainer()
  const hint = document.createElement('p')
  hint.className = 'map-face-hint'
  hint.setAttribute('aria-hidden', 'true')
  hint.textContent = '地図は2本の指で動かせます'
  element.append(hint)
  let hiding = 0
  element.addEventListener(
    'pointerdown',
    (event) => {
      const free = event.pointerType === 'mouse' || event.target.closest('.map-mine') !== null
      if (free) map.dragging.enable()
      else map.dragging.disable()
    },
    { capture: true },
  )
  element.addEventListener(
    'touchmove',
    (event) => {
      if (event.touches.length > 1 || map.dragging.enabled()) return
      hint.classList.add('is-shown')
      clearTimeout(hiding)
      hiding = setTimeout(() => hint.classList.remove('is-shown'), TOLD_FOR)
    },
    { passive: true },
  )
  if (globalThis.matchMedia?.('(pointer: coarse)').matches) map.dragging.disable()
}

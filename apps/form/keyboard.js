/** Keys that mean something to the whole form. */

const FOCUSABLE =
  'input:not([type=hidden]):not([tabindex="-1"]), select, textarea, button:not([tabindex="-1"]), a[href]'

/** An Enter (or any key) that belongs to a Japanese conversion; some browsers say so only by 229. */
export function isConverting(event) {
  return event.isComposing || event.keyCode === 229
}

/** Ctrl+Enter saves (with Shift in the other way, if there is one). Enter in a line goes on to the next field and never submits. */
export function onKeydown(event, { form, save, also = save }) {
  if (event.key !== 'Enter' || isConverting(event)) return
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault()
    event.target.blur()
    event.target.focus()
    if (event.shiftKey) also()
    else save()
  } else if (event.target.matches('input') && !event.defaultPrevented) {
    event.preventDefault()
    focusNext(form, event.target)
  }
}

function focusNext(form, from) {
  const stops = [...form.querySelectorAll(FOCUSABLE)].filter(
    (each) => each.offsetParent !== null && (each.matches('input, select, textarea') || each.closest('.ef-bar')),
  )
  stops.slice(stops.indexOf(from) + 1).find((each) => !isOneOf(each, from))?.focus()
}

/** Radio buttons of one question are one stop. */
function isOneOf(each, from) {
  return from.type === 'radio' && each.type === 'radio' && each.name === from.name
}

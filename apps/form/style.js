/** The form's own style sheets, loaded once per page, before the form is shown. */

const SHEETS = ['page', 'controls', 'dates', 'choices', 'bar', 'messages', 'lookup', 'files', 'subtable', 'checklist', 'same', 'review', 'call', 'call_beside', 'reply_texts', 'place', 'location', 'stops']

let loading = null

export function loadStyle() {
  loading ??= Promise.all(SHEETS.map(load))
  return loading
}

/** A sheet that does not arrive must not keep anybody from typing. */
function load(name) {
  return new Promise((resolve) => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = new URL(`./style/${name}.css`, import.meta.url).href
    link.onload = link.onerror = resolve
    document.head.append(link)
  })
}

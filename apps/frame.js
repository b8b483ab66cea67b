// The drawer of the frame on tablets and phones, and where the keyboard goes when a screen changes. No framework: it must answer
// at once, also while the server does not.

const root = document.documentElement
const SMALL = window.matchMedia('(max-width: 1023px)')
let opener = null

const rail = () => document.getElementById('rail')
const isOpen = () => root.dataset.rail === 'open'
const reachable = () => [...rail().querySelectorAll('a[href], button')].filter((each) => each.offsetParent !== null)

function open(button) {
  opener = button
  root.dataset.rail = 'open'
  button.setAttribute('aria-expanded', 'true')
  reachable()[0]?.focus()
}

function close({ giveBack = true } = {}) {
  if (!isOpen()) return
  delete root.dataset.rail
  opener?.setAttribute('aria-expanded', 'false')
  if (giveBack) opener?.focus()
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-rail-open]')
  if (button) isOpen() ? close() : open(button)
  else if (event.target.closest('[data-rail-close]')) close()
  else if (isOpen() && event.target.closest('#rail a[href]')) close({ giveBack: false })
})

document.addEventListener('keydown', (event) => {
  if (!isOpen() || !SMALL.matches) return
  if (event.key === 'Escape') close()
  if (event.key !== 'Tab') return
  const all = reachable()
  const [first, last] = [all[0], all.at(-1)]
  if (event.shiftKey && document.activeElement === first) {
    event.preventDefault()
    last.focus()
  } else if (!event.shiftKey && document.activeElement === last) {
    event.preventDefault()
    first.focus()
  }
})

// A photo opens large in the page; with a key pressed, or where the script does not arrive, in a tab as any link.
document.addEventListener('click', (event) => {
  const photo = event.target.closest('a[data-photo]')
  if (!photo || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  import('./photo_viewer.js').then(
    ({ openViewer }) => openViewer(photo),
    () => window.open(photo.href, '_blank', 'noopener'),
  )
})

// Photos that were left behind by a slow line go on being sent from whatever page is open.
const person = () => document.querySelector('.rail-sign-out')?.dataset.person ?? ''
function sendUnsentPhotos(patience = 100) {
  if (!person()) {
    if (patience) setTimeout(() => sendUnsentPhotos(patience - 1), 50)
    return
  }
  const place = document.createElement('section')
  place.className = 'unsent-photos no-print'
  place.ariaLabel = 'まだ送っていない写真'
  place.hidden = true
  document.body.append(place)
  const prefix = document.getElementById('operator')?.dataset.prefix ?? ''
  import('madoguchi-form/unsent_photos.js').then(
    ({ watchUnsentPhotos }) => watchUnsentPhotos({ who: person, place, prefix }),
    () => place.remove(), // the page is being left
  )
}
sendUnsentPhotos()

// With many apps the entry of the open screen may lie outside the part of the rail that can be seen.
function showCurrent() {
  const foot = rail()?.querySelector('.rail-foot')
  if (foot) rail().style.scrollPaddingBottom = `${foot.offsetHeight}px`
  rail()?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
}
const watching = new MutationObserver(showCurrent)
function watchRail(patience = 100) {
  if (rail()) {
    watching.observe(rail(), { subtree: true, childList: true, attributeFilter: ['aria-current'] })
    showCurrent()
  } else if (patience) setTimeout(() => watchRail(patience - 1), 50)
}
watchRail()

SMALL.addEventListener('change', () => close({ giveBack: false }))

// On a shared PC nobody's half-typed input may stay behind: the form's own module sees to that before the session ends.
document.addEventListener('submit', (event) => {
  const form = event.target.closest('.rail-sign-out')
  if (!form) return
  event.preventDefault()
  import('madoguchi-form/signing_out.js').then(
    ({ signOut }) => signOut(form),
    () => form.submit(),
  )
})

// A screen that replaced another begins at its heading, for the keyboard and for screen readers; a form that has put the
// focus somewhere already keeps it. The heading may arrive a moment after this call.
window.screenChanged = (id, patience = 40) => {
  const heading = document.getElementById(id)
  if (!heading) {
    if (patience) setTimeout(() => window.screenChanged(id, patience - 1), 25)
    return
  }
  if (document.activeElement?.closest?.('#main')) return
  heading.setAttribute('tabindex', '-1')
  heading.focus({ preventScroll: true })
}

// The skip link must not go through the router of the pages.
document.addEventListener('click', (event) => {
  if (!event.target.closest('.skip-link')) return
  event.preventDefault()
  const main = document.getElementById('main')
  main.setAttribute('tabindex', '-1')
  main.focus()
})

// Printing is noted in the audit, by whichever way it was begun; the paper itself is out of anybody's sight.
window.addEventListener('beforeprint', () => {
  const [, prefix, app, record] = /^(.*)\/apps\/([^/]+)(?:\/records\/([^/]+))?/.exec(location.pathname) ?? []
  if (!app) return
  const printed = { app: decodeURIComponent(app), record: decodeURIComponent(record ?? '') }
  const sent = { method: 'POST', keepalive: true, headers: { 'Content-Type': 'application/json' } }
  fetch(`${prefix}/api/v1/printed`, { ...sent, body: JSON.stringify(printed) }).catch(() => {})
})

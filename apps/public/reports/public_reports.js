/** The page of released reports: the map over the list, and «me too». The list itself needs no script. */

import { openMap } from 'madoguchi-map/map_face.js'

import { add, fitMeToo, report } from './report_card.js'

const settings = JSON.parse(document.getElementById('settings').textContent)
const { words } = settings

if (settings.meToo) document.querySelectorAll('[data-me-too]').forEach((button) => fitMeToo(button, settings, words))
if (settings.map) drawMap(document.getElementById('reports-map'))

async function drawMap(place) {
  const heading = add(place, 'h2', words.map)
  add(place, 'p', words.map_hint, 'map-hint')
  const element = add(place, 'div', '', 'reports-map')
  const face = await openMap(element, { settings: settings.map, label: words.map })
  let turn = 0
  const show = async () => {
    turn += 1
    const mine = turn
    const found = await pinsOf(face)
    if (found && mine === turn) face.showPins(found.pins)
  }
  const first = await pinsOf(face)
  if (first?.count === 0) {
    place.hidden = true
    return
  }
  if (first?.box) face.fit(first.box)
  face.onLook(show)
  face.onChoose((pin) => pin.report && showChosen(pin.report))
  await show()
  heading.id = 'map-heading'
  drawLegend(place)
}

async function pinsOf(face) {
  const query = new URLSearchParams({ ...settings.asked, box: face.box.join(','), zoom: String(face.zoom) })
  try {
    const answer = await fetch(`${settings.pins}?${query}`, { headers: { Accept: 'application/json' } })
    return answer.ok ? await answer.json() : null
  } catch {
    return null
  }
}

/** Which pin means what: the letter and the outline say it, not the colour alone. */
async function drawLegend(place) {
  const { drawnPin } = await import('madoguchi-map/pin_shapes.js')
  const list = add(place, 'ul', '', 'reports-legend')
  for (const look of Object.values(settings.looks)) {
    const line = add(list, 'li')
    const picture = drawnPin(look)
    picture.setAttribute('aria-hidden', 'true')
    line.append(picture)
    add(line, 'span', look.label)
  }
}

function showChosen(told) {
  const place = document.getElementById('chosen')
  place.replaceChildren()
  const title = report(add(place, 'section', '', 'card report'), told, settings, words)
  title.tabIndex = -1
  title.focus()
}

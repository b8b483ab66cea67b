/** Names of the gazetteer's places on a map without tiles: as many as stand beside each other without touching. */

import { leaflet as L } from 'nicegui-leaflet'

const BEYOND = 0.25
const HIGH = 22
const LETTER = 13
/** Milliseconds after which a map has come to rest. */
const PATIENCE = 120

/** address: answers { places: [{ name, kind, latitude, longitude }] }, the most important first, to `?box=s,w,n,e&zoom=`. */
export function placeNames(map, address) {
  const names = L.layerGroup().addTo(map)
  map.createPane('names').style.zIndex = 450
  map.getPane('names').style.pointerEvents = 'none'
  let [asked, waiting] = [0, 0]

  async function draw() {
    const mine = ++asked
    const bounds = map.getBounds().pad(BEYOND)
    const box = [bounds.getSouth(), bounds.getWest(), bounds.getNorth(), bounds.getEast()].map((each) => each.toFixed(5))
    const places = await ask(`${address}?box=${box.join(',')}&zoom=${map.getZoom()}`)
    if (mine !== asked || !places) return
    names.clearLayers()
    for (const place of apart(map, places)) label(place).addTo(names)
  }
  map.on('moveend', () => {
    clearTimeout(waiting)
    waiting = setTimeout(draw, PATIENCE)
  })
  map.on('unload', () => clearTimeout(waiting))
  waiting = setTimeout(draw, PATIENCE)
  return names
}

async function ask(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: 'application/json' } })
    return answer.ok ? (await answer.json()).places : null
  } catch {
    return null // the grid is enough to go on with
  }
}

/** Of the places in this order those whose name covers no earlier one. */
function apart(map, places) {
  const taken = []
  return places.filter((place) => {
    const at = map.latLngToContainerPoint([place.latitude, place.longitude])
    const half = (place.name.length * LETTER) / 2 + 10
    const own = [at.x - half, at.y - HIGH / 2, at.x + half, at.y + HIGH / 2]
    if (taken.some((each) => overlap(each, own))) return false
    taken.push(own)
    return true
  })
}

function overlap(one, other) {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]
}

function label({ name, kind, latitude, longitude }) {
  const words = document.createElement('span')
  words.textContent = name
  const icon = L.divIcon({ html: words, className: 'map-place', iconSize: [0, 0] })
  const marker = L.marker([latitude, longitude], { icon, pane: 'names', interactive: false, keyboard: false })
  marker.on('add', () => {
    marker.getElement().dataset.kind = kind
    marker.getElement().setAttribute('aria-hidden', 'true')
  })
  return marker
}

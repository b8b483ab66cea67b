/** The lines of the standard grid squares (JIS X 0410: 10 km, 1 km, 500 m ...), as a ground where there are no tiles. */

import { leaflet as L } from 'nicegui-leaflet'

/** Degrees of latitude, of longitude, and what people call it. From coarse to fine. */
const SQUARES = [
  [2 / 3, 1, '80km'],
  [1 / 12, 1 / 8, '10km'],
  [1 / 24, 1 / 16, '5km'],
  [1 / 120, 1 / 80, '1km'],
  [1 / 240, 1 / 160, '500m'],
  [1 / 480, 1 / 320, '250m'],
  [1 / 960, 1 / 640, '125m'],
  [1 / 1920, 1 / 1280, '60m'],
]
/** Pixels between two lines, at least. */
const NARROWEST = 72
const BEYOND = 0.6

export function standardGrid(map) {
  const lines = L.layerGroup().addTo(map)
  const words = wordsOf(map)
  map.createPane('grid').style.zIndex = 250
  const renderer = L.canvas({ pane: 'grid', padding: BEYOND })

  function draw() {
    const bounds = map.getBounds().pad(BEYOND)
    const fine = finest(map)
    const [latitude, longitude, name] = SQUARES[fine]
    words.textContent = `1目盛り 約${name}`
    lines.clearLayers()
    const [south, north] = [Math.max(-80, bounds.getSouth()), Math.min(80, bounds.getNorth())]
    const coarse = SQUARES[Math.max(0, fine - 1)]
    for (const at of steps(south, north, latitude))
      add([[at, bounds.getWest()], [at, bounds.getEast()]], isStep(at, coarse[0]) && fine > 0)
    for (const at of steps(bounds.getWest(), bounds.getEast(), longitude))
      add([[south, at], [north, at]], isStep(at, coarse[1]) && fine > 0)
  }
  function add(line, strong) {
    const color = strong ? '#b9c7d6' : '#d6dfe8'
    L.polyline(line, { renderer, interactive: false, color, weight: strong ? 1.5 : 1, noClip: true, smoothFactor: 0 }).addTo(lines)
  }
  map.on('moveend', draw)
  draw()
  return lines
}

function finest(map) {
  const middle = map.getCenter()
  const from = map.project(middle)
  const wide = (degrees) => map.project([middle.lat, middle.lng + degrees]).x - from.x
  const fitting = SQUARES.findLastIndex(([, longitude]) => wide(longitude) >= NARROWEST)
  return Math.max(0, fitting)
}

function* steps(from, to, step) {
  for (let at = Math.ceil(from / step); at <= Math.floor(to / step); at += 1) yield at * step
}

function isStep(at, step) {
  const count = at / step
  return Math.abs(count - Math.round(count)) < 1e-6
}

function wordsOf(map) {
  const words = document.createElement('p')
  words.className = 'map-face-square'
  const control = L.control({ position: 'bottomleft' })
  control.onAdd = () => words
  control.addTo(map)
  return words
}

/** What lies under the pins: the tiles of our own server or, without any, the lines of the standard grid with place names. */

import { leaflet as L } from 'nicegui-leaflet'

import { placeNames } from './place_names.js'
import { standardGrid } from './standard_grid.js'

/** settings: { tiles: { address, min, max, attribution } or null, places: address or '' }. */
export function groundOf(map, { tiles, places }) {
  if (tiles) return [tileGround(map, tiles)]
  map.getContainer().classList.add('is-plain')
  return [standardGrid(map), ...(places ? [placeNames(map, places)] : [])]
}

function tileGround(map, { address, min, max, attribution }) {
  if (attribution) L.control.attribution({ prefix: false }).addAttribution(escaped(attribution)).addTo(map)
  return L.tileLayer(address, { minNativeZoom: min, maxNativeZoom: max, minZoom: 0, maxZoom: 24, keepBuffer: 3 }).addTo(map)
}

/** Leaflet takes an attribution for HTML. */
function escaped(text) {
  const box = document.createElement('div')
  box.textContent = text
  return box.innerHTML
}

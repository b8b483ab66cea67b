/** The pin that a person sets, by finger, mouse or keyboard. */

import { leaflet as L } from 'nicegui-leaflet'

import { drawnPin } from './pin_shapes.js'

const DECIMALS = 6
const STEP = 12
const FAR_STEP = 60
const WAYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }

/** at: { lat, lon } or null. moved({ lat, lon }) for every change by the person. Answers { show(at), close() }. */
export function movablePin(map, at, moved, title) {
  const icon = L.divIcon({ html: drawnPin({ shape: 'drop', color: 'red', sign: '' }), className: 'map-pin map-mine', iconSize: [44, 52], iconAnchor: [22, 50] })
  const marker = L.marker(map.getCenter(), { icon, draggable: true, autoPan: true, autoPanOnFocus: false, keyboard: true, zIndexOffset: 2000 })

  function tell() {
    const { lat, lng } = marker.getLatLng()
    moved({ lat: rounded(lat), lon: rounded(lng) })
  }
  function put(place) {
    marker.setLatLng(place)
    if (!map.hasLayer(marker)) marker.addTo(map)
    tell()
  }
  marker.on('dragend', tell)
  marker.on('add', () => named(marker, title, nudge))

  /** Arrows move the pin and not the map; with Shift in larger steps. */
  function nudge(event) {
    const way = WAYS[event.key]
    if (!way) return
    event.preventDefault()
    event.stopPropagation()
    const step = event.shiftKey ? FAR_STEP : STEP
    const point = map.latLngToContainerPoint(marker.getLatLng())
    const goal = map.containerPointToLatLng([point.x + way[0] * step, point.y + way[1] * step])
    marker.setLatLng(goal)
    map.panInside(goal, { padding: [40, 60], animate: false })
    tell()
  }
  function clicked(event) {
    put(event.latlng)
  }
  function entered(event) {
    if (event.target !== map.getContainer() || event.key !== 'Enter') return
    event.preventDefault()
    put(map.getCenter())
    marker.getElement().focus()
  }
  map.on('click', clicked)
  map.getContainer().addEventListener('keydown', entered)

  const pin = {
    show(place) {
      if (!place) marker.remove()
      else {
        marker.setLatLng([place.lat, place.lon])
        if (!map.hasLayer(marker)) marker.addTo(map)
      }
    },
    close() {
      map.off('click', clicked)
      map.getContainer().removeEventListener('keydown', entered)
      marker.remove()
    },
  }
  pin.show(at)
  return pin
}

function named(marker, title, nudge) {
  const element = marker.getElement()
  element.setAttribute('aria-label', `${title}のピン。矢印キーで動かせます。`)
  element.addEventListener('keydown', nudge)
}

function rounded(degrees) {
  return Number(degrees.toFixed(DECIMALS))
}

/** Pins and clusters on a map: those that stay are kept, so that a focus or a pointer over one of them is never lost. */

import { leaflet as L } from 'nicegui-leaflet'

import { clusterSize, drawnCluster, drawnPin } from './pin_shapes.js'

const LIFTED = 1_000

export class Pins {
  onChoose = () => {}
  onPoint = () => {}
  #map
  #shown = new Map()
  #marked = null

  constructor(map) {
    this.#map = map
  }

  show(pins) {
    const wanted = new Map(pins.map((pin) => [pin.id, pin]))
    for (const [id, { marker }] of this.#shown) {
      if (wanted.has(id)) continue
      marker.remove()
      this.#shown.delete(id)
    }
    for (const pin of wanted.values()) this.#put(pin)
  }

  mark(id) {
    this.#light(this.#marked, false)
    this.#marked = id
    return this.#light(id, true)
  }

  #put(pin) {
    const state = JSON.stringify(pin)
    const known = this.#shown.get(pin.id)
    if (known?.state === state) return
    if (known && document.activeElement !== known.marker.getElement()) known.marker.remove()
    else if (known) {
      known.pin = pin
      known.state = state
      known.marker.setLatLng([pin.lat, pin.lon]).setIcon(iconOf(pin))
      this.#name(known)
      known.marker.getElement().focus()
      return
    }
    const marker = L.marker([pin.lat, pin.lon], { icon: iconOf(pin), keyboard: true, riseOnHover: true, autoPanOnFocus: true })
    const one = { pin, state, marker }
    this.#shown.set(pin.id, one)
    marker.on('click', () => this.#chosen(one.pin))
    marker.on('mouseover', () => this.onPoint(one.pin))
    marker.on('mouseout', () => this.onPoint(null))
    marker.on('add', () => this.#name(one))
    marker.bindTooltip(() => words(one.pin), { direction: 'top', offset: [0, pin.count ? -clusterSize(pin.count) / 2 : -48], opacity: 1, className: 'map-told' })
    marker.addTo(this.#map)
  }

  #name({ pin, marker }) {
    const element = marker.getElement()
    element.dataset.pin = pin.id
    element.setAttribute('aria-label', [pin.title, pin.words].filter(Boolean).join('、'))
    element.onfocus = () => this.onPoint(pin)
    element.onkeydown = (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return
      event.preventDefault()
      this.#chosen(pin)
    }
    element.onblur = () => this.onPoint(null)
    if (pin.id === this.#marked) this.#light(pin.id, true)
  }

  #chosen(pin) {
    if (!pin.count) this.onChoose(pin)
    else if (pin.box[0] === pin.box[2] && pin.box[1] === pin.box[3]) this.onChoose(pin)
    else {
      const [south, west, north, east] = pin.box
      this.#map.fitBounds([[south, west], [north, east]], { padding: [48, 48], maxZoom: this.#map.getMaxZoom() })
    }
  }

  #light(id, on) {
    const one = id === null ? undefined : this.#shown.get(id)
    if (!one) return false
    one.marker.getElement()?.classList.toggle('is-marked', on)
    one.marker.setZIndexOffset(on ? LIFTED : 0)
    return true
  }
}

function iconOf(pin) {
  if (!pin.count) return L.divIcon({ html: drawnPin(pin), className: 'map-pin', iconSize: [44, 52], iconAnchor: [22, 50] })
  const size = clusterSize(pin.count)
  return L.divIcon({ html: drawnCluster(pin), className: 'map-pin map-cluster', iconSize: [size, size], iconAnchor: [size / 2, size / 2] })
}

/** As text and never as HTML: people typed it. */
function words(pin) {
  const told = document.createElement('div')
  const title = document.createElement('strong')
  title.textContent = pin.title
  told.append(title)
  for (const line of (pin.words ?? '').split('\n').filter(Boolean)) {
    const drawn = document.createElement('div')
    drawn.textContent = line
    told.append(drawn)
  }
  return told
}

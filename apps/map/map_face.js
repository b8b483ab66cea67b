/** A map in an element of a page: opened by the map view, the location widget, the phone screen and public pages.
 *
 *     import { openMap } from 'madoguchi-map/map_face.js'
 *     const face = await openMap(element, { settings: '/api/v1/map', label: '位置の地図' })
 *     face.showPins([{ id: '1', lat: 36.56, lon: 136.65, title: '道-令8-00012', sign: '受', shape: 'circle', color: 'blue' }])
 *
 * Degrees are WGS 84. A box is [south, west, north, east]. Nothing is ever asked of another host than ours.
 */

import { leaflet as L } from 'nicegui-leaflet'

import { groundOf } from './ground.js'
import { showLayers } from './layers.js'
import { movablePin } from './movable_pin.js'
import { Pins } from './pins.js'
import { loadStyle } from './style.js'
import { gentleTouch } from './touch.js'

/** The four main islands, for a map that knows nothing else. */
const JAPAN = [30, 128, 46, 147]
const NEAR = 17

/** Open a map in `element`, which has a height of its own.
 *
 * settings: what the server knows of maps (the answer of GET /api/v1/map), or the address that answers it.
 * label: what the map is called for those who do not see it.
 * at: { lat, lon, zoom } to begin with; box: what to begin with instead; without either, the city.
 * wheel: the wheel zooms at once, not only after the map was clicked. oneFinger: one finger moves the map.
 */
export async function openMap(element, { settings, label = '地図', at = null, box = null, wheel = false, oneFinger = false } = {}) {
  const [known] = await Promise.all([settingsOf(settings), loadStyle()])
  return new MapFace(element, known, { label, at, box, wheel, oneFinger })
}

class MapFace {
  #map
  #ground
  #pins
  #mine = null
  #layers = null
  #quiet = false

  constructor(element, settings, { label, at, box, wheel, oneFinger }) {
    this.element = element
    this.settings = settings
    element.classList.add('map-face')
    this.#map = L.map(element, {
      attributionControl: false,
      zoomControl: false,
      scrollWheelZoom: wheel,
      zoomAnimation: false,
      fadeAnimation: false,
      zoomSnap: 1,
      minZoom: settings.tiles ? Math.max(3, settings.tiles.min - 2) : 4,
      maxZoom: settings.tiles ? Math.max(18, settings.tiles.max + 2) : 19,
      maxBounds: [[-85, -Infinity], [85, Infinity]],
      worldCopyJump: false,
    })
    element.setAttribute('role', 'application')
    element.setAttribute('aria-roledescription', '地図')
    element.setAttribute('aria-label', `${label}。矢印キーで動かし、+ と - で拡大と縮小ができます。`)
    L.control.zoom({ zoomInText: '+', zoomInTitle: '拡大する', zoomOutText: '−', zoomOutTitle: '縮小する' }).addTo(this.#map)
    L.control.scale({ imperial: false, maxWidth: 120 }).addTo(this.#map)
    if (!wheel) wheelWhenFocused(this.#map)
    if (!oneFinger) gentleTouch(this.#map)
    this.#begin(at, box)
    this.#ground = groundOf(this.#map, settings)
    this.#pins = new Pins(this.#map)
    this.#sized = new ResizeObserver(() => this.#map.invalidateSize({ animate: false }))
    this.#sized.observe(element)
  }

  #sized

  #begin(at, box) {
    if (at) this.#map.setView([at.lat, at.lon], at.zoom ?? NEAR)
    else this.#map.fitBounds(boundsOf(box ?? this.settings.box ?? JAPAN), { animate: false, maxZoom: NEAR })
  }

  /** What is seen: [south, west, north, east]. */
  get box() {
    const bounds = this.#map.getBounds()
    return [bounds.getSouth(), bounds.getWest(), bounds.getNorth(), bounds.getEast()]
  }

  get zoom() {
    return this.#map.getZoom()
  }

  /** Pins and clusters instead of those that are shown.
   *
   * A pin: { id, lat, lon, title, words, sign, shape, color }; a cluster: { id, lat, lon, count, parts: [{ count, color }],
   * title, box }. shape: circle, square, diamond, triangle, hexagon or drop. color: a colour of choices. sign: one letter.
   */
  showPins(pins) {
    this.#pins.show(pins)
  }

  /** `choose` is called with a pin that was clicked, or chosen by Enter; a cluster opens by itself. */
  onChoose(choose) {
    this.#pins.onChoose = choose
  }

  /** `point` is called with a pin that is pointed at or has the focus, and with null when it is left. */
  onPoint(point) {
    this.#pins.onPoint = point
  }

  /** Lift out one pin among all; null: none. Answers whether it is among those shown. */
  mark(id) {
    return this.#pins.mark(id)
  }

  /** The one pin that a person sets: by a click, by dragging, by the keyboard (Enter on the map sets it in the middle).
   *
   * at: { lat, lon } or null while there is none. moved({ lat, lon }) is called for every change by the person.
   * Answers { show(at), close() }.
   */
  movablePin(at, moved, { title = '位置' } = {}) {
    this.#mine?.close()
    this.#mine = movablePin(this.#map, at, moved, title)
    return this.#mine
  }

  /** Areas and routes, each { title, color, line, on, data }: data is GeoJSON with the hover text in properties.text.
   *
   * Answers { show(index, on), close() }.
   */
  showLayers(layers) {
    this.#layers?.close()
    this.#layers = showLayers(this.#map, layers)
    return this.#layers
  }

  /** Go to a place. */
  look({ lat, lon, zoom }) {
    this.#map.setView([lat, lon], zoom ?? Math.max(this.zoom, NEAR - 1))
  }

  /** Bring a place into sight without changing how near one is, when it is not yet. */
  reveal({ lat, lon }) {
    if (!this.#map.getBounds().pad(-0.1).contains([lat, lon])) this.#map.panTo([lat, lon])
  }

  /** Pixels between two places as the map is now. */
  away(one, other) {
    const [from, to] = [one, other].map((each) => this.#map.latLngToContainerPoint([each.lat, each.lon]))
    return from.distanceTo(to)
  }

  /** Show the whole of a box; those who listen are not told that the person moved the map. */
  fit(box, { near = NEAR } = {}) {
    this.#quietly(() => this.#map.fitBounds(boundsOf(box), { animate: false, maxZoom: near, padding: [36, 36] }))
  }

  /** Show the middle of a box at this zoom, in the same silence. */
  centre([south, west, north, east], zoom) {
    const corners = [L.CRS.EPSG3857.latLngToPoint(L.latLng(south, west), zoom), L.CRS.EPSG3857.latLngToPoint(L.latLng(north, east), zoom)]
    const middle = corners[0].add(corners[1]).divideBy(2)
    this.#quietly(() => this.#map.setView(L.CRS.EPSG3857.pointToLatLng(middle, zoom), zoom, { animate: false }))
  }

  #quietly(move) {
    this.#quiet = true
    move()
    this.#quiet = false
  }

  /** `moved({ box, zoom, byPerson })` is called when the map has come to rest elsewhere. */
  onLook(moved) {
    this.#map.on('moveend', () => moved({ box: this.box, zoom: this.zoom, byPerson: !this.#quiet }))
  }

  /** Take the map away; the element stays. */
  close() {
    this.#sized.disconnect()
    this.#mine?.close()
    this.#map.remove()
    this.element.classList.remove('map-face')
  }
}

function boundsOf([south, west, north, east]) {
  return [
    [south, west],
    [north, east],
  ]
}

/** The wheel goes on scrolling the page until somebody has turned to the map. */
function wheelWhenFocused(map) {
  map.getContainer().addEventListener('focusin', () => map.scrollWheelZoom.enable())
  map.getContainer().addEventListener('focusout', () => map.scrollWheelZoom.disable())
}

const fetched = new Map()

/** One request per page, however many maps there are on it. */
async function settingsOf(settings) {
  if (typeof settings !== 'string') return settings ?? { tiles: null, box: null, places: '' }
  if (!fetched.has(settings)) fetched.set(settings, ask(settings))
  return fetched.get(settings)
}

/** A map without its settings is still a map. */
async function ask(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: 'application/json' } })
    if (answer.ok) return await answer.json()
  } catch {
    // offline
  }
  fetched.delete(address)
  return { tiles: null, box: null, places: '' }
}

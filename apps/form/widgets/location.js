/** A place: in words, and as latitude and longitude, by its name, by a pin on a map, typed or taken from the device. */

import { computed, h, inject, onBeforeUnmount, reactive, ref, watch } from 'vue'

import { controlEvents, controlProps } from '../control.js'
import { icon } from '../icons.js'
import { KEYBOARD, wordsOfPlace } from '../location_words.js'
import PinMap from '../pin_map.js'
import { metresOutside, movedWords } from '../pin_words.js'
import { wordsOf } from '../place_choosing.js'
import { usePlaceLine } from '../place_line.js'
import { isBlank } from '../same.js'
import { folded } from '../width.js'

const DECIMALS = 6
/** Both at once, as maps give them to be copied: 「36.59, 136.66」, 「北緯36.59度 東経136.66度」. */
const COORDINATES = /^(?:北緯|緯度|N)? ?(-?\d{1,3}\.\d+)度?[,、 ]+(?:東経|経度|E)? ?(-?\d{1,3}\.\d+)度?$/
const GPS_PATIENCE = 15_000
/** A pin that is moved by the keyboard is announced when it rests. */
const REST = 600

export const grouped = true

export default {
  props: controlProps,
  emits: controlEvents,
  setup(props, { emit }) {
    const entry = inject('entry')
    const words = wordsOfPlace(entry.model.form.easy)
    const parts = reactive({ place: '', lat: '', lon: '' })
    const state = ref('')
    const outside = ref('')
    const hasMap = ref(false)
    /** What this widget last answered; another value comes from outside and is shown. */
    let told
    function show(value) {
      told = undefined
      Object.assign(parts, { place: value?.place ?? '', lat: value?.lat ?? '', lon: value?.lon ?? '' })
      judge()
    }
    const at = computed(() => pointOf(parts))

    function tell() {
      const [lat, lon] = [degrees(parts.lat), degrees(parts.lon)]
      told = isBlank(parts.place) && lat === null && lon === null ? null : { lat, lon, place: parts.place }
      emit('change', told)
    }
    function put({ lat, lon }) {
      Object.assign(parts, { lat: Number(lat).toFixed(DECIMALS), lon: Number(lon).toFixed(DECIMALS) })
      tell()
    }
    function typed(part, text) {
      const both = COORDINATES.exec(folded(text))
      if (both) Object.assign(parts, { lat: both[1], lon: both[2], ...(part === 'place' && { place: '' }) })
      else parts[part] = text
      state.value = ''
      tell()
    }
    function chosen(option) {
      parts.place = wordsOf(option, parts.place)
      put({ lat: option.latitude, lon: option.longitude })
      state.value = words.putAt(option.name)
      done()
    }
    function here() {
      state.value = words.looking
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          put({ lat: coords.latitude, lon: coords.longitude })
          state.value = words.found(Math.round(coords.accuracy))
          done()
        },
        () => (state.value = words.noHere),
        { enableHighAccuracy: true, timeout: GPS_PATIENCE },
      )
    }
    function clear() {
      Object.assign(parts, { lat: '', lon: '' })
      state.value = words.cleared
      tell()
      done()
    }

    // ---- the map

    let from = null
    let resting = null
    function moved(point) {
      from ??= at.value
      put(point)
      clearTimeout(resting)
      resting = setTimeout(() => {
        const way = from && movedWords(from, point)
        state.value = way ? words.moved(way) : words.put
        from = null
        done()
      }, REST)
    }
    onBeforeUnmount(() => clearTimeout(resting))
    function failed() {
      hasMap.value = false
      state.value = words.noMap
    }

    // ---- whether it can be right

    async function judge() {
      const point = at.value
      const metres = point ? metresOutside(await cityBox(entry.api), point) : 0
      if (point === at.value) outside.value = metres ? words.outside(metres) : ''
    }
    function done() {
      judge()
      emit('settle')
    }
    function left(event) {
      if (event.currentTarget.contains(event.relatedTarget)) return
      const wrong = mistake(parts)
      if (wrong) emit('unreadable', wrong)
      done()
    }
    show(props.value)
    watch(
      () => props.value,
      (value) => value !== told && show(value),
    )

    const line = usePlaceLine({
      entry,
      id: props.id,
      changed: (text) => typed('place', text),
      chosen,
      left: () => {},
    })
    const described = () => ({ 'aria-describedby': props.described, 'aria-invalid': props.invalid || undefined })
    const part = (name, label, control) =>
      h('div', { class: ['ef-part', `is-${name}`] }, [
        h('label', { class: 'ef-part-label', for: control.id }, label),
        control.drawn,
      ])
    const degreesLine = (name, label) => {
      const id = `${props.id}-${name}`
      const more = { inputmode: 'decimal', onInput: (event) => typed(name, event.target.value) }
      const drawn = h('input', { class: 'ef-input', id, type: 'text', autocomplete: 'off', ...described(), value: parts[name], ...more })
      return part(name, label, { id, drawn })
    }
    const way = (name, sign, label, press) =>
      h('button', { type: 'button', class: `ef-button is-medium is-outline is-${name}`, onClick: press }, [icon(sign), label])
    const placeLine = () =>
      part('place', words.name, {
        id: props.id,
        drawn: line({ value: parts.place, attributes: { id: props.id, ...described() } }),
      })
    /** Citizens have no coordinates at hand; who has may open the lines. */
    const coordinates = () => {
      const lines = h('div', { class: 'ef-coordinates' }, [degreesLine('lat', '緯度'), degreesLine('lon', '経度')])
      return entry.staysInTab ? h('details', { class: 'ef-typed-place' }, [h('summary', words.coordinates), lines]) : lines
    }
    const ways = () =>
      h('div', { class: 'ef-location-ways' }, [
        way('map', 'map', hasMap.value ? words.close : words.open, () => (hasMap.value = !hasMap.value)),
        canLocate() ? way('here', 'pin', words.here, here) : null,
        at.value ? way('clear', 'close', words.clear, clear) : null,
      ])
    const map = () => [
      h('p', { class: 'ef-map-help' }, [words.tap, h('span', { class: 'ef-map-keys' }, KEYBOARD)]),
      h(PinMap, { at: at.value, label: props.field.label, onMoved: moved, onFailed: failed }),
    ]
    return () =>
      h('div', { class: 'ef-location', onFocusout: left }, [
        placeLine(),
        coordinates(),
        ways(),
        h('p', { class: 'ef-outside', role: 'status', hidden: !outside.value }, outside.value),
        h('p', { class: 'ef-note', role: 'status' }, state.value),
        ...(hasMap.value ? map() : []),
      ])
  },
}

const boxes = new Map()

/** [south, west, north, east] of the city, asked once when a point is there to be judged; null while nobody can tell. */
function cityBox(api) {
  if (!boxes.has(api.base)) boxes.set(api.base, askBox(api))
  return boxes.get(api.base)
}

async function askBox(api) {
  const { kind, answer } = await api.read('/map')
  if (kind !== 'accepted') boxes.delete(api.base)
  return kind === 'accepted' ? answer.box : null
}

function pointOf({ lat, lon }) {
  const [north, east] = [degrees(lat), degrees(lon)]
  const isPoint = typeof north === 'number' && typeof east === 'number' && !mistake({ lat, lon })
  return isPoint ? { lat: north, lon: east } : null
}

export function shown(value) {
  if (typeof value !== 'object') return String(value)
  const coordinates = isBlank(value.lat) || isBlank(value.lon) ? '' : `北緯${value.lat} 東経${value.lon}`
  return [value.place, coordinates].filter(Boolean).join(' ')
}

/** Browsers tell where they are only to pages that came over https (or from this very machine). */
function canLocate() {
  return globalThis.isSecureContext && 'geolocation' in navigator
}

function degrees(text) {
  const plain = folded(text)
  if (plain === '') return null
  return Number.isFinite(Number(plain)) ? Number(Number(plain).toFixed(DECIMALS)) : plain
}

function mistake({ lat, lon }) {
  const given = [degrees(lat), degrees(lon)]
  if (given.every((part) => part === null)) return ''
  if (given.some((part) => part === null)) return '緯度と経度の両方を入力してください。'
  if (given.some((part) => typeof part === 'string')) return '緯度と経度は数字で入力してください。例 36.5613, 136.6562'
  if (Math.abs(given[0]) > 90 || Math.abs(given[1]) > 180) return '緯度は-90から90、経度は-180から180までです。'
  return ''
}

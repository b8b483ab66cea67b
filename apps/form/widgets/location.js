/** A place: in words, and as latitude and longitude, typed or taken from the device. */

import { h, reactive, ref, watch } from 'vue'

import { controlEvents, controlProps } from '../control.js'
import { icon } from '../icons.js'
import { isBlank } from '../same.js'
import { folded } from '../width.js'

const DECIMALS = 6
/** Both at once, as maps give them to be copied: 「36.59, 136.66」, 「北緯36.59度 東経136.66度」. */
const COORDINATES = /^(?:北緯|緯度|N)? ?(-?\d{1,3}\.\d+)度?[,、 ]+(?:東経|経度|E)? ?(-?\d{1,3}\.\d+)度?$/
const GPS_PATIENCE = 15_000

export const grouped = true

export default {
  props: controlProps,
  emits: controlEvents,
  setup(props, { emit }) {
    const parts = reactive({ place: '', lat: '', lon: '' })
    const state = ref('')
    /** What this widget last answered; another value comes from outside and is shown. */
    let told
    function show(value) {
      told = undefined
      Object.assign(parts, { place: value?.place ?? '', lat: value?.lat ?? '', lon: value?.lon ?? '' })
    }
    show(props.value)
    watch(
      () => props.value,
      (value) => value !== told && show(value),
    )

    function tell() {
      const [lat, lon] = [degrees(parts.lat), degrees(parts.lon)]
      told = isBlank(parts.place) && lat === null && lon === null ? null : { lat, lon, place: parts.place }
      emit('change', told)
    }
    function typed(part, text) {
      const both = COORDINATES.exec(folded(text))
      if (both) Object.assign(parts, { lat: both[1], lon: both[2], ...(part === 'place' && { place: '' }) })
      else parts[part] = text
      tell()
    }
    function here() {
      state.value = '現在地を調べています。'
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          Object.assign(parts, { lat: coords.latitude.toFixed(DECIMALS), lon: coords.longitude.toFixed(DECIMALS) })
          state.value = `現在地を入れました(誤差 およそ${Math.round(coords.accuracy)}m)。`
          tell()
        },
        () => (state.value = '現在地を取得できませんでした。場所の名前だけでも保存できます。'),
        { enableHighAccuracy: true, timeout: GPS_PATIENCE },
      )
    }
    function left(event) {
      if (event.currentTarget.contains(event.relatedTarget)) return
      const wrong = mistake(parts)
      if (wrong) emit('unreadable', wrong)
      emit('settle')
    }
    const line = (part, label, more) =>
      h('label', { class: ['ef-part', `is-${part}`] }, [
        h('span', { class: 'ef-part-label' }, label),
        h('input', {
          class: 'ef-input',
          id: part === 'place' ? props.id : `${props.id}-${part}`,
          type: 'text',
          autocomplete: 'off',
          'aria-describedby': props.described,
          'aria-invalid': props.invalid || undefined,
          value: parts[part],
          onInput: (event) => typed(part, event.target.value),
          ...more,
        }),
      ])
    return () =>
      h('div', { class: 'ef-location', onFocusout: left }, [
        line('place', '場所の名前'),
        h('div', { class: 'ef-coordinates' }, [
          line('lat', '緯度', { inputmode: 'decimal' }),
          line('lon', '経度', { inputmode: 'decimal' }),
          canLocate()
            ? h('button', { type: 'button', class: 'ef-button is-medium is-outline', onClick: here }, [
                icon('pin'),
                '現在地',
              ])
            : null,
        ]),
        h('p', { class: 'ef-note', role: 'status' }, state.value),
      ])
  },
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

/** A small map of the place and of what may be the same thing there; the call goes on without it. */

import { h, onBeforeUnmount, ref, watch } from 'vue'

/** A street wide around a single place, in degrees. */
const AROUND = 0.0012
/** Milliseconds after which no zoom is under way any more. */
const ZOOMED = 1_000

export const CallMap = {
  /** at: {lat, lon} of this call, or null. others: likely duplicates, those with a `point` are shown. */
  props: { entry: Object, at: Object, others: Array },
  setup(props) {
    const place = ref(null)
    const failed = ref(false)
    let opening = null
    let isGone = false

    async function opened() {
      const { openMap } = await import('madoguchi-map/map_face.js')
      return openMap(place.value, { settings: `${props.entry.api.base}/map`, label: 'この電話の場所' })
    }
    async function show() {
      const pins = pinsOf(props.at, props.others)
      if (!pins.length || failed.value) return
      try {
        opening ??= opened()
        const face = await opening
        if (isGone) return
        face.showPins(pins)
        face.fit(boxAround(pins))
      } catch {
        failed.value = true
      }
    }
    watch(() => JSON.stringify(pinsOf(props.at, props.others)), show, { immediate: true, flush: 'post' })
    onBeforeUnmount(() => {
      isGone = true
      // A zoom that is under way would look for the map that is gone.
      opening?.then((face) => setTimeout(() => face.close(), ZOOMED)).catch(() => {})
    })
    return () => h('div', { ref: place, class: ['ef-call-map', { 'is-empty': failed.value || !pinsOf(props.at, props.others).length }] })
  },
}

/** This call as a drop, the others as circles: blue while open, grey when done. */
export function pinsOf(at, others) {
  const known = others.filter(({ point }) => point)
  const pins = known.map(({ id, point, title, done }) => ({ id, ...point, title, shape: 'circle', color: done ? 'gray' : 'blue' }))
  return at ? [...pins, { id: 'call', lat: Number(at.lat), lon: Number(at.lon), title: 'この電話', shape: 'drop', color: 'red' }] : pins
}

/** [south, west, north, east] around all of them. */
export function boxAround(pins) {
  const [lats, lons] = [pins.map(({ lat }) => lat), pins.map(({ lon }) => lon)]
  return [Math.min(...lats) - AROUND, Math.min(...lons) - AROUND, Math.max(...lats) + AROUND, Math.max(...lons) + AROUND]
}

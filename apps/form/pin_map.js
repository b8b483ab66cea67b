/** The map under a place, opened when somebody asks for it: a pin that is set by a tap, by dragging or by the keyboard. */

import { h, inject, onBeforeUnmount, onMounted, ref, watch } from 'vue'

const CLOSE = 16
const CLOSER = 2

export default {
  /** at: {lat, lon} or null. label: of the field. */
  props: { at: Object, label: String },
  /** moved({lat, lon}): by the person. failed(): the map could not be loaded. */
  emits: ['moved', 'failed'],
  setup(props, { emit }) {
    const entry = inject('entry')
    const place = ref(null)
    let face = null
    let pin = null
    let isGone = false

    /** Who has put the pin on a map of the whole city wants to put it better. */
    function moved(at) {
      emit('moved', at)
      if (face.zoom < CLOSE) face.look({ ...at, zoom: Math.min(CLOSE, face.zoom + CLOSER) })
    }
    onMounted(async () => {
      try {
        const { openMap } = await import('madoguchi-map/map_face.js')
        const opened = await openMap(place.value, { settings: `${entry.api.base}/map`, label: `${props.label}の地図`, at: props.at })
        if (isGone) {
          opened.close()
          return
        }
        face = opened
        pin = face.movablePin(props.at, moved, { title: props.label })
        place.value.scrollIntoView({ block: 'center' })
        place.value.focus({ preventScroll: true })
      } catch {
        emit('failed')
      }
    })
    onBeforeUnmount(() => {
      isGone = true
      face?.close()
    })
    watch(
      () => props.at,
      (at) => {
        pin?.show(at)
        if (at) face?.reveal(at)
      },
    )
    return () => h('div', { ref: place, class: 'ef-map' })
  },
}

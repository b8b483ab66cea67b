/** A place on one line: suggestions while typing, taken with the arrow keys and Enter or by a touch. Words of one's own stay. */

import { inject } from 'vue'

import { controlEvents, controlProps, tied } from '../control.js'
import { locationOf, wordsOf } from '../place_choosing.js'
import { usePlaceLine } from '../place_line.js'

export default {
  props: controlProps,
  emits: controlEvents,
  setup(props, { emit }) {
    const entry = inject('entry')
    let filled = null

    const location = () =>
      props.place.row ? { ...props.place, column: props.field.location } : { name: props.field.location }

    function chosen(option) {
      emit('change', wordsOf(option, props.value ?? ''))
      if (props.field.location && entry.model.fields.has(props.field.location)) locate(option)
      emit('settle')
    }
    function locate(option) {
      const point = locationOf(option, entry.valueAt(location()), filled)
      if (!point) {
        emit('note', '位置は、先に入れた点のままです。')
        return
      }
      filled = point
      entry.change(location(), point)
    }
    function left(text) {
      const tidy = text.trim()
      if (tidy !== text) emit('change', tidy)
      emit('settle')
    }
    const draw = usePlaceLine({ entry, id: props.id, changed: (text) => emit('change', text), chosen, left })
    return () => draw({ value: props.value ?? '', attributes: tied(props) })
  },
}

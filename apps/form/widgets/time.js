/** A time of day. */

import { h } from 'vue'

import { controlEvents, controlProps } from '../control.js'
import { TimeBoxes } from '../time_boxes.js'

export const grouped = true

export default {
  props: controlProps,
  emits: controlEvents,
  setup(props, { emit }) {
    let problem = ''
    return () =>
      h(TimeBoxes, {
        id: props.id,
        value: props.value,
        described: props.described,
        invalid: props.invalid,
        label: props.field.label,
        onChange: (value, wrong) => {
          problem = wrong
          emit('change', value)
        },
        onLeft: () => {
          if (problem) emit('unreadable', problem)
          emit('settle')
        },
      })
  },
}

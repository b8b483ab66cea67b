/** A day of the calendar, typed as 和暦 or 西暦 or chosen. */

import { h, inject } from 'vue'

import { controlEvents, controlProps } from '../control.js'
import { DateBoxes } from '../date_boxes.js'
import { wareki } from '../era.js'

export const grouped = true

export default {
  props: controlProps,
  emits: controlEvents,
  setup(props, { emit }) {
    const entry = inject('entry')
    let problem = ''
    return () =>
      h(DateBoxes, {
        id: props.id,
        value: props.value,
        described: props.described,
        invalid: props.invalid,
        label: props.field.label,
        today: entry.today(),
        onChange: (value, wrong) => {
          problem = wrong
          emit('change', value)
        },
        onNote: (text) => emit('note', text),
        onLeft: () => {
          if (problem) emit('unreadable', problem)
          emit('settle')
        },
      })
  },
}

export function shown(value) {
  return wareki(value)
}

/** A reading in katakana; filled from the conversion of its name field until the person writes here themselves. */

import { h } from 'vue'

import { controlEvents, controlProps, tied } from '../control.js'
import { cleanKana } from '../kana_reading.js'

export default {
  props: controlProps,
  emits: controlEvents,
  setup(props, { emit }) {
    function left(event) {
      const tidy = cleanKana(event.target.value)
      if (tidy !== event.target.value) emit('change', tidy)
      emit('settle')
    }
    return () =>
      h('input', {
        class: 'ef-input',
        ...tied(props),
        type: 'text',
        autocomplete: 'off',
        value: props.value ?? '',
        onInput: (event) => emit('change', event.target.value),
        onBlur: left,
      })
  },
}

/** A date as far as it is known: 昭和55年頃. */

import { h, ref, watch } from 'vue'

import { controlEvents, controlProps, tied } from '../control.js'
import { readPartial, shownPartial } from '../partial_date.js'

/** One box for everything that may be known needs an example, unless the definition gives its own. */
export const hint = '分かるところまで。例 昭和55年、昭和55年3月、昭和55年頃'

export default {
  props: controlProps,
  emits: controlEvents,
  setup(props, { emit }) {
    const text = ref(shownPartial(props.value))
    let told = props.value
    watch(
      () => props.value,
      (value) => value !== told && (text.value = shownPartial(value)),
    )

    function tell(value) {
      told = value
      emit('change', value)
    }
    function left() {
      const read = readPartial(text.value)
      if (read) {
        const typed = text.value.trim()
        tell(read.edtf)
        text.value = shownPartial(read.edtf)
        if (text.value !== typed) emit('note', `「${typed}」を ${text.value}と読み取りました。`)
      }
      emit('settle')
    }
    return () =>
      h('input', {
        class: 'ef-input',
        ...tied(props),
        type: 'text',
        autocomplete: 'off',
        value: text.value,
        onInput: (event) => {
          text.value = event.target.value
          tell(text.value || null)
        },
        onBlur: left,
      })
  },
}

export function shown(value) {
  return shownPartial(value)
}

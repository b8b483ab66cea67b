/** One line of text; also names, telephone numbers, e-mail and web addresses, which differ only in the keyboard they call. */

import { h, inject } from 'vue'

import { controlEvents, controlProps, tied } from '../control.js'
import { NameReading } from '../kana_reading.js'
import { folded } from '../width.js'

/** What a telephone number, an address of the net or a code is typed as: width never matters there. */
const FOLDED = new Set(['phone', 'email', 'url', 'postal_code'])
const KIND = { phone: 'tel', email: 'email', url: 'url' }

export default {
  props: controlProps,
  emits: controlEvents,
  setup(props, { emit }) {
    const entry = inject('entry')
    const readers = entry.readersOf(props.field.name)
    const reading = readers.length ? new NameReading() : null

    const read = () => reading && entry.read(readers, reading.reading)
    const listening = reading && {
      onCompositionupdate: (event) => reading.composing(event.data),
      onCompositionend: (event) => {
        reading.composed(event.data, event.target.value)
        read()
      },
    }
    function typed(event) {
      emit('change', event.target.value)
      if (event.isComposing || !reading) return
      reading.typed(event.target.value)
      read()
    }
    function left(event) {
      const text = event.target.value
      const tidy = FOLDED.has(props.field.type) ? folded(text) : text.trim()
      if (tidy !== text) {
        emit('change', tidy)
        if (tidy !== text.trim()) emit('note', `「${tidy}」と読み取りました。`)
      }
      emit('settle')
    }
    return () =>
      h('input', {
        class: 'ef-input',
        ...tied(props),
        type: KIND[props.field.type] === 'tel' ? 'tel' : 'text',
        inputmode: props.field.inputMode || KIND[props.field.type] || undefined,
        autocomplete: props.field.autocomplete || 'off',
        value: props.value ?? '',
        onInput: typed,
        onBlur: left,
        ...listening,
      })
  },
}

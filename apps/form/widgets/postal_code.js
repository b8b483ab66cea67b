/** A postal code; fills the town into the address when the server knows it and nothing stands there yet. */

import { h, inject } from 'vue'

import { controlEvents, controlProps, tied } from '../control.js'
import { isBlank } from '../same.js'
import { folded } from '../width.js'

export default {
  props: controlProps,
  emits: controlEvents,
  setup(props, { emit }) {
    const entry = inject('entry')

    async function left(event) {
      const code = written(event.target.value)
      if (code !== (props.value ?? '')) emit('change', code || null)
      emit('settle')
      if (code && props.field.fills) await fill(code)
    }
    /** Only an empty address is filled: what a person wrote is never replaced. */
    async function fill(code) {
      const { kind, answer } = await entry.api.read(`/postal/${code}`)
      const town = kind === 'accepted' ? answer.address : ''
      if (!town || !isBlank(entry.model.values[props.field.fills])) return
      entry.change({ name: props.field.fills }, town)
      emit('note', `住所に「${town}」を入れました。続きを入力してください。`)
    }
    return () =>
      h('input', {
        class: 'ef-input',
        ...tied(props),
        type: 'text',
        inputmode: 'numeric',
        autocomplete: 'off',
        value: props.value ?? '',
        onInput: (event) => emit('change', event.target.value || null),
        onBlur: left,
      })
  },
}

/** 〒９２０ー０９６２ -> 920-0962; what is no code stays for the server to explain. */
function written(text) {
  const plain = folded(text).replace(/^〒/, '').trim()
  const digits = plain.replace(/-/g, '')
  return /^\d{7}$/.test(digits) ? `${digits.slice(0, 3)}-${digits.slice(3)}` : plain
}

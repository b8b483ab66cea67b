/** A whole number or a decimal, typed in any width; what was understood is shown when it was not typed that way. */

import { h } from 'vue'

import { controlEvents, controlProps, tied } from '../control.js'
import { isBlank } from '../same.js'
import { grouped, readNumber } from '../typed_number.js'

export default {
  props: controlProps,
  emits: controlEvents,
  setup(props, { emit }) {
    const whole = props.field.digits === 0 || (props.field.digits == null && props.field.type !== 'decimal')
    const unit = unitOf(props.field)
    function left(event) {
      const text = event.target.value.trim()
      const { value, problem } = isBlank(text)
        ? { value: null }
        : readNumber(text, { unit, whole, label: props.field.label })
      if (problem) emit('unreadable', problem)
      else {
        emit('change', value)
        if (value !== null && text !== String(value) && text !== grouped(value))
          emit('note', `「${text}」を ${grouped(value)}${unit} と読み取りました。`)
      }
      emit('settle')
    }
    return () =>
      h('div', { class: 'ef-with-unit' }, [
        h('input', {
          class: 'ef-input ef-number',
          ...tied(props),
          type: 'text',
          inputmode: whole ? 'numeric' : 'decimal',
          autocomplete: 'off',
          value:
            props.field.type === 'money' && typeof props.value === 'number'
              ? grouped(props.value)
              : (props.value ?? ''),
          onInput: (event) => emit('change', event.target.value === '' ? null : event.target.value),
          onBlur: left,
        }),
        unit ? h('span', { class: 'ef-unit' }, unit) : null,
      ])
  },
}

export function shown(value, field) {
  return `${grouped(value)}${unitOf(field)}`
}

function unitOf(field) {
  return field.unit || (field.type === 'money' ? '円' : '')
}

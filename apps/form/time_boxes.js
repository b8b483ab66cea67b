/** A time of day in two boxes, 時 and 分, in any width; 9:05 or 9時5分 typed into the first box is understood too. */

import { h, reactive, watch } from 'vue'

import { TIME, readTime } from './typed_time.js'
import { folded } from './width.js'

/** value: 'HH:MM', or what was typed so far. Emits change(value, problem) and left. */
export const TimeBoxes = {
  props: { value: null, id: String, described: String, invalid: Boolean, label: String },
  emits: ['change', 'left'],
  setup(props, { emit }) {
    const boxes = reactive({ hour: '', minute: '' })
    /** What this widget last answered; another value comes from outside and is shown. */
    let told
    function show(value) {
      told = undefined
      const found = TIME.exec(folded(value ?? ''))
      Object.assign(
        boxes,
        found
          ? { hour: String(Number(found[1])), minute: found[2].padStart(2, '0') }
          : { hour: value ?? '', minute: '' },
      )
    }
    show(props.value)
    watch(
      () => props.value,
      (value) => value !== told && show(value),
    )

    function typed(part, text) {
      boxes[part] = text
      const { value, problem } = readTime(boxes)
      told = value
      emit('change', value, problem ?? '')
    }
    function leave(event) {
      if (event.currentTarget.contains(event.relatedTarget)) return
      const { value, problem } = readTime(boxes)
      if (value && !problem) {
        show(value)
      }
      emit('left')
    }
    const box = (part, unit) =>
      h('label', { class: 'ef-box' }, [
        h('input', {
          class: 'ef-input ef-box-two',
          type: 'text',
          inputmode: 'numeric',
          autocomplete: 'off',
          id: part === 'hour' ? props.id : `${props.id}-${part}`,
          'aria-label': `${props.label} ${unit}`,
          'aria-invalid': props.invalid || undefined,
          'aria-describedby': props.described,
          value: boxes[part],
          onInput: (event) => typed(part, event.target.value),
        }),
        h('span', { class: 'ef-unit', 'aria-hidden': 'true' }, unit),
      ])
    return () => h('div', { class: 'ef-boxes', onFocusout: leave }, [box('hour', '時'), box('minute', '分')])
  },
}

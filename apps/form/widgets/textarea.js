/** Several lines of text; grows with what is typed. */

import { h, nextTick, onMounted, ref, watch } from 'vue'

import { controlEvents, controlProps, tied } from '../control.js'

export default {
  props: controlProps,
  emits: controlEvents,
  setup(props, { emit }) {
    const box = ref(null)
    function grow() {
      const element = box.value
      if (!element) return
      element.style.height = 'auto'
      element.style.height = `${element.scrollHeight + 2}px`
    }
    onMounted(grow)
    watch(
      () => props.value,
      () => nextTick(grow),
    )
    const near = () => {
      const left = (props.field.maxLength ?? 0) - [...(props.value ?? '')].length
      return props.field.maxLength && left <= 100
        ? h('p', { class: 'ef-count', 'aria-live': 'polite' }, left >= 0 ? `あと${left}文字` : `${-left}文字多いです`)
        : null
    }
    return () => [
      h('textarea', {
        ref: box,
        class: 'ef-input ef-textarea',
        ...tied(props),
        rows: 3,
        value: props.value ?? '',
        onInput: (event) => emit('change', event.target.value),
        onBlur: () => emit('settle'),
      }),
      near(),
    ]
  },
}

/** はい or いいえ, in the definition's own words. */

import { choiceButtons } from '../choice_buttons.js'
import { controlEvents, controlProps } from '../control.js'

export const grouped = true

export default {
  props: controlProps,
  emits: controlEvents,
  setup(props, { emit }) {
    function choose(value) {
      emit('change', value)
      emit('settle')
    }
    return () => choiceButtons(props, answers(props.field), choose)
  },
}

export function shown(value, field) {
  return answers(field).find((answer) => answer.value === value)?.label ?? String(value)
}

function answers(field) {
  return [
    { value: true, label: field.yesLabel || 'はい' },
    { value: false, label: field.noLabel || 'いいえ' },
  ]
}

/** One of several answers: a drop-down, large buttons, or a list of radio buttons, as the definition says. */

import { h, inject } from 'vue'

import { choiceButtons } from '../choice_buttons.js'
import { byGroup, choiceLabel, choicesNow } from '../choices.js'
import { controlEvents, controlProps, tied } from '../control.js'
import { OtherDetail } from '../other_detail.js'

/** A drop-down is one control with a label of its own; buttons are a group. */
export function grouped(field) {
  return field.look !== 'dropdown'
}

export default {
  props: controlProps,
  emits: controlEvents,
  setup(props, { emit }) {
    const entry = inject('entry')
    function choose(value) {
      emit('change', value || null)
      emit('settle')
    }
    return () => {
      const { field } = props
      const choices = choicesNow(field, props.value, entry.scopeAt(props.place, props.row), entry.model.formulas)
      const control = grouped(field)
        ? choiceButtons(props, choices, choose, { asList: field.look === 'radio' })
        : dropdown(props, choices, choose)
      return [control, h(OtherDetail, { field, place: props.place, row: props.row })]
    }
  },
}

export function shown(value, field) {
  return choiceLabel(field, value)
}

function dropdown(props, choices, choose) {
  const options = byGroup(choices).flatMap(([group, members]) => {
    const listed = members.map((choice) => h('option', { value: choice.value }, choice.label))
    return group ? [h('optgroup', { label: group }, listed)] : listed
  })
  const blank = h('option', { value: '' }, '選んでください')
  return h('div', { class: 'ef-select' }, [
    h(
      'select',
      { class: 'ef-input', ...tied(props), value: props.value ?? '', onChange: (event) => choose(event.target.value) },
      [blank, ...options],
    ),
  ])
}

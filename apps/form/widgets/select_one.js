/** One of several answers: large buttons, a list of radio buttons, or a drop-down, as the definition says. */

import { h, inject } from 'vue'

import { byGroup, choiceLabel, choicesNow } from '../choices.js'
import { controlEvents, controlProps, tied } from '../control.js'
import { OtherDetail } from '../other_detail.js'

export default {
  props: controlProps,
  emits: controlEvents,
  setup(props, { emit }) {
    const entry = inject('entry')
    function choose(value) {
      emit('change', value === '' ? null : value)
      emit('settle')
    }
    return () => {
      const choices = choicesNow(props.field, props.value, entry.model, props.row)
      const look = lookOf(props.field)
      const control = look === 'dropdown' ? dropdown(props, choices, choose) : buttons(props, choices, choose, look)
      return [control, h(OtherDetail, { field: props.field, value: props.value })]
    }
  },
}

/** A drop-down is one control with a label of its own; buttons are a group. */
export function grouped(field) {
  return lookOf(field) !== 'dropdown'
}

export function shown(value, field) {
  return choiceLabel(field, value)
}

function lookOf(field) {
  if (field.look === 'buttons' || field.look === 'radio' || field.look === 'dropdown') return field.look
  return (field.choices?.length ?? 0) <= 5 ? 'buttons' : 'dropdown'
}

function dropdown(props, choices, choose) {
  const options = byGroup(choices).flatMap(([group, members]) => {
    const listed = members.map((choice) => h('option', { value: choice.value }, choice.label))
    return group ? [h('optgroup', { label: group }, listed)] : listed
  })
  const blank = h('option', { value: '' }, '選んでください')
  return h('div', { class: 'ef-select' }, [
    h('select', { class: 'ef-input', ...tied(props), value: props.value ?? '', onChange: (event) => choose(event.target.value) }, [blank, ...options]),
  ])
}

function buttons(props, choices, choose, look) {
  return h(
    'div',
    { class: ['ef-choices', look === 'radio' ? 'is-list' : 'is-buttons'] },
    choices.map((choice, index) => one(props, choice, index, choose)),
  )
}

/** A second press on the chosen answer takes it back where no answer is needed: radio buttons alone cannot do that. */
function one(props, choice, index, choose) {
  const isChosen = props.value === choice.value
  return h('label', { class: ['ef-choice', choice.color && `is-${choice.color}`, { 'is-chosen': isChosen }], key: choice.value }, [
    h('input', {
      type: 'radio',
      id: index === 0 ? props.id : `${props.id}-${index}`,
      name: props.id,
      value: choice.value,
      checked: isChosen,
      'aria-describedby': props.described,
      onChange: () => choose(choice.value),
      onClick: () => isChosen && !props.needed && choose(''),
    }),
    h('span', { class: 'ef-choice-mark', 'aria-hidden': 'true' }),
    h('span', { class: 'ef-choice-text' }, choice.label),
  ])
}

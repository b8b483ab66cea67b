/** Any number of answers, by group: check boxes in a list or as large buttons. */

import { h, inject } from 'vue'

import { byGroup, choiceLabel, choicesNow } from '../choices.js'
import { controlEvents, controlProps } from '../control.js'
import { OtherDetail } from '../other_detail.js'

export const grouped = true

export default {
  props: controlProps,
  emits: controlEvents,
  setup(props, { emit }) {
    const entry = inject('entry')
    /** Kept in the order of the definition, so that the same answer is the same value. */
    function toggle(value, isChosen) {
      const chosen = new Set(props.value ?? [])
      if (isChosen) chosen.add(value)
      else chosen.delete(value)
      const order = props.field.choices.map((choice) => choice.value).filter((each) => chosen.has(each))
      emit('change', order.length ? order : null)
      emit('settle')
    }
    return () => {
      const groups = byGroup(
        choicesNow(props.field, props.value, entry.scopeAt(props.place, props.row), entry.model.formulas),
      )
      const first = groups[0]?.[1][0]?.value
      const drawn = groups.map(([group, choices]) => {
        const boxes = h(
          'div',
          { class: ['ef-choices', props.field.look === 'buttons' ? 'is-buttons' : 'is-list'] },
          choices.map((choice) => box(props, choice, choice.value === first, toggle)),
        )
        if (!group) return boxes
        return h('div', { class: 'ef-group', role: 'group', 'aria-label': group }, [
          h('p', { class: 'ef-group-title', 'aria-hidden': 'true' }, group),
          boxes,
        ])
      })
      return [...drawn, h(OtherDetail, { field: props.field, place: props.place, row: props.row })]
    }
  },
}

export function shown(value, field) {
  return (value ?? []).map((each) => choiceLabel(field, each)).join('、')
}

function box(props, choice, isFirst, toggle) {
  const isChosen = (props.value ?? []).includes(choice.value)
  return h(
    'label',
    {
      class: ['ef-choice is-many', choice.color && `is-${choice.color}`, { 'is-chosen': isChosen }],
      key: choice.value,
    },
    [
      h('input', {
        type: 'checkbox',
        id: isFirst ? props.id : undefined,
        checked: isChosen,
        'aria-describedby': props.described,
        onChange: (event) => toggle(choice.value, event.target.checked),
      }),
      h('span', { class: 'ef-choice-mark', 'aria-hidden': 'true' }),
      h('span', { class: 'ef-choice-text' }, choice.label),
    ],
  )
}

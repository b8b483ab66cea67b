/** Answers of which one is chosen, as large buttons or as a list of radio buttons. */

import { h } from 'vue'

/**
 * A digit chooses by place (1 the first one) while the focus is in the group: one key instead of many arrows.
 *
 * control: the widget's props. choices: [{value, label, color}]. choose(value) is called with null when a chosen answer
 * that is not required is pressed again: radio buttons alone cannot be taken back.
 */
export function choiceButtons(control, choices, choose, { asList = false } = {}) {
  return h(
    'div',
    { class: ['ef-choices', asList ? 'is-list' : 'is-buttons'], onKeydown: (event) => byDigit(event, choices, choose) },
    choices.map((choice, index) => one(control, choice, index, choose)),
  )
}

function byDigit(event, choices, choose) {
  const chosen = /^[1-9]$/.test(event.key) && event.target.type === 'radio' && choices[Number(event.key) - 1]
  if (!chosen || event.ctrlKey || event.altKey || event.metaKey) return
  event.preventDefault()
  choose(chosen.value)
  event.currentTarget.querySelectorAll('input[type=radio]')[Number(event.key) - 1].focus()
}

function one(control, choice, index, choose) {
  const isChosen = control.value === choice.value
  return h(
    'label',
    { class: ['ef-choice', choice.color && `is-${choice.color}`, { 'is-chosen': isChosen }], key: choice.value },
    [
      h('input', {
        type: 'radio',
        id: index === 0 ? control.id : `${control.id}-${index}`,
        name: control.id,
        checked: isChosen,
        'aria-describedby': control.described,
        onChange: () => choose(choice.value),
        onClick: () => isChosen && !control.needed && choose(null),
      }),
      h('span', { class: 'ef-choice-mark', 'aria-hidden': 'true' }),
      h('span', { class: 'ef-choice-text' }, choice.label),
    ],
  )
}

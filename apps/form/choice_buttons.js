/** Answers of which one is chosen, as large buttons or as a list of radio buttons. */

import { h } from 'vue'

/**
 * control: the widget's props. choices: [{value, label, color}]. choose(value) is called with null when a chosen answer
 * that is not required is pressed again: radio buttons alone cannot be taken back.
 */
export function choiceButtons(control, choices, choose, { asList = false } = {}) {
  return h(
    'div',
    { class: ['ef-choices', asList ? 'is-list' : 'is-buttons'] },
    choices.map((choice, index) => one(control, choice, index, choose)),
  )
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

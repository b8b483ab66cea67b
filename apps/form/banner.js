/** A question that waits at the top of the form and never takes what is typed: an earlier draft, another person's change. */

import { h } from 'vue'

export const Banner = {
  props: { title: String, text: String, choices: Array },
  setup(props) {
    return () =>
      h('section', { class: 'ef-banner', role: 'status' }, [
        h('div', { class: 'ef-banner-words' }, [
          h('h2', { class: 'ef-banner-title' }, props.title),
          props.text ? h('p', props.text) : null,
        ]),
        h(
          'div',
          { class: 'ef-banner-choices' },
          props.choices.map(({ label, take, main }) =>
            h(
              'button',
              { type: 'button', class: ['ef-button', 'is-medium', main ? 'is-solid' : 'is-outline'], onClick: take },
              label,
            ),
          ),
        ),
      ])
  },
}

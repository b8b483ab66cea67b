/** What is wrong, all of it, at the top of the form; each line leads to its field. */

import { h } from 'vue'

import { icon } from './icons.js'

export const ErrorSummary = {
  props: { refusals: Array, detail: String, id: String, trouble: { type: String, default: '保存できませんでした' } },
  emits: ['go'],
  setup(props, { emit }) {
    return () => {
      const count = props.refusals.length
      const title = count ? `入力内容を確認してください(${count}件)` : props.trouble
      return h(
        'div',
        { class: 'ef-summary', id: props.id, tabindex: -1, role: 'alert', 'aria-labelledby': `${props.id}-title` },
        [
          h('h2', { class: 'ef-summary-title', id: `${props.id}-title` }, [icon('warning'), title]),
          props.detail && !count ? h('p', props.detail) : null,
          count
            ? h(
                'ul',
                { class: 'ef-summary-list' },
                props.refusals.map((refusal) => line(refusal, emit)),
              )
            : null,
        ],
      )
    }
  },
}

function line(refusal, emit) {
  if (refusal.key === null) return h('li', refusal.text)
  const go = (event) => {
    event.preventDefault()
    emit('go', refusal.key)
  }
  return h('li', [h('a', { href: '#', onClick: go }, [refusal.line, refusal.text].filter(Boolean).join(' '))])
}

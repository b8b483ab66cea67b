/** Calls that were put aside, and the button that puts the present one aside for another. */

import { h } from 'vue'

export const KeptCalls = {
  props: { list: Array, touched: Boolean },
  emits: ['putAside', 'takeUp', 'forget'],
  setup(props, { emit }) {
    const line = (one) =>
      h('li', { class: 'ef-kept', key: one.key }, [
        h('button', { type: 'button', class: 'ef-kept-go', onClick: () => emit('takeUp', one) }, `${one.at} ${one.words} の続き`),
        h('button', { type: 'button', class: 'ef-kept-forget', 'aria-label': `${one.words} を破棄する`, onClick: () => emit('forget', one) }, '破棄'),
      ])
    return () =>
      h('div', { class: 'ef-kept-place' }, [
        h('ul', { class: 'ef-kept-list', 'aria-label': '途中の電話' }, props.list.map(line)),
        // Always has its place, so that nothing moves under the hand that begins to type.
        h('button', { type: 'button', class: ['ef-button is-outline is-small ef-aside', { 'is-idle': !props.touched }], onClick: () => emit('putAside') }, [
          h('span', ['別の電話', h('span', { class: 'ef-aside-more' }, 'を先に受ける')]),
        ]),
      ])
  },
}

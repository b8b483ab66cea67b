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
        props.touched
          ? h('button', { type: 'button', class: 'ef-button is-outline is-medium', onClick: () => emit('putAside') }, '別の電話を先に受ける')
          : null,
      ])
  },
}

/** 「同じことかもしれない要望」: their words in full, why they came up, and one tap that joins this call to one of them. */

import { h } from 'vue'

import { button } from './earlier_list.js'
import { SAME } from './offers.js'

export const LikelyList = {
  props: { likely: Object, entry: Object },
  emits: ['sameAs'],
  setup(props, { emit }) {
    const { likely, entry } = props
    const line = (one, index) =>
      h('li', { class: ['ef-beside-one', { 'is-open': !one.done }], key: one.id }, [
        h('p', { class: 'ef-beside-head' }, [
          one.status ? h('span', { class: ['ef-standing', { 'is-open': !one.done }] }, one.status) : null,
          h('a', { href: recordPage(entry, one.id), target: '_blank', rel: 'noopener' }, one.title),
        ]),
        h('p', { class: 'ef-beside-why' }, one.reasons.map((reason) => h('span', { key: reason }, reason))),
        ...Object.entries(one.texts)
          .filter(([, text]) => text && !one.title.includes(text))
          .map(([name, text]) => h('p', { class: 'ef-beside-text', key: name }, text)),
        h('div', { class: 'ef-beside-buttons' }, [
          button('同じ要望として受け付ける', () => emit('sameAs', one), index === 0 ? SAME : ''),
        ]),
      ])
    return () => {
      const records = openFirst(likely.asking.answer?.records ?? [])
      return h('section', { class: 'ef-beside', 'aria-labelledby': 'ef-likely-title' }, [
        h('h2', { class: 'ef-beside-title', id: 'ef-likely-title' }, '同じことかもしれない要望'),
        h('p', { class: 'ef-beside-state', role: 'status' }, state(likely.asking, records)),
        records.length ? h('ul', { class: 'ef-beside-list' }, records.map(line)) : null,
      ])
    }
  },
}

/** The server's order, the likeliest first, with what is still open before what is done. */
export function openFirst(records) {
  return [...records.filter(({ done }) => !done), ...records.filter(({ done }) => done)]
}

function state({ answer, isOut }, records) {
  if (isOut) return 'いまは調べられません。そのまま入力できます。'
  if (!answer) return '場所や種別を入れると出ます。'
  return records.length ? `${records.length}件` : '見つかりません。'
}

function recordPage(entry, id) {
  return entry.api.pageUrl(`/apps/${encodeURIComponent(entry.model.form.app)}/records/${encodeURIComponent(id)}`)
}

/** 「この番号の前の要望」: those that are still open first, each with what can be done with it in one tap. */

import { h, reactive } from 'vue'

import { TAKE_OVER } from './offers.js'

/** More would push away what may be the same thing. */
const AT_ONCE = 2

export const EarlierList = {
  props: { caller: Object, entry: Object, counts: Boolean, first: String },
  emits: ['rangAgain'],
  setup(props, { emit }) {
    const { caller, entry } = props
    const refused = reactive({})

    async function rangAgain(one) {
      refused[one.id] = await caller.rangAgain(one)
      if (!refused[one.id]) emit('rangAgain', one)
    }
    function line(one) {
      const names = Object.values(one.values).filter((value) => typeof value === 'string')
      return h('li', { class: ['ef-beside-one', { 'is-open': !one.done }], key: one.id }, [
        h('p', { class: 'ef-beside-head' }, [
          one.status ? h('span', { class: ['ef-standing', { 'is-open': !one.done }] }, one.status) : null,
          h('a', { href: entry.api.pageUrl(one.url), target: '_blank', rel: 'noopener' }, one.title),
        ]),
        h('p', { class: 'ef-beside-more' }, [one.day, ...more(one), one.again ? `再度の電話 ${one.again}回` : ''].filter(Boolean).join(' / ')),
        h('div', { class: 'ef-beside-buttons' }, [
          names.length
            ? button(`「${names[0]}」を引き継ぐ`, () => caller.takeOver(one), one.id === props.first ? TAKE_OVER : '')
            : null,
          props.counts ? button('また電話がありました', () => rangAgain(one)) : null,
        ]),
        refused[one.id] ? h('p', { class: 'ef-error', role: 'alert' }, `＊${refused[one.id]}`) : null,
      ])
    }
    return () => {
      const told = caller.asking.answer
      return h('section', { class: 'ef-beside', 'aria-labelledby': 'ef-earlier-title' }, [
        h('h2', { class: 'ef-beside-title', id: 'ef-earlier-title' }, 'この番号の前の要望'),
        h('p', { class: 'ef-beside-state', role: 'status' }, state(told, caller.asking.isOut)),
        told?.records.length ? h('ul', { class: 'ef-beside-list' }, told.records.slice(0, AT_ONCE).map(line)) : null,
        told?.records.length > AT_ONCE
          ? h('details', { class: 'ef-beside-rest' }, [
              h('summary', `ほか${told.records.length - AT_ONCE}件`),
              h('ul', { class: 'ef-beside-list' }, told.records.slice(AT_ONCE).map(line)),
            ])
          : null,
      ])
    }
  },
}

/** What the title does not say already. */
function more({ texts, title, day }) {
  return Object.values(texts).filter((text) => text !== day && !title.includes(text))
}

function state(told, isOut) {
  if (isOut) return 'いまは調べられません。そのまま入力できます。'
  if (!told) return '電話番号を入れると出ます。'
  if (!told.total) return '前の要望はありません。'
  return told.total > told.records.length ? `${told.total}件のうち、新しいもの${told.records.length}件` : `${told.total}件`
}

export function button(text, onClick, key = '') {
  return h('button', { type: 'button', class: 'ef-button is-outline is-small', onClick, 'aria-keyshortcuts': key || undefined }, [
    text,
    key ? h('kbd', { class: 'ef-key', 'aria-hidden': 'true' }, key) : null,
  ])
}

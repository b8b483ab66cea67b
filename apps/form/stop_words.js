/** The words that stop somebody, beside the field that is their cause: what to do, whom to call. */

import { h, inject } from 'vue'

import { icon } from './icons.js'
import { stopsHolding } from './stops.js'

/** field: the name of the field beside which they stand; null: of all that stand beside none. */
export const StopWords = {
  props: { field: { type: String, default: null }, beside: { type: Set, default: null } },
  setup(props) {
    const entry = inject('entry')
    const isMine = (stop) => (props.beside ? !props.beside.has(stop.field) : stop.field === props.field)
    return () => h('div', { class: 'ef-stops' }, stopsHolding(entry.model).filter(isMine).map(words))
  },
}

function words(stop) {
  return h('div', { class: ['ef-stop', { 'is-refusing': stop.refuses }], key: stop.name, role: 'alert' }, [
    icon('warning'),
    h('div', { class: 'ef-stop-words' }, [
      h('p', { class: 'ef-stop-name' }, stop.name),
      h('p', stop.say),
      stop.who || stop.call ? h('p', { class: 'ef-stop-contact' }, [stop.who, stop.call ? telephone(stop.call) : null]) : null,
      stop.action ? h('p', `登録したあと、「${stop.action}」に進めます。`) : null,
      stop.refuses ? h('p', { class: 'ef-stop-name' }, 'このままでは保存できません。') : null,
    ]),
  ])
}

function telephone(number) {
  return h('a', { class: 'ef-stop-call', href: `tel:${number.replace(/[^\d+]/g, '')}` }, number)
}

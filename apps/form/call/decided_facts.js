/** 「このようになります」: what is filled by rule, and above it, large, what has to be said at once. */

import { h } from 'vue'

import { icon } from '../icons.js'
import { isBlank } from '../same.js'
import { stopsHolding, stopsOf } from '../stops.js'

export const DecidedFacts = {
  props: { decided: Object, entry: Object, names: Array },
  setup(props) {
    return () => {
      const told = props.decided.asking.answer ?? { facts: [], stops: [] }
      const facts = factsNow(props.entry, props.names, told.facts)
      return h('div', { role: 'status' }, [
        ...stopsNow(props.entry.model, told.stops).map(words),
        facts.length
          ? h('dl', { class: 'ef-beside ef-facts' }, facts.map(({ label, text }) => h('div', { key: label }, [h('dt', label), h('dd', text)])))
          : null,
      ])
    }
  },
}

/** What the form judges by itself holds at once and without a line; the rest comes from the server. */
export function stopsNow(model, fromServer) {
  const own = new Set(stopsOf(model).map(({ name }) => name))
  return [...stopsHolding(model), ...fromServer.filter(({ name }) => !own.has(name))]
}

/** names: of the fields that rules decide. What stands in the form counts, else what the server would fill in. */
export function factsNow(entry, names, fromServer) {
  return names.flatMap((name) => {
    const field = entry.model.fields.get(name)
    const text = field && !isBlank(entry.model.values[name]) ? entry.shown(field, entry.model.values[name]) : ''
    if (text) return [{ label: field.label || name, text }]
    return fromServer.filter((fact) => fact.field === name)
  })
}

function words({ name, say, who, call, action, refuses }) {
  return h('section', { class: ['ef-told-stop', { 'is-refusing': refuses }], key: name }, [
    h('h2', { class: 'ef-told-stop-title' }, [icon('warning'), name]),
    h('p', say),
    call || who
      ? h('p', { class: 'ef-told-stop-contact' }, [who, call ? h('a', { href: `tel:${call}`, class: 'ef-told-stop-number' }, call) : null])
      : null,
    refuses ? h('p', 'この内容では登録できません。') : null,
    action ? h('p', `登録したあと、記録の画面で「${action}」を押してください。`) : null,
  ])
}

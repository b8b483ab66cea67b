/** 「このようになります」: what is filled by rule with why, and above it, large, what has to be said at once. */

import { h } from 'vue'

import { icon } from '../icons.js'

export const DecidedFacts = {
  props: { decided: Object },
  setup(props) {
    return () => {
      const told = props.decided.answer.value
      if (!told) return null
      return h('div', { role: 'status' }, [
        ...told.stops.map(stop),
        told.facts.length
          ? h('dl', { class: 'ef-beside ef-facts' }, told.facts.map(({ field, label, text, reason }) =>
              h('div', { key: field, title: reason || undefined }, [h('dt', label), h('dd', text)]),
            ))
          : null,
      ])
    }
  },
}

function stop({ name, say, who, call, action, refuses }) {
  return h('section', { class: ['ef-stop', { 'is-refusing': refuses }], key: name }, [
    h('h2', { class: 'ef-stop-title' }, [icon('warning'), name]),
    h('p', say),
    call || who ? h('p', { class: 'ef-stop-contact' }, [who, h('a', { href: `tel:${call}`, class: 'ef-stop-number' }, call)]) : null,
    refuses ? h('p', 'この内容では登録できません。') : null,
    action ? h('p', `登録したあと、記録の画面で「${action}」を押してください。`) : null,
  ])
}

/** Both persons' values side by side, and a choice for every field that both changed. */

import { h, inject, reactive, ref } from 'vue'

import { isBlank } from './same.js'

export const ConflictPanel = {
  props: { comparison: Object, id: String },
  emits: ['merge', 'theirs'],
  setup(props, { emit }) {
    const entry = inject('entry')
    const choices = reactive({})
    const reminded = ref(false)
    function merge() {
      reminded.value = props.comparison.both.some(({ name }) => !choices[name])
      if (!reminded.value) emit('merge', { ...choices })
    }
    return () => {
      const { both, theirOnly } = props.comparison
      return h(
        'section',
        {
          class: 'ef-conflict',
          id: props.id,
          tabindex: -1,
          role: 'alertdialog',
          'aria-labelledby': `${props.id}-title`,
        },
        [
          h('h2', { class: 'ef-banner-title', id: `${props.id}-title` }, 'ほかの人が先にこの記録を変更しました'),
          h(
            'p',
            both.length
              ? '同じ項目が両方で変わっています。残すほうを選んでください。まだ何も上書きしていません。'
              : '変更した項目は重なっていません。両方の変更を合わせて保存できます。',
          ),
          ...both.map((change) => choice(change, choices, entry, props.id)),
          theirOnly.length ? others(theirOnly, entry) : null,
          reminded.value
            ? h('p', { class: 'ef-error', role: 'alert' }, '＊すべての項目で、残すほうを選んでください。')
            : null,
          h('div', { class: 'ef-banner-choices' }, [
            h(
              'button',
              { type: 'button', class: 'ef-button is-medium is-solid', onClick: merge },
              both.length ? '選んだ内容で保存する' : '両方の変更を合わせて保存する',
            ),
            h(
              'button',
              { type: 'button', class: 'ef-button is-medium is-outline', onClick: () => emit('theirs') },
              '自分の変更をやめて、ほかの人の内容にする',
            ),
          ]),
        ],
      )
    }
  },
}

function choice(change, choices, entry, id) {
  const option = (whose, title, value) =>
    h('label', { class: ['ef-side', { 'is-chosen': choices[change.name] === whose }] }, [
      h('input', {
        type: 'radio',
        name: `${id}-${change.name}`,
        checked: choices[change.name] === whose,
        onChange: () => (choices[change.name] = whose),
      }),
      h('span', { class: 'ef-choice-mark', 'aria-hidden': 'true' }),
      h('span', { class: 'ef-side-words' }, [
        h('span', { class: 'ef-side-title' }, title),
        h('span', { class: 'ef-side-value' }, words(value, change, entry)),
      ]),
    ])
  return h('fieldset', { class: 'ef-both' }, [
    h('legend', { class: 'ef-label' }, change.label),
    h('p', { class: 'ef-hint' }, `変更前: ${words(change.before, change, entry)}`),
    h('div', { class: 'ef-sides' }, [
      option('mine', 'あなたの入力', change.mine),
      option('theirs', 'ほかの人の入力', change.theirs),
    ]),
  ])
}

function others(changes, entry) {
  const lines = changes.map((change) =>
    h('li', [
      h('b', change.label),
      `: ${words(change.before, change, entry)} → ${words(change.theirs, change, entry)}`,
    ]),
  )
  return h('div', { class: 'ef-theirs' }, [h('h3', 'ほかの人が変えた項目'), h('ul', lines)])
}

function words(value, { name }, entry) {
  return isBlank(value) ? '(空欄)' : entry.shown(entry.model.fields.get(name), value)
}

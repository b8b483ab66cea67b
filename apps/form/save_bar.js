/** The bar at the foot of the form: what has become of the input, what is still missing, and 「保存する」, always there. */

import { h } from 'vue'

import { icon } from './icons.js'

export const SaveBar = {
  props: {
    saving: Object,
    missing: Number,
    waiting: Number,
    lasting: Boolean,
    label: String,
    cancel: String,
    also: { type: String, default: '' },
  },
  emits: ['save', 'also', 'missing', 'cancel'],
  setup(props, { emit }) {
    return () =>
      h('div', { class: 'ef-bar' }, [
        h('div', { class: 'ef-bar-inside' }, [
          h('div', { class: 'ef-bar-state' }, [
            h('p', { class: ['ef-state', `is-${props.saving.phase}`], role: 'status' }, [
              h('span', { class: 'ef-state-dot', 'aria-hidden': 'true' }),
              h('span', stateText(props)),
            ]),
            props.missing
              ? h(
                  'button',
                  { type: 'button', class: 'ef-missing', onClick: () => emit('missing') },
                  `必須の項目 あと${props.missing}`,
                )
              : null,
          ]),
          h('div', { class: 'ef-bar-buttons' }, [
            props.cancel
              ? h(
                  'button',
                  { type: 'button', class: 'ef-button is-outline', onClick: () => emit('cancel') },
                  props.cancel,
                )
              : null,
            props.also
              ? h('button', { type: 'button', class: 'ef-button is-outline', onClick: () => emit('also') }, props.also)
              : null,
            h(
              'button',
              {
                type: 'button',
                class: 'ef-button is-solid',
                'aria-keyshortcuts': 'Control+Enter',
                onClick: () => emit('save'),
              },
              [props.saving.phase === 'sending' ? icon('retry') : null, props.label],
            ),
          ]),
        ]),
      ])
  },
}

/** One line of plain words; a time stands with everything that is kept. */
export function stateText({ saving, waiting, lasting }) {
  if (saving.phase === 'sending') return '送信中'
  if (saving.signedOut) return `未送信 ${waiting}件 もう一度サインインすると送ります`
  if (waiting && saving.trouble) return `未送信 ${waiting}件 ${saving.trouble}`
  if (waiting) return `未送信 ${waiting}件 電波が戻ると送ります`
  if (saving.phase === 'saved') return `保存しました ${clock(saving.savedAt)}`
  if (saving.phase === 'still') return ''
  if (saving.phase === 'unchanged') return '変更はありません'
  if (!lasting) return 'この端末では下書きを残せません。早めに保存してください'
  return saving.draftAt ? `下書き保存済み ${clock(saving.draftAt)}` : '入力中'
}

/** 10:32 in Japan. */
export function clock(iso) {
  return new Date(new Date(iso).getTime() + 9 * 3_600_000).toISOString().slice(11, 16)
}

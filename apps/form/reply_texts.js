/** Texts for an answer: a button under the field, the fitting texts, and putting one where the caret stands. */

import { h, inject, nextTick, ref } from 'vue'

import { plain } from './same.js'

const NONE = 'いま合う文例はありません。'
const TROUBLE = '文例を読み込めません。もう一度押してください。'

export const ReplyTexts = {
  props: { field: Object, controlId: String, value: null },
  emits: ['change', 'settle'],
  setup(props, { emit }) {
    const entry = inject('entry')
    const found = ref(null)
    const said = ref('')
    const list = ref(null)
    const id = `${props.controlId}-replies`

    async function open() {
      const { form, values } = entry.model
      const on = form.acts_on ?? { record: entry.recordId ?? '', action: '' }
      const url = `${entry.api.base}/apps/${encodeURIComponent(form.app)}/replies`
      const { kind, answer } = await entry.api.send({ method: 'POST', url, body: { values: plain(values), ...on } })
      const texts = kind === 'accepted' ? answer.replies : []
      said.value = kind !== 'accepted' ? TROUBLE : texts.length ? '' : NONE
      found.value = texts
      await nextTick()
      list.value?.querySelector('button')?.focus()
    }

    function close() {
      found.value = null
      said.value = ''
    }

    async function put(text) {
      const box = document.getElementById(props.controlId)
      const { value, selectionStart: start, selectionEnd: end } = box
      emit('change', value.slice(0, start) + text + value.slice(end))
      close()
      await nextTick()
      box.focus()
      box.setSelectionRange(start + text.length, start + text.length)
    }

    function onKeydown(event) {
      const buttons = [...list.value.querySelectorAll('button')]
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (step) {
        event.preventDefault()
        const place = buttons.indexOf(document.activeElement) + step
        buttons[(place + buttons.length) % buttons.length].focus()
      } else if (event.key === 'Escape') {
        event.preventDefault()
        event.stopPropagation()
        close()
        document.getElementById(props.controlId)?.focus()
      }
    }

    const drawText = ({ name, text }) =>
      h('li', { key: name }, [
        h('button', { type: 'button', class: 'ef-reply', onClick: () => put(text) }, [
          h('strong', name),
          h('span', text),
        ]),
      ])

    return () => [
      h(
        'button',
        {
          type: 'button',
          class: 'ef-button is-medium is-outline ef-reply-open',
          'aria-expanded': String(found.value !== null),
          'aria-controls': found.value?.length ? id : null,
          onClick: () => (found.value === null ? open() : close()),
        },
        found.value === null ? '文例から入れる' : '文例を閉じる',
      ),
      h('p', { class: 'ef-note', 'aria-live': 'polite' }, said.value),
      found.value?.length
        ? h(
            'ul',
            { ref: list, id, class: 'ef-replies', 'aria-label': `${props.field.label || props.field.name}の文例`, onKeydown },
            found.value.map(drawText),
          )
        : null,
    ]
  },
}

/** Search and choose: a plain field and a list of what was found, the recently chosen first. Fit for conversion and keyboard. */

import { h, onMounted, ref } from 'vue'

import { icon } from './icons.js'
import { isConverting } from './keyboard.js'

const PAUSE = 250

/** search(text) -> {options: [{id, label, note}], failed}. Emits choose(option) and close. */
export const LookupDialog = {
  props: { title: String, id: String, search: Function, recent: Array },
  emits: ['choose', 'close'],
  setup(props, { emit }) {
    const dialog = ref(null)
    const options = ref([])
    const state = ref('')
    let timer = null
    let asked = 0

    async function look(text) {
      const turn = (asked += 1)
      const { options: found, failed } = await props.search(text)
      if (turn !== asked) return
      const ids = new Set(text ? [] : props.recent.map((option) => option.id))
      options.value = [...(text ? [] : props.recent), ...found.filter((option) => !ids.has(option.id))]
      state.value = failed
        ? 'いまは検索できません。電波が戻ってから選んでください。'
        : found.length
          ? ''
          : '見つかりません。言葉を変えて検索してください。'
    }
    function typed(event) {
      clearTimeout(timer)
      if (event.isComposing) return
      timer = setTimeout(() => look(event.target.value.trim()), PAUSE)
    }
    /** Keys stay inside the dialog: the form below must neither save nor move on. */
    function pressed(event) {
      event.stopPropagation()
      if (isConverting(event)) {
        if (event.key === 'Escape') event.preventDefault()
        return
      }
      const stops = [...dialog.value.querySelectorAll('[data-stop]')]
      const at = stops.indexOf(document.activeElement)
      if (event.key === 'ArrowDown') stops[at + 1]?.focus()
      else if (event.key === 'ArrowUp') stops[Math.max(at - 1, 0)]?.focus()
      else if (event.key === 'Enter' && at === 0) stops[1]?.focus()
      else return
      event.preventDefault()
    }
    onMounted(() => {
      dialog.value.showModal()
      look('')
    })
    return () =>
      h(
        'dialog',
        {
          ref: dialog,
          class: 'ef-dialog',
          'aria-labelledby': `${props.id}-dialog`,
          onKeydown: pressed,
          onClose: () => emit('close'),
        },
        [
          h('div', { class: 'ef-dialog-head' }, [
            h('h2', { class: 'ef-dialog-title', id: `${props.id}-dialog` }, props.title),
            h(
              'button',
              {
                type: 'button',
                class: 'ef-square is-bare',
                'aria-label': '閉じる',
                onClick: () => dialog.value.close(),
              },
              [icon('close')],
            ),
          ]),
          h('label', { class: 'ef-search' }, [
            icon('search'),
            h('input', {
              class: 'ef-input',
              type: 'search',
              autocomplete: 'off',
              'aria-label': '検索',
              'data-stop': '',
              autofocus: true,
              onInput: typed,
              onCompositionend: typed,
            }),
          ]),
          h('p', { class: 'ef-dialog-state', role: 'status' }, state.value),
          h(
            'ul',
            { class: 'ef-found' },
            options.value.map((option) => found(option, emit, dialog)),
          ),
        ],
      )
  },
}

function found(option, emit, dialog) {
  const take = () => {
    emit('choose', option)
    dialog.value.close()
  }
  return h('li', { key: option.id }, [
    h('button', { type: 'button', class: 'ef-found-one', 'data-stop': '', onClick: take }, [
      h('span', { class: 'ef-found-label' }, option.label),
      option.note ? h('span', { class: 'ef-found-note' }, option.note) : null,
    ]),
  ])
}

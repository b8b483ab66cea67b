/** A place on one line: suggestions while typing, taken with the arrow keys and Enter or by a touch. Words of one's own stay. */

import { h, inject, nextTick, onBeforeUnmount, ref, watch } from 'vue'

import { controlEvents, controlProps, tied } from '../control.js'
import { isConverting } from '../keyboard.js'
import { locationOf, wordsOf } from '../place_choosing.js'
import { useSuggestions } from '../place_suggesting.js'

export default {
  props: controlProps,
  emits: controlEvents,
  setup(props, { emit }) {
    const entry = inject('entry')
    const { app } = entry.model.form
    const list = ref(null)
    const found = useSuggestions((q, limit) =>
      entry.api.read(`/apps/${encodeURIComponent(app)}/places`, { q, limit }),
    )
    let filled = null

    const location = () =>
      props.place.row ? { ...props.place, column: props.field.location } : { name: props.field.location }

    function choose(option) {
      found.close()
      emit('change', wordsOf(option, props.value ?? ''))
      if (props.field.location && entry.model.fields.has(props.field.location)) locate(option)
      emit('settle')
    }
    function locate(option) {
      const point = locationOf(option, entry.valueAt(location()), filled)
      if (!point) {
        emit('note', '位置は、先に入れた点のままです。')
        return
      }
      filled = point
      entry.change(location(), point)
    }
    function typed(event) {
      emit('change', event.target.value)
      found.soon(event.target.value)
    }
    function pressed(event) {
      if (isConverting(event)) return
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault()
        if (found.isOpen.value) step(event.key === 'ArrowDown' ? 1 : -1)
        else found.look((props.value ?? '').trim())
      } else if (event.key === 'Enter' && found.active.value >= 0 && !event.ctrlKey && !event.metaKey) {
        event.preventDefault()
        choose(found.options.value[found.active.value])
      } else if (event.key === 'Escape' && found.isOpen.value) {
        event.preventDefault()
        event.stopPropagation()
        found.close()
      }
    }
    function step(by) {
      found.move(by)
      list.value?.children[found.active.value]?.scrollIntoView({ block: 'nearest' })
    }
    function left(event) {
      found.close()
      const tidy = event.target.value.trim()
      if (tidy !== event.target.value) emit('change', tidy)
      emit('settle')
    }
    onBeforeUnmount(found.close)
    watch(found.isOpen, async (isOpen) => {
      await nextTick()
      if (isOpen) list.value?.scrollIntoView({ block: 'nearest' })
    })

    const option = (each, index) =>
      h(
        'li',
        {
          key: `${each.kind}/${each.name}/${each.latitude}/${each.longitude}`,
          id: `${props.id}-option-${index}`,
          role: 'option',
          class: ['ef-suggestion', { 'is-active': index === found.active.value }],
          'aria-selected': index === found.active.value,
          onClick: () => choose(each),
        },
        [h('span', { class: 'ef-suggestion-name' }, each.name), h('span', { class: 'ef-suggestion-kind' }, each.kind)],
      )
    return () => {
      const isOpen = found.isOpen.value
      const active = found.active.value
      return h('div', { class: 'ef-suggesting' }, [
        h('input', {
          class: 'ef-input',
          ...tied(props),
          type: 'text',
          role: 'combobox',
          autocomplete: 'off',
          'aria-autocomplete': 'list',
          'aria-expanded': isOpen,
          'aria-controls': `${props.id}-options`,
          'aria-activedescendant': isOpen && active >= 0 ? `${props.id}-option-${active}` : undefined,
          value: props.value ?? '',
          onInput: typed,
          onCompositionend: typed,
          onKeydown: pressed,
          onBlur: left,
        }),
        h(
          'ul',
          {
            ref: list,
            id: `${props.id}-options`,
            class: 'ef-suggestions',
            role: 'listbox',
            'aria-labelledby': props.labelled,
            hidden: !isOpen,
            // The line keeps the focus, so that a touch neither closes the list nor hides the keyboard.
            onMousedown: (event) => event.preventDefault(),
          },
          found.options.value.map(option),
        ),
        h('p', { class: 'ef-unseen', role: 'status' }, isOpen ? `場所の候補が${found.options.value.length}件あります。` : ''),
      ])
    }
  },
}

/** A line in which a place is typed: suggestions below it, taken with the arrow keys and Enter or by a touch. */

import { h, nextTick, onBeforeUnmount, ref, watch } from 'vue'

import { isConverting } from './keyboard.js'
import { useSuggestions } from './place_suggesting.js'

/**
 * entry: the open form. id: of the line. changed(text): after every letter. chosen(option): one of the suggested places
 * was taken. left(text): the person is done with the line. Answers draw({value, attributes}), to be called in a render
 * function.
 */
export function usePlaceLine({ entry, id, changed, chosen, left }) {
  const { app } = entry.model.form
  const list = ref(null)
  const found = useSuggestions((q, limit) => entry.api.read(`/apps/${encodeURIComponent(app)}/places`, { q, limit }))

  function choose(option) {
    found.close()
    chosen(option)
  }
  function typed(event) {
    changed(event.target.value)
    found.soon(event.target.value)
  }
  function pressed(event) {
    if (isConverting(event)) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (found.isOpen.value) step(event.key === 'ArrowDown' ? 1 : -1)
      else found.look(event.target.value.trim())
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
  function blurred(event) {
    found.close()
    left(event.target.value)
  }
  onBeforeUnmount(found.close)
  watch(found.isOpen, async (isOpen) => {
    await nextTick()
    if (isOpen) list.value?.scrollIntoView({ block: 'nearest' })
  })

  const suggestion = (each, index) =>
    h(
      'li',
      {
        key: `${each.kind}/${each.name}/${each.latitude}/${each.longitude}`,
        id: `${id}-option-${index}`,
        role: 'option',
        class: ['ef-suggestion', { 'is-active': index === found.active.value }],
        'aria-selected': index === found.active.value,
        onClick: () => choose(each),
      },
      [h('span', { class: 'ef-suggestion-name' }, each.name), h('span', { class: 'ef-suggestion-kind' }, each.kind)],
    )
  return function draw({ value, attributes }) {
    const isOpen = found.isOpen.value
    const active = found.active.value
    return h('div', { class: 'ef-suggesting' }, [
      h('input', {
        class: 'ef-input',
        ...attributes,
        type: 'text',
        role: 'combobox',
        autocomplete: 'off',
        'aria-autocomplete': 'list',
        'aria-expanded': isOpen,
        'aria-controls': `${id}-options`,
        'aria-activedescendant': isOpen && active >= 0 ? `${id}-option-${active}` : undefined,
        value,
        onInput: typed,
        onCompositionend: typed,
        onKeydown: pressed,
        onBlur: blurred,
      }),
      h(
        'ul',
        {
          ref: list,
          id: `${id}-options`,
          class: 'ef-suggestions',
          role: 'listbox',
          'aria-label': '候補',
          hidden: !isOpen,
          // The line keeps the focus, so that a touch neither closes the list nor hides the keyboard.
          onMousedown: (event) => event.preventDefault(),
        },
        found.options.value.map(suggestion),
      ),
      h('p', { class: 'ef-unseen', role: 'status' }, isOpen ? `場所の候補が${found.options.value.length}件あります。` : ''),
    ])
  }
}

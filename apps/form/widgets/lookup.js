/** A record of another app, a member of staff or a section, chosen from what a search finds. */

import { h, inject, nextTick, ref } from 'vue'

import { controlEvents, controlProps } from '../control.js'
import { icon } from '../icons.js'
import { LookupDialog } from '../lookup_dialog.js'
import { recentChoices, rememberChoice } from '../recent_choices.js'
import { isBlank, plain } from '../same.js'

export default {
  props: controlProps,
  emits: controlEvents,
  setup(props, { emit }) {
    const entry = inject('entry')
    const isOpen = ref(false)
    const button = ref(null)

    async function search(text) {
      const { kind, answer } = await entry.lookUp(props.field, text)
      const options =
        kind === 'accepted' ? answer.options.map((option) => ({ ...option, note: noteOf(option, props.field) })) : []
      return { options, failed: kind !== 'accepted' }
    }
    function choose(option) {
      rememberChoice(entry, props.place, option)
      entry.choose(props.place, plain(option))
      emit('settle')
    }
    function close() {
      isOpen.value = false
      nextTick(() => button.value?.focus())
    }
    return () => {
      const chosen = isBlank(props.value) ? null : entry.optionOf(props.field, props.value)
      return h('div', { class: 'ef-lookup' }, [
        h(
          'button',
          {
            ref: button,
            type: 'button',
            class: 'ef-input ef-pick',
            id: props.id,
            'aria-haspopup': 'dialog',
            'aria-invalid': props.invalid || undefined,
            'aria-labelledby': `${props.labelled} ${props.id}`,
            'aria-describedby': props.described,
            onClick: () => (isOpen.value = true),
          },
          [words(chosen, props.field), icon('search')],
        ),
        chosen
          ? h(
              'button',
              {
                type: 'button',
                class: 'ef-small-button',
                'aria-label': `${props.field.label}を空にする`,
                onClick: () => entry.choose(props.place, null),
              },
              '空にする',
            )
          : null,
        isOpen.value
          ? h(LookupDialog, {
              id: props.id,
              title: `${props.field.label}を選ぶ`,
              search,
              recent: recentChoices(entry, props.place),
              onChoose: choose,
              onClose: close,
            })
          : null,
      ])
    }
  },
}

export const grouped = true

export function shown(value, field, entry) {
  return entry.optionOf(field, value).label
}

function words(chosen, field) {
  if (!chosen) return h('span', { class: 'ef-pick-words is-blank' }, '選ぶ')
  return h('span', { class: 'ef-pick-words' }, [
    h('span', { class: 'ef-chosen-label' }, chosen.label),
    ...details(chosen, field),
  ])
}

/** What the definition shows of the chosen record, so that a wrong choice is seen. */
function details(option, field) {
  return (field.show ?? [])
    .filter((name) => !isBlank(option.values?.[name]))
    .map((name) => h('span', { class: 'ef-chosen-detail' }, `${name}: ${option.values[name]}`))
}

function noteOf(option, field) {
  const names = field.show?.length ? field.show : Object.keys(option.values ?? {})
  return names
    .map((name) => option.values?.[name])
    .filter((value) => !isBlank(value))
    .join(' ')
}

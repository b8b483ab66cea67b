/** A titled group of questions on a card. */

import { h, inject, ref } from 'vue'

import { FieldFrame } from './field_frame.js'
import { isBlank } from './same.js'
import { StopWords } from './stop_words.js'

export const SectionCard = {
  props: { section: Object },
  setup(props) {
    const entry = inject('entry')
    const isOpen = ref(false)
    return () => {
      const { section } = props
      const own = section.fields.map((field) => entry.model.fields.get(field.name))
      const fields = own.filter((field) => isDrawn(field, entry.model))
      if (!fields.length) return null
      const questions = h(
        'div',
        { class: ['ef-fields', { 'is-two': section.columns === 2 }] },
        fields.map((field) => [
          h(FieldFrame, { field, key: field.name, titled: field.label === section.title }),
          notice(entry, field),
          isBeside(entry, section, field) ? h(StopWords, { field: field.name, key: `${field.name}-stops` }) : null,
        ]),
      )
      if (section.folded) return folded(section, questions, isOpen, fields.some(({ name }) => isWrong(entry, name)))
      return h('section', { class: 'ef-section' }, [
        section.title ? h('h2', { class: 'ef-section-title' }, section.title) : null,
        section.help ? h('p', { class: 'ef-section-help' }, section.help) : null,
        questions,
      ])
    }
  },
}

/** Open when a person opens it, and when something in it is wrong. */
function folded(section, questions, isOpen, mustOpen) {
  const open = isOpen.value || mustOpen
  return h('details', { class: 'ef-section is-folded', open, onToggle: ({ target }) => (isOpen.value = target.open) }, [
    h('summary', { class: 'ef-fold' }, section.title),
    questions,
  ])
}

function isWrong(entry, name) {
  return Object.keys(entry.errors).some((key) => key === name || key.startsWith(`${name}/`))
}

/** A companion is drawn inside its choice; a retired field only where a record still holds a value. */
function isDrawn(field, model) {
  if (!model.shows(field.name) || field.type === 'hidden' || field.companionOf) return false
  return !field.retired || !isBlank(model.values[field.name])
}

/** The fields beside which stops are said: those that are drawn where nothing is folded away. */
export function fieldsWithStops({ model }) {
  const fields = model.form.sections
    .filter((section, index) => model.sectionShown[index] && !section.folded)
    .flatMap((section) => section.fields.map(({ name }) => model.fields.get(name)))
  return new Set(fields.filter((field) => isDrawn(field, model)).map(({ name }) => name))
}

function isBeside({ model }, section, { name }) {
  return !section.folded && (model.form.stops ?? []).some((stop) => stop.field === name)
}

function notice(entry, field) {
  const text = entry.notices[field.name]
  return text ? h('p', { class: 'ef-notice', key: `${field.name}-notice`, role: 'status' }, text) : null
}

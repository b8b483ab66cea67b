/** Everything that was answered, to be read once more before it is sent. */

import { h } from 'vue'

/** confirm: {title, text}. Answers stand as people read them; a blank answer says so. */
export const Review = {
  props: { entry: Object, confirm: Object, id: String },
  setup(props) {
    const { entry } = props
    return () => [
      h('h2', { class: 'ef-review-title', id: props.id, tabindex: -1 }, props.confirm.title),
      props.confirm.text ? h('p', { class: 'ef-review-text' }, props.confirm.text) : null,
      ...entry.model.form.sections.map((section, index) =>
        entry.model.sectionShown[index] ? reviewedSection(section, entry, props.confirm.blank) : null,
      ),
    ]
  },
}

function reviewedSection(section, entry, blank) {
  const fields = section.fields
    .map(({ name }) => entry.model.fields.get(name))
    .filter((field) => entry.model.shows(field.name) && field.type !== 'hidden' && !field.retired && field.input)
    .filter((field) => !field.companionOf || entry.shown(field, entry.model.values[field.name]))
  if (!fields.length) return null
  return h('section', { class: 'ef-section' }, [
    section.title ? h('h3', { class: 'ef-section-title' }, section.title) : null,
    h(
      'dl',
      { class: 'ef-review' },
      fields.map((field) =>
        h('div', { class: 'ef-review-line', key: field.name }, [
          h('dt', field.label || field.name),
          h('dd', entry.shown(field, entry.model.values[field.name]) || blank),
        ]),
      ),
    ),
  ])
}

/** One question as the person sees it: label, 必須 or 任意, hint, the control, what was understood, and what is wrong. */

import { computed, h, inject, ref } from 'vue'

import { placeKey } from './errors.js'
import { lookOf } from './fields.js'
import { MY_NUMBER_NOTE, mayHoldMyNumber } from './my_number.js'
import { whenPointerRests } from './pointer.js'
import { ReplyTexts } from './reply_texts.js'
import { isBlank } from './same.js'

export const FieldFrame = {
  props: {
    field: Object,
    row: { type: Object, default: null },
    table: { type: String, default: null },
    quiet: Boolean,
    titled: Boolean,
  },
  setup(props) {
    const entry = inject('entry')
    const note = ref('')
    const warned = computed(() => note.value === MY_NUMBER_NOTE)
    const question = useQuestion(props, entry)
    const on = {
      onChange: (value) => {
        note.value = ''
        entry.change(question.place, value)
      },
      onSettle: () => {
        entry.settle(question.place)
        if (mayHoldMyNumber(question.value.value)) on.onNote(MY_NUMBER_NOTE)
      },
      onUnreadable: (text) => entry.unreadable(question.place, text),
      onNote: (text) => whenPointerRests(() => (note.value = text)),
    }
    return () => {
      const { field } = props
      const widget = entry.widgets[lookOf(field)]
      const id = entry.idOf(question.key)
      const hint = field.hint || widget.hint
      const described = describers(id, { hint, note: note.value, error: question.error.value })
      const control = question.locked.value
        ? lockedControl(widget, field, question.value.value, entry, id)
        : h(widget.default, {
            field,
            id,
            value: question.value.value,
            place: question.place,
            row: props.row,
            needed: question.required.value,
            invalid: Boolean(question.error.value),
            described: described.join(' ') || undefined,
            labelled: `${id}-label`,
            ...on,
          })
      if (widget.bare) return h('div', { class: ['ef-field', `ef-width-${field.width}`], id: `${id}-field` }, [control])
      return h(
        'div',
        {
          class: [
            'ef-field',
            `ef-width-${field.width}`,
            { 'is-wrong': question.error.value, 'is-quiet': props.quiet, 'is-titled': props.titled },
          ],
          id: `${id}-field`,
          ...(isGrouped(widget, field) && !question.locked.value ? group(id, described) : {}),
        },
        [
          label(field, widget, question, id),
          hint ? h('p', { class: 'ef-hint', id: `${id}-hint` }, hint) : null,
          h('div', { class: 'ef-control' }, [control]),
          field.replies && !question.locked.value
            ? h(ReplyTexts, { field, controlId: id, value: question.value.value, ...on })
            : null,
          below(id, note.value, question.error.value, warned.value, props.table ? '' : entry.auto[field.name]),
        ],
      )
    }
  },
}

/** The answer and the rules of a field, or of one cell of a table's row, behind one face. */
function useQuestion(props, entry) {
  const { field, table, row } = props
  const place = table ? { name: table, row: row._row, column: field.name } : { name: field.name }
  const key = placeKey(place.name, place.row ?? null, place.column ?? null)
  const { model } = entry
  const state = () => (table ? (model.rows[table].states[row._row]?.[field.name] ?? {}) : model.state[field.name])
  return {
    place,
    key,
    value: computed(() => (table ? (props.row[field.name] ?? null) : model.values[field.name])),
    required: computed(() => state().required === true),
    locked: computed(() => (table ? model.rows[table].isLocked(props.row, field.name) : model.isLocked(field.name))),
    error: computed(() => entry.errors[key] ?? ''),
  }
}

/** Always there, so that a screen reader hears what appears in it. */
function below(id, note, error, warned, auto) {
  return h('div', { class: 'ef-below', 'aria-live': 'polite' }, [
    auto ? h('p', { class: 'ef-auto' }, [h('span', { class: 'ef-auto-mark' }, '自動'), auto]) : null,
    note ? h('p', { class: ['ef-note', { 'is-warning': warned }], id: `${id}-note` }, note) : null,
    error ? h('p', { class: 'ef-error', id: `${id}-error` }, `＊${error}`) : null,
  ])
}

function label(field, widget, question, id) {
  const need = question.locked.value
    ? null
    : h(
        'span',
        { class: ['ef-need', { 'is-required': question.required.value }] },
        question.required.value ? '※必須' : '※任意',
      )
  const text = [h('span', field.label || field.name), need]
  const isGroup = isGrouped(widget, field) || question.locked.value
  return h(isGroup ? 'div' : 'label', { class: 'ef-label', id: `${id}-label`, ...(isGroup ? {} : { for: id }) }, text)
}

function group(id, described) {
  return { role: 'group', 'aria-labelledby': `${id}-label`, 'aria-describedby': described.join(' ') || undefined }
}

/** A widget of several controls is a group with a legend; for some that depends on the field. */
function isGrouped(widget, field) {
  return typeof widget.grouped === 'function' ? widget.grouped(field) : widget.grouped === true
}

/** What cannot be typed is text in a dashed frame, not a dead control. */
function lockedControl(widget, field, value, entry, id) {
  if (widget.locked) return h(widget.locked, { field, value, id, labelled: `${id}-label` })
  const text = isBlank(value) ? '' : (widget.shown ?? String)(value, field, entry)
  return h(
    'output',
    { class: ['ef-locked', { 'is-blank': !text }], id, 'aria-labelledby': `${id}-label` },
    text || '(未入力)',
  )
}

function describers(id, { hint, note, error }) {
  return [hint && `${id}-hint`, note && `${id}-note`, error && `${id}-error`].filter(Boolean)
}

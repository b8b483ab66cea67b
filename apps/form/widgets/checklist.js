/** A checklist: every line of the master with large answers, the result of the time before, and how far one has come. */

import { computed, h, inject, ref, watch } from 'vue'

import { controlEvents, controlProps } from '../control.js'
import { wareki } from '../era.js'
import { FieldFrame } from '../field_frame.js'
import { icon } from '../icons.js'
import { previousResults, previousText } from '../previous_results.js'
import { isBlank } from '../same.js'

export const grouped = true

export default {
  props: controlProps,
  emits: controlEvents,
  setup(props) {
    const entry = inject('entry')
    const { field } = props
    const table = entry.model.rows[field.name]
    const columns = field.fields.filter((column) => column.type !== 'hidden' && !column.companionOf && !column.retired)
    const main = columns.find((column) => column.widget === 'select_one' && column.required) ?? columns[0]
    const lines = new Map(field.rows.map((line) => [line._row, line]))
    const previous = ref({ rows: {}, date: null })
    const filled = ref([])

    const isDone = (row) =>
      columns.every(
        (column) =>
          !table.shows(row, column.name) ||
          !isBlank(row[column.name]) ||
          table.states[row._row]?.[column.name]?.required !== true,
      )
    const rows = computed(() => props.value ?? [])
    const done = computed(() => rows.value.filter((row) => !isBlank(row[main.name]) && isDone(row)).length)
    const blank = computed(() => rows.value.filter((row) => isBlank(row[main.name])))
    const normal = main.choices?.find((choice) => choice.color === 'green') ?? main.choices?.[0]

    if (field.previous) {
      watch(
        () => entry.model.values[field.previous.same],
        async (value) => (previous.value = await previousResults(entry, field, value)),
        { immediate: true },
      )
    }
    function fillBlank() {
      filled.value = blank.value.map((row) => row._row)
      for (const id of filled.value) entry.change({ name: field.name, row: id, column: main.name }, normal.value)
    }
    function takeBack() {
      for (const id of filled.value) entry.change({ name: field.name, row: id, column: main.name }, null)
      filled.value = []
    }
    return () =>
      h('div', { class: 'ef-checklist' }, [
        progress(done.value, rows.value.length),
        previous.value.date ? h('p', { class: 'ef-check-before' }, `前回の点検: ${wareki(previous.value.date)}`) : null,
        h('div', { class: 'ef-check-help' }, [
          normal && blank.value.length
            ? h('button', { type: 'button', class: 'ef-button is-medium is-outline', onClick: fillBlank }, [
                icon('check'),
                `未記入の${blank.value.length}行をすべて「${normal.label}」にする`,
              ])
            : null,
          filled.value.length
            ? h('p', { class: 'ef-filled', role: 'status' }, [
                `${filled.value.length}行を「${normal.label}」にしました。`,
                h('button', { type: 'button', class: 'ef-small-button', onClick: takeBack }, '元に戻す'),
              ])
            : null,
        ]),
        ...byHeading(rows.value, lines, field).map(([heading, members]) =>
          h('div', { class: 'ef-check-group', key: heading }, [
            heading ? h('h3', { class: 'ef-check-heading' }, heading) : null,
            ...members.map((row) =>
              check(row, lines.get(row._row), {
                entry,
                field,
                columns,
                main,
                table,
                previous: previous.value,
                isDone: !isBlank(row[main.name]) && isDone(row),
              }),
            ),
          ]),
        ),
      ])
  },
}

export function shown(value, field, entry) {
  const labels = new Map(field.rows.map((line) => [line._row, line.label]))
  return (value ?? [])
    .map((row) => [
      labels.get(row._row) ?? row._row,
      ...field.fields
        .filter((column) => !isBlank(row[column.name]))
        .map((column) => entry.shown(column, row[column.name])),
    ])
    .filter((parts) => parts.length > 1)
    .map(([label, ...answers]) => `${label}: ${answers.join('、')}`)
    .join('\n')
}

function progress(done, all) {
  const part = all ? Math.round((done / all) * 100) : 0
  return h('div', { class: 'ef-progress', role: 'status' }, [
    h('span', { class: 'ef-progress-words' }, [h('b', `${done}`), `/${all} 記入済み`]),
    h('span', { class: 'ef-progress-track', 'aria-hidden': 'true' }, [
      h('span', { class: 'ef-progress-part', style: { width: `${part}%` } }),
    ]),
  ])
}

/** Lines under their first column of the master (建物, 設備 ...), in the master's order. */
function byHeading(rows, lines, field) {
  const heading = field.rowColumns?.[0]
  const groups = new Map()
  for (const row of rows) {
    const name = heading ? (lines.get(row._row)?.columns?.[heading] ?? '') : ''
    groups.set(name, [...(groups.get(name) ?? []), row])
  }
  return [...groups]
}

function check(row, line, { entry, field, columns, main, table, previous, isDone }) {
  const tags = (field.rowColumns ?? [])
    .slice(1)
    .map((name) => line?.columns?.[name])
    .filter(Boolean)
  const others = columns.filter((column) => column !== main && table.shows(row, column.name))
  const before = previousText(previous.rows?.[row._row], field, entry)
  const label = line?.label ?? row._row
  return h('div', { class: ['ef-check', { 'is-done': isDone }], role: 'group', 'aria-label': label, key: row._row }, [
    h('div', { class: 'ef-check-words' }, [
      tags.length ? h('p', { class: 'ef-check-tags' }, tags.join(' ')) : null,
      h('p', { class: 'ef-check-label' }, label),
      before ? h('p', { class: 'ef-check-before' }, `前回 ${before}`) : null,
    ]),
    h('div', { class: 'ef-check-main' }, [h(FieldFrame, { field: main, row, table: field.name, quiet: true })]),
    others.length
      ? h(
          'div',
          { class: 'ef-check-others' },
          others.map((column) => h(FieldFrame, { field: column, row, table: field.name, key: column.name })),
        )
      : null,
  ])
}

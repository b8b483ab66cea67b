/** Rows inside a record: a table where there is room, cards where there is not; rows are added and taken away. */

import { h, inject, nextTick } from 'vue'

import { controlEvents, controlProps } from '../control.js'
import { FieldFrame } from '../field_frame.js'
import { icon } from '../icons.js'

/** Roughly the room each look needs in a table, in rem; more than that together, and cards read better. */
const ROOM = {
  date: 27,
  datetime: 27,
  textarea: 18,
  lookup: 16,
  location: 30,
  photo: 14,
  attachment: 16,
  select_multiple: 18,
  number: 9,
  time: 12,
  yes_no: 14,
}
const TABLE_ROOM = 58

export const grouped = true

export default {
  props: controlProps,
  emits: controlEvents,
  setup(props) {
    const entry = inject('entry')
    const { field } = props
    const columns = field.fields.filter((column) => column.type !== 'hidden' && !column.companionOf && !column.retired)
    const isTable = columns.reduce((room, column) => room + roomOf(column), 0) <= TABLE_ROOM
    const template = { '--columns': columns.map((column) => `minmax(0, ${roomOf(column)}fr)`).join(' ') }

    async function add() {
      const row = entry.addRow(field.name)
      await nextTick()
      const first = document.getElementById(`${props.id}-row-${row}`)
      first?.querySelector('input, select, textarea, button')?.focus()
    }
    async function remove(row) {
      entry.removeRow(field.name, row._row)
      await nextTick()
      document.getElementById(props.id)?.focus()
    }
    return () => {
      const rows = props.value ?? []
      const isFull = field.maxRows > 0 && rows.length >= field.maxRows
      return h('div', { class: ['ef-table', isTable ? 'is-table' : 'is-cards'], style: template }, [
        isTable && rows.length
          ? h(
              'div',
              { class: 'ef-table-head', 'aria-hidden': 'true' },
              columns.map((column) => h('span', column.label)),
            )
          : null,
        ...rows.map((row, index) => line(row, index, columns, { entry, field, id: props.id, remove })),
        rows.length ? null : h('p', { class: 'ef-empty' }, 'まだ行がありません。'),
        isFull
          ? h('p', { class: 'ef-hint' }, `${field.maxRows}行までです。`)
          : h(
              'button',
              {
                type: 'button',
                class: 'ef-button is-medium is-outline',
                id: props.id,
                'aria-label': `${field.label}に行を追加する`,
                'aria-describedby': props.described,
                onClick: add,
              },
              [icon('plus'), '行を追加する'],
            ),
      ])
    }
  },
}

export function shown(value, field, entry) {
  return (value ?? [])
    .map((row) =>
      field.fields
        .filter((column) => row[column.name] !== undefined && !column.companionOf)
        .map((column) => `${column.label}: ${entry.shown(column, row[column.name])}`)
        .join('、'),
    )
    .join('\n')
}

function line(row, index, columns, { entry, field, id, remove }) {
  const rows = entry.model.rows[field.name]
  const isOld = field.appendOnly === true && row._by !== undefined
  const cells = columns.map((column) =>
    rows.shows(row, column.name)
      ? h(FieldFrame, { field: column, row, table: field.name, key: column.name, quiet: true })
      : h('div', { class: 'ef-no-cell', key: column.name }),
  )
  return h(
    'div',
    {
      class: ['ef-row', { 'is-old': isOld }],
      role: 'group',
      'aria-label': `${field.label} ${index + 1}行目`,
      id: `${id}-row-${row._row}`,
      key: row._row,
    },
    [
      h('p', { class: 'ef-row-title', 'aria-hidden': 'true' }, `${index + 1}行目`),
      h('div', { class: 'ef-cells' }, cells),
      isOld
        ? h('span', { class: 'ef-row-end' })
        : h(
            'button',
            {
              type: 'button',
              class: 'ef-square is-bare ef-row-end',
              'aria-label': `${field.label} ${index + 1}行目を消す`,
              onClick: () => remove(row),
            },
            [icon('close')],
          ),
    ],
  )
}

function roomOf(column) {
  if (column.widget === 'select_one' && column.look !== 'dropdown') return 18
  return ROOM[column.widget] ?? { short: 8, medium: 14, long: 20, full: 24 }[column.width] ?? 14
}

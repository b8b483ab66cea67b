/** A day and a time, kept as Japanese time. */

import { h, inject, reactive, watch } from 'vue'

import { controlEvents, controlProps } from '../control.js'
import { DateBoxes } from '../date_boxes.js'
import { wareki } from '../era.js'
import { TimeBoxes } from '../time_boxes.js'

const DATETIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/

export const grouped = true

export default {
  props: controlProps,
  emits: controlEvents,
  setup(props, { emit }) {
    const entry = inject('entry')
    const parts = reactive({ date: null, time: null, dateProblem: '', timeProblem: '' })
    /** What this widget last answered; another value comes from outside and is shown. */
    let told
    function show(value) {
      told = undefined
      const found = DATETIME.exec(value ?? '')
      Object.assign(parts, {
        date: found?.[1] ?? value ?? null,
        time: found?.[2] ?? null,
        dateProblem: '',
        timeProblem: '',
      })
    }
    show(props.value)
    watch(
      () => props.value,
      (value) => value !== told && show(value),
    )

    function changed(more) {
      Object.assign(parts, more)
      const isWhole = parts.date && parts.time && !parts.dateProblem && !parts.timeProblem
      told = isWhole
        ? `${parts.date}T${parts.time}:00+09:00`
        : [parts.date, parts.time].filter(Boolean).join(' ') || null
      emit('change', told)
    }
    function left() {
      const isHalf = (parts.date === null) !== (parts.time === null)
      const problem = parts.dateProblem || parts.timeProblem || (isHalf ? '日付と時刻の両方を入力してください。' : '')
      if (problem) emit('unreadable', problem)
      emit('settle')
    }
    const common = () => ({ described: props.described, invalid: props.invalid, label: props.field.label })
    return () =>
      h(
        'div',
        { class: 'ef-datetime', onFocusout: (event) => event.currentTarget.contains(event.relatedTarget) || left() },
        [
          h(DateBoxes, {
            ...common(),
            id: props.id,
            value: parts.date,
            today: entry.today(),
            onChange: (date, dateProblem) => changed({ date, dateProblem }),
            onNote: (text) => emit('note', text),
          }),
          h(TimeBoxes, {
            ...common(),
            id: `${props.id}-time`,
            value: parts.time,
            onChange: (time, timeProblem) => changed({ time, timeProblem }),
          }),
        ],
      )
  },
}

export function shown(value) {
  const found = DATETIME.exec(value)
  return found ? `${wareki(found[1])} ${Number(found[2].slice(0, 2))}:${found[2].slice(3)}` : String(value)
}

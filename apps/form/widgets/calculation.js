/** A calculated answer, shown as it changes. */

import { h, inject } from 'vue'

import { wareki } from '../era.js'
import { isBlank } from '../same.js'
import { grouped } from '../typed_number.js'

const Calculation = {
  props: { field: Object, value: null, id: String, labelled: String },
  setup(props) {
    const entry = inject('entry')
    return () => {
      const failed = entry.model.state[props.field.name]?.failed
      const text = isBlank(props.value) ? '' : shown(props.value, props.field)
      return h(
        'output',
        { class: 'ef-calculated', id: props.id, 'aria-labelledby': props.labelled, 'aria-live': 'polite' },
        failed ? '計算できません' : text || '—',
      )
    }
  },
}

export const locked = Calculation

export default Calculation

export function shown(value, field) {
  if (typeof value === 'boolean') return value ? 'はい' : 'いいえ'
  if (typeof value === 'number') return `${grouped(value)}${field.unit ?? (field.result === 'money' ? '円' : '')}`
  return wareki(String(value))
}

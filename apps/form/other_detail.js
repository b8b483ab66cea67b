/** The detail of 「その他」, asked right below the choice that calls for it. */

import { h, inject } from 'vue'

import { companionOf } from './fields.js'
import { FieldFrame } from './field_frame.js'

export const OtherDetail = {
  props: { field: Object, place: Object, row: Object },
  setup(props) {
    const { model } = inject('entry')
    return () => {
      if (!props.field.other) return null
      const table = props.row ? props.place.name : null
      const detail = companionOf(props.field.name, table ? model.rows[table].columns : model.fields)
      const isShown = detail && (table ? model.rows[table].shows(props.row, detail.name) : model.shows(detail.name))
      return isShown ? h('div', { class: 'ef-other' }, [h(FieldFrame, { field: detail, row: props.row, table })]) : null
    }
  },
}

/** The detail of 「その他」, asked right below the choice that calls for it. */

import { h, inject } from 'vue'

import { companionName } from './fields.js'
import { FieldFrame } from './field_frame.js'

export const OtherDetail = {
  props: { field: Object, value: null },
  setup(props) {
    const entry = inject('entry')
    return () => {
      const detail = props.field.other ? entry.model.fields.get(companionName(props.field)) : null
      return detail && entry.model.shows(detail.name) ? h('div', { class: 'ef-other' }, [h(FieldFrame, { field: detail })]) : null
    }
  },
}

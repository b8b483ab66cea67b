/** A text between the questions. */

import { h } from 'vue'

const Note = {
  props: { field: Object },
  setup(props) {
    return () =>
      h(
        'div',
        { class: 'ef-remark' },
        (props.field.text || props.field.label).split(/\n\s*\n/).map((part) => h('p', part)),
      )
  },
}

/** It has neither a label nor an answer; it looks the same whether or not anything may be typed. */
export const bare = true
export const locked = Note

export default Note

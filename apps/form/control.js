/** What every widget is given and what it answers. */

/**
 * field: the definition's JSON of the question. id: of the control (a group: of its first control). value: the stored
 * JSON value, or the text as typed when it could not be read. place: {name, row?, column?}. row: the table's row.
 * needed: required now. invalid, described (ids of hint, note and error), labelled (id of the label): for screen readers.
 */
export const controlProps = {
  field: Object,
  id: String,
  value: null,
  place: Object,
  row: Object,
  needed: Boolean,
  invalid: Boolean,
  described: String,
  labelled: String,
}

/**
 * change(value): the answer, after every letter. settle(): the person is done with it (left the field, made a choice).
 * unreadable(text): what is typed cannot be read; the text says what to type. note(text): what was understood.
 */
export const controlEvents = ['change', 'settle', 'unreadable', 'note']

/** Attributes that tie a single control to its label, hint, note and error. */
export function tied(props) {
  return {
    id: props.id,
    name: props.id,
    'aria-required': props.needed || undefined,
    'aria-invalid': props.invalid || undefined,
    'aria-describedby': props.described,
  }
}

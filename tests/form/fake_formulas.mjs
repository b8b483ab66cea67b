/** A formula runtime for tests of the form alone: a tree is {needs: [names], of: function of the values and the context}. */

const SAFE = {
  relevant: true,
  required: false,
  forbidden: false,
  readonly: false,
  constraint: false,
  choice_filter: true,
}

export const fakeRuntime = {
  evaluateAs(use, tree, values, context) {
    try {
      return { value: tree.of(values, context), error: null }
    } catch (error) {
      return { value: SAFE[use] ?? null, error }
    }
  },
  dependencies: (tree) => tree.needs ?? [],
}

export function tree(needs, of) {
  return { needs, of }
}

export function field(name, type = 'text', more = {}) {
  return {
    name,
    type,
    widget: type,
    label: name,
    hint: '',
    input: true,
    width: 'medium',
    valueType: 'text',
    required: false,
    forbidden: false,
    relevant: null,
    readonly: false,
    default: null,
    calculation: null,
    constraint: null,
    constraintMessage: '',
    ...more,
  }
}

export function form(fields, more = {}) {
  return {
    app: 'sample',
    version: '1',
    title: '見本',
    record_title: [],
    sections: [{ title: '見本', help: '', columns: 1, relevant: null, fields }],
    on_change: [],
    ...more,
  }
}

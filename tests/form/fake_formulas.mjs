/** A formula runtime for tests of the form alone: a tree is {needs: [names], of: function of the values and the context}. */

export const fakeRuntime = {
  evaluate: (tree, values, context) => tree.of(values, context),
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

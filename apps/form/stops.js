/** Words that stop somebody while they type, and those among them that the server would refuse as well. */

/** The stops whose condition holds now. One that reads a field which this form lacks is left to the server. */
export function stopsHolding(model) {
  return stopsOf(model).filter((stop) => holds(model, stop, model.scope))
}

/** As on the server: what held before the change already refuses nothing. */
export function stopRefusals(model) {
  const before = model.isNew ? null : model.seenBefore()
  return stopsHolding(model)
    .filter((stop) => stop.refuses && !(before && holds(model, stop, before)))
    .map((stop) => ({ path: stop.field, code: 'stopped', text: `${stop.say}${contact(stop)}` }))
}

/** Those that this form can judge by itself. */
export function stopsOf(model) {
  return (model.form.stops ?? []).filter((stop) => stop.reads.every((name) => model.fields.has(name)))
}

function holds(model, stop, scope) {
  return model.formulas.ask('guard', stop.when, scope).value === true
}

function contact({ who, call }) {
  return who || call ? ` 連絡先 ${[who, call].filter(Boolean).join(' ')}` : ''
}

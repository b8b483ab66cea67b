/** What an earlier opening of the form left behind: a draft, a submission that waits, arrives, or was refused. */

/** entry.earlier: a draft's content; entry.stranded: a refused entry of the outbox; entry.sentEarlier: a title. */
export function useGoingOn(entry, { settings, model, place, outbox, draft, saving, rules }) {
  function goOnWith(snapshot) {
    const current = saving.goOnWith(snapshot)
    if (current) entry.mergeWith(current)
    else rules.restart()
  }

  /** The same record stands here in an older state. */
  function arrived(sent, answer) {
    entry.sentEarlier = answer.title || sent.title
    if (place.record === null || sent.record !== place.record) return
    if (model.isTouched) {
      entry.changedBy = { rev: answer.rev }
    } else {
      place.rev = answer.rev
      model.accept(answer.values)
      if (answer.offers?.length) entry.offerSame(answer)
    }
  }

  function isStranded(each) {
    const isOfThisForm = each.app === settings.form.app && (each.form ?? '') === place.form
    return each.state === 'refused' && isOfThisForm && (each.record ?? null) === settings.recordId
  }

  return {
    goOnWith,
    async lookIntoOutbox(sent, outcome) {
      if (outcome?.kind === 'accepted' && sent.slot !== place.slot) arrived(sent, outcome.answer)
      entry.waiting = (await outbox.waiting()).length
      entry.stranded = (await outbox.entries(isStranded)).at(-1) ?? null
    },
    async lookForDraft() {
      entry.earlier = await draft.earlier()
    },
    async restoreEarlier() {
      goOnWith(entry.earlier)
      await entry.dropEarlier()
    },
    async dropEarlier() {
      entry.earlier = null
      await draft.forgetEarlier()
    },
    async takeUpStranded() {
      const { snapshot, outcome } = entry.stranded
      goOnWith(snapshot)
      if (!entry.conflict) entry.showRefusals(outcome.problem?.errors ?? [], outcome.problem?.detail)
      await entry.dropStranded()
    },
    async dropStranded() {
      const { slot } = entry.stranded
      entry.stranded = null
      for (const each of await outbox.entries((other) => other.slot === slot)) await outbox.remove(each.id)
    },
    closeSent() {
      entry.sentEarlier = null
    },
  }
}

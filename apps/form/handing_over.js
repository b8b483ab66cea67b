/** On a shared device another person goes on with what stands in the form: their save, and their draft from now on. */

/** Told to open forms with detail {account, stays, kept}: a form that may stay and does sets `kept`; others are left. */
export const OPERATOR = 'madoguchi-operator'

export function useHandingOver(entry, { outbox, draft, saving }) {
  return {
    /** What was sent and not answered yet is an act of the person before: such a form does not change hands. */
    handOver({ detail }) {
      if (!detail.stays || saving.sent || entry.staysInTab) return
      detail.kept = true
      entry.userKey = detail.account
      outbox.user = detail.account
      draft.handTo(detail.account, saving.isUnsaved ? saving.snapshot() : null)
      entry.lookForDraft()
      entry.lookIntoOutbox()
    },
  }
}

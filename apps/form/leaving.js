/** Signing out: on a shared counter PC no half-typed personal data may stay. What was saved but not yet sent stays. */

import { openStores } from './browser_store.js'
import { draftsOf, forgetDraftsOf } from './draft.js'
import { forgetRecentChoices } from './recent_choices.js'
import { removeUnneededFiles } from './unneeded_files.js'

/** Told to open forms: what is typed in them is given up now, and must not be kept again while the page closes. */
export const GIVEN_UP = 'madoguchi-given-up'

/** What a person would leave behind on this device: {unsent: [title], typed: number of drafts}. */
export async function leftBehind(user) {
  const stores = await openStores()
  const unsent = (await stores.outbox.all()).map(([, entry]) => entry).filter((entry) => entry.user === user)
  return { unsent: unsent.map(({ title }) => title), typed: (await draftsOf(stores.drafts, user)).length }
}

/** To be awaited before the session ends. user: the `userKey` of the forms. */
export async function forgetPerson(user) {
  globalThis.dispatchEvent?.(new Event(GIVEN_UP))
  const stores = await openStores()
  await forgetDraftsOf(stores.drafts, user)
  await removeUnneededFiles(stores, { youngest: 0 })
  forgetRecentChoices()
}

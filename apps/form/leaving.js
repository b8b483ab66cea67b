/** Signing out: on a shared counter PC no half-typed personal data may stay. What was saved but not yet sent stays. */

import { openStores } from './browser_store.js'
import { forgetDraftsOf } from './draft.js'
import { forgetRecentChoices } from './recent_choices.js'
import { removeUnneededFiles } from './unneeded_files.js'

/** To be awaited before the session ends. user: the `userKey` of the forms. */
export async function forgetPerson(user) {
  const stores = await openStores()
  await forgetDraftsOf(stores.drafts, user)
  await removeUnneededFiles(stores, { youngest: 0 })
  forgetRecentChoices()
}

/** Reading the answers once more before they are sent; the browser's back button leads back to the form. */

import { refusals } from './checks.js'

const MARK = 'madoguchi-review'

export function useReviewing(entry, { settings, model }) {
  if (settings.confirm) window.addEventListener('popstate', () => (entry.reviewing = false))
  return {
    /** Whether this press only leads to the review; mistakes are shown at once instead. */
    mustReview() {
      if (!settings.confirm || entry.reviewing || refusals(model).length) return false
      entry.reviewing = true
      history.pushState({ [MARK]: true }, '')
      return true
    },
    goBackToForm() {
      if (!entry.reviewing) return
      if (history.state?.[MARK]) history.back()
      entry.reviewing = false
    },
  }
}

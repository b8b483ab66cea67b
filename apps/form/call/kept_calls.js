/** Calls that were put aside unfinished: each can be taken up again, none is lost by the next one. */

import { ref } from 'vue'

import { isBlank } from '../same.js'
import { clock } from '../save_bar.js'

const PRESENT = 'madoguchi-call'

/** The name of the form whose drafts and unsent entries these are. */
export const CALL = 'call'

/** call: settings of the screen. Answers {list, look(draft), forget(draft, key)}; list: [{key, content, at, words}]. */
export function useKeptCalls(call) {
  const list = ref([])

  async function look(draft) {
    const drafts = await draft.others()
    list.value = drafts.map(({ key, content }) => ({ key, content, at: clock(content.savedAt), words: wordsOf(content, call) }))
  }
  return {
    list,
    look,
    /** Which draft is the call that goes on in this tab: a page that is loaded anew goes on with it by itself. */
    begin: (draft) => inThisTab((store) => store.setItem(PRESENT, draft.key)),
    wentOnHere() {
      const key = inThisTab((store) => store.getItem(PRESENT))
      return list.value.find((one) => one.key === key) ?? null
    },
    async forget(draft, key) {
      await draft.forgetOther(key)
      await look(draft)
    },
  }
}

/** Where a browser keeps nothing, the calls stand in the list all the same. */
function inThisTab(act) {
  try {
    return act(globalThis.sessionStorage)
  } catch {
    return null
  }
}

/** Number and first answers, so that the right call is recognised. */
function wordsOf({ values }, call) {
  const names = [call.number, ...call.telling]
  const words = names.map((name) => values[name]).filter((value) => typeof value === 'string' && !isBlank(value))
  return words.slice(0, 3).join(' ') || '番号なし'
}

/** What became of the calls of this sitting: the numbers to read out, also of those that were sent later. */

import { reactive } from 'vue'

import { CALL } from './kept_calls.js'

const KEPT = 4

/**
 * Answers {list, heard(sent, outcome), again(earlier)}. list, newest first: {id, number, title, url, told}. call.receipt: name
 * of the field that holds the number to read out.
 */
export function useFinished(call, app) {
  const list = reactive([])

  function put(line) {
    const known = list.findIndex(({ id }) => id === line.id)
    if (known >= 0) list.splice(known, 1)
    list.unshift(line)
    list.splice(KEPT)
  }
  return {
    list,
    heard(sent, { kind, answer }) {
      if (kind !== 'accepted' || sent.method !== 'POST' || sent.app !== app || sent.form !== CALL) return
      const told = sent.body.same_as ? '前の要望とまとめました。' : ''
      put({ id: answer.id, number: answer.values[call.receipt] || answer.title, title: answer.title, url: answer.url, told })
    },
    again({ id, title, url, again }) {
      put({ id, number: title, title: '', url, told: `また電話があったことを記録しました(${again}回目)。` })
    },
  }
}

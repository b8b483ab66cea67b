/** Questions to the server beside what is typed: they wait for a pause, the newest answer counts, and typing never waits. */

import { ref } from 'vue'

const PAUSE = 350

/**
 * ask(question) -> outcome of the API. Answers {answer, isOut, soon(question), now(question)}: `answer` is what came last
 * (null before, and after a blank question), `isOut` whether the server could not be asked. The same question is asked once.
 */
export function useAsking(ask, { wait = PAUSE, setTimer = setTimeout, clearTimer = clearTimeout } = {}) {
  const answer = ref(null)
  const isOut = ref(false)
  let timer = null
  let turn = 0
  let last = null

  async function now(question) {
    clearTimer(timer)
    const asked = question === null ? null : JSON.stringify(question)
    if (asked === last) return
    last = asked
    const mine = (turn += 1)
    if (question === null) {
      answer.value = null
      isOut.value = false
      return
    }
    const outcome = await ask(question)
    if (mine !== turn) return
    isOut.value = outcome.kind !== 'accepted'
    if (isOut.value) last = undefined
    else answer.value = outcome.answer
  }
  return {
    answer,
    isOut,
    now,
    soon(question) {
      clearTimer(timer)
      timer = setTimer(() => now(question), wait)
    },
    stop() {
      clearTimer(timer)
      turn += 1
    },
  }
}

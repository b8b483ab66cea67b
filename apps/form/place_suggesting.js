/** The places that are suggested while somebody types. */

import { ref } from 'vue'

import { isBlank, same } from './same.js'

const PAUSE = 120
const MOST = 8

/**
 * read(text) -> outcome of the API. Answers {options, active, isOpen, look(text), close(), move(step), soon(text)}; without a
 * line there is nothing to suggest, and typing goes on. `active` is the position of the option that Enter takes, or -1.
 */
export function useSuggestions(read) {
  const options = ref([])
  const active = ref(-1)
  const isOpen = ref(false)
  let timer = null
  let asked = 0

  async function look(text) {
    const turn = (asked += 1)
    const { kind, answer } = isBlank(text) ? { kind: 'blank' } : await read(text, MOST)
    if (turn !== asked) return
    const chosen = options.value[active.value]
    options.value = kind === 'accepted' ? answer.places : []
    active.value = chosen ? options.value.findIndex((each) => same(each, chosen)) : -1
    isOpen.value = options.value.length > 0
  }
  return {
    options,
    active,
    isOpen,
    look,
    soon(text) {
      clearTimeout(timer)
      timer = setTimeout(() => look(text.trim()), PAUSE)
    },
    close() {
      clearTimeout(timer)
      asked += 1
      isOpen.value = false
      active.value = -1
    },
    /** Round and round, over the place where no option is active and Enter goes on to the next field. */
    move(step) {
      const stops = options.value.length + 1
      active.value = ((active.value + 1 + step + stops) % stops) - 1
    },
  }
}

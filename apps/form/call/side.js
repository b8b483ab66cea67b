/** Beside the call: what is decided by rule, what the caller told before, and what others told of the same thing. */

import { h, onBeforeUnmount, onMounted } from 'vue'

import { isConverting } from '../keyboard.js'
import { useDecided, useLikely } from './beside.js'
import { CallMap } from './call_map.js'
import { useCaller } from './caller.js'
import { DecidedFacts } from './decided_facts.js'
import { EarlierList } from './earlier_list.js'
import { LikelyList, openFirst } from './likely_list.js'
import { SAME, TAKE_OVER } from './offers.js'

export const CallSide = {
  props: { entry: Object, call: Object },
  emits: ['sameAs', 'rangAgain'],
  setup(props, { emit }) {
    const { entry, call } = props
    const caller = useCaller(entry, call)
    const decided = call.decides ? useDecided(entry, call) : null
    const likely = call.compares.length ? useLikely(entry, call) : null

    const firstToTakeOver = () => caller.asking.answer?.records.find(({ values }) => Object.keys(values).length)
    const pointNow = () => {
      const at = entry.model.values[call.location]
      return at?.lat && at?.lon ? at : null
    }
    function pressed(event) {
      if (isConverting(event)) return
      const likeliest = openFirst(likely?.asking.answer?.records ?? [])[0]
      const offer = { [TAKE_OVER]: [firstToTakeOver(), caller.takeOver], [SAME]: [likeliest, (one) => emit('sameAs', one)] }[event.key]
      if (!offer) return
      event.preventDefault()
      const [one, take] = offer
      if (one) take(one)
    }
    onMounted(() => document.addEventListener('keydown', pressed))
    onBeforeUnmount(() => {
      document.removeEventListener('keydown', pressed)
      caller.stop()
      likely?.stop()
      decided?.stop()
    })

    return () =>
      h('aside', { class: 'ef-call-side', 'aria-label': 'この電話について分かっていること' }, [
        decided ? h(DecidedFacts, { decided, entry, names: call.facts }) : null,
        h(EarlierList, { caller, entry, counts: call.counts, first: firstToTakeOver()?.id, onRangAgain: (one) => emit('rangAgain', one) }),
        likely ? h(LikelyList, { likely, entry, onSameAs: (one) => emit('sameAs', one) }) : null,
        call.location ? h(CallMap, { entry, at: pointNow(), others: likely?.asking.answer?.records ?? [] }) : null,
      ])
  },
}

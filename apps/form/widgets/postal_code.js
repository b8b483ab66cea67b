/** A postal code; puts the town into the address, and asks when one code stands for several. */

import { h, inject, ref } from 'vue'

import { filledAddress } from '../address_filling.js'
import { controlEvents, controlProps, tied } from '../control.js'
import { folded } from '../width.js'

export default {
  props: controlProps,
  emits: controlEvents,
  setup(props, { emit }) {
    const entry = inject('entry')
    const areas = ref([])
    let asked = written(props.value ?? '')
    let filled = ''

    const target = () =>
      props.place.row ? { ...props.place, column: props.field.fills } : { name: props.field.fills }

    function typed(event) {
      emit('change', event.target.value || null)
      const code = written(event.target.value)
      if (!event.isComposing && isCode(code)) ask(code)
    }
    function left(event) {
      const code = written(event.target.value)
      if (code !== (props.value ?? '')) emit('change', code || null)
      emit('settle')
      if (isCode(code)) ask(code)
    }
    async function ask(code) {
      if (!props.field.fills || code === asked) return
      asked = code
      areas.value = []
      const { kind, answer } = await entry.api.read(`/postal/${code}`)
      if (kind !== 'accepted') asked = ''
      if (kind !== 'accepted' || asked !== code) return
      if (answer.areas.length > 1) areas.value = answer.areas
      else if (answer.areas.length) fill(answer.areas[0])
    }
    function fill({ address: town }) {
      areas.value = []
      const place = target()
      const { address, kept } = filledAddress(entry.valueAt(place), town, filled)
      if (kept) {
        if (!address.startsWith(town)) emit('note', `住所はそのままです。郵便番号の住所は「${town}」です。`)
        return
      }
      filled = town
      entry.change(place, address)
      emit('note', `住所に「${town}」を入れました。続きを入力してください。`)
    }
    return () =>
      h('div', { class: 'ef-postal' }, [
        h('input', {
          class: 'ef-input',
          ...tied(props),
          type: 'text',
          inputmode: 'numeric',
          autocomplete: 'off',
          value: props.value ?? '',
          onInput: typed,
          onBlur: left,
        }),
        areas.value.length ? choices(areas.value, fill, props.id) : null,
      ])
  },
}

function choices(areas, fill, id) {
  return h('div', { class: 'ef-postal-areas', role: 'group', 'aria-labelledby': `${id}-areas` }, [
    h('p', { id: `${id}-areas`, role: 'status' }, `この郵便番号には${areas.length}つの住所があります。選んでください。`),
    h(
      'div',
      { class: 'ef-choices is-list' },
      areas.map((area) =>
        h(
          'button',
          { type: 'button', class: 'ef-button is-medium is-outline', onClick: () => fill(area) },
          area.office ? `${area.address} ${area.office}` : area.address,
        ),
      ),
    ),
  ])
}

function isCode(text) {
  return /^\d{3}-\d{4}$/.test(text)
}

/** 〒９２０ー０９６２ -> 920-0962; what is no code stays for the server to explain. */
function written(text) {
  const plain = folded(text).replace(/^〒/, '').trim()
  const digits = plain.replace(/-/g, '')
  return /^\d{7}$/.test(digits) ? `${digits.slice(0, 3)}-${digits.slice(3)}` : plain
}

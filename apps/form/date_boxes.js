/** A date in boxes: era, year, month, day, each in any width; a whole typed date in the year's box; a calendar; 今日. */

import { h, reactive, ref, watch } from 'vue'

import { ERAS, boxesOf, readBoxes, readDate, wareki } from './era.js'
import { icon } from './icons.js'

const EMPTY = { era: '令和', year: '', month: '', day: '' }
const ISO = /^\d{4}-\d{2}-\d{2}$/
const WEEKDAYS = '日月火水木金土'

/**
 * value: 'YYYY-MM-DD', or what was typed so far. Emits change(value, problem): problem is '' when value is a date or null.
 * `left` when the person leaves all boxes together.
 */
export const DateBoxes = {
  props: { value: null, id: String, described: String, invalid: Boolean, today: String, label: String },
  emits: ['change', 'note', 'left'],
  setup(props, { emit }) {
    const boxes = reactive({ ...EMPTY })
    const picker = ref(null)
    /** What this widget last answered; another value comes from outside and is shown. */
    let told

    function show(value) {
      told = undefined
      Object.assign(boxes, ISO.test(value ?? '') ? boxesOf(value) : value ? { ...EMPTY, year: String(value) } : EMPTY)
    }
    show(props.value)
    watch(
      () => props.value,
      (value) => value !== told && show(value),
    )

    function answer(value, problem) {
      told = value
      emit('change', value, problem)
    }
    /** A date from the calendar or a button; the boxes keep the calendar system the person chose. */
    function take(iso) {
      const isGregorian = boxes.era === '' && boxes.year !== ''
      Object.assign(boxes, boxesOf(iso))
      if (isGregorian) Object.assign(boxes, { era: '', year: iso.slice(0, 4) })
      answer(iso, '')
      emit('left')
    }
    function typed(part, text) {
      boxes[part] = text
      if (!boxes.year && !boxes.month && !boxes.day) return answer(null, '')
      const { iso, problem } = read()
      answer(iso ?? `${boxes.era}${boxes.year}年${boxes.month}月${boxes.day}日`, problem ?? '')
    }
    function read() {
      const isAlone = !boxes.month && !boxes.day && boxes.year
      return isAlone ? readDate(boxes.year, props.today) : readBoxes(boxes, props.today)
    }
    /** Only on leaving are boxes rewritten: a whole date typed into one box, full width, 2024 under 令和. */
    function leave(event) {
      if (event.currentTarget.contains(event.relatedTarget)) return
      if (boxes.year || boxes.month || boxes.day) {
        const wrote = `${boxes.era}${boxes.year}`
        const { iso, note } = read()
        if (
          iso &&
          (!boxes.month || /^\d{4}$/.test(boxes.year) !== (boxes.era === '') || !/^(元|\d+)$/.test(boxes.year))
        )
          Object.assign(boxes, boxesOf(iso))
        else if (iso) for (const part of ['year', 'month', 'day']) boxes[part] = boxes[part].normalize('NFKC')
        const changed = iso && wrote.normalize('NFKC') !== `${boxes.era}${boxes.year}`
        if (note || changed) emit('note', note || `${wareki(iso)}と読み取りました。`)
      }
      emit('left')
    }
    const box = (part, unit, size) =>
      h('label', { class: 'ef-box' }, [
        h('input', {
          class: ['ef-input', `ef-box-${size}`],
          type: 'text',
          inputmode: 'text',
          autocomplete: 'off',
          id: part === 'year' ? props.id : `${props.id}-${part}`,
          'aria-label': `${props.label} ${unit}`,
          'aria-invalid': props.invalid || undefined,
          'aria-describedby': props.described,
          value: boxes[part],
          onInput: (event) => typed(part, event.target.value),
        }),
        h('span', { class: 'ef-unit', 'aria-hidden': 'true' }, unit),
      ])
    return () =>
      h('div', { class: 'ef-boxes', onFocusout: leave }, [
        h('div', { class: 'ef-select ef-box-era' }, [
          h(
            'select',
            {
              class: 'ef-input',
              id: `${props.id}-era`,
              'aria-label': `${props.label} 元号`,
              value: boxes.era,
              onChange: (event) => typed('era', event.target.value),
            },
            [...ERAS.map((era) => h('option', { value: era.name }, era.name)), h('option', { value: '' }, '西暦')],
          ),
        ]),
        box('year', '年', 'year'),
        box('month', '月', 'two'),
        box('day', '日', 'two'),
        h('span', { class: 'ef-picker' }, [
          h(
            'button',
            {
              type: 'button',
              class: 'ef-square',
              'aria-label': `${props.label} カレンダーから選ぶ`,
              title: 'カレンダーから選ぶ',
              onClick: () => openPicker(picker.value),
            },
            [icon('calendar')],
          ),
          h('input', {
            ref: picker,
            class: 'ef-picker-native',
            type: 'date',
            tabindex: -1,
            'aria-hidden': 'true',
            value: ISO.test(props.value ?? '') ? props.value : '',
            onChange: (event) => event.target.value && take(event.target.value),
          }),
        ]),
        h('button', { type: 'button', class: 'ef-small-button', onClick: () => take(props.today) }, '今日'),
        ISO.test(props.value ?? '')
          ? h('span', { class: 'ef-other-calendar' }, otherCalendar(props.value, boxes.era))
          : null,
      ])
  },
}

/** The same day in the calendar that is not in the boxes, with its weekday: people check by it. */
function otherCalendar(iso, era) {
  if (era === '') return wareki(iso)
  const [year, month, day] = iso.split('-').map(Number)
  return `${year}年${month}月${day}日(${WEEKDAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()]})`
}

function openPicker(input) {
  if (input.showPicker) input.showPicker()
  else input.focus()
}

/** The form once everything is there: what waits for an answer, what is wrong, the sections, and the bar. */

import { computed, h, nextTick, onBeforeUnmount, onMounted, provide, ref, watch } from 'vue'

import { useAutoFilling } from './auto_filling.js'
import { Banner } from './banner.js'
import { refusals } from './checks.js'
import { ConflictPanel } from './conflict_panel.js'
import { ErrorSummary } from './error_summary.js'
import { placed } from './errors.js'
import { OPERATOR } from './handing_over.js'
import { onKeydown } from './keyboard.js'
import { GIVEN_UP } from './leaving.js'
import { whenPointerRests } from './pointer.js'
import { Review } from './review.js'
import { SaveBar, clock } from './save_bar.js'
import { SamePanel } from './same_panel.js'
import { SectionCard, fieldsWithStops } from './section_card.js'
import { StopWords } from './stop_words.js'

export const FormBody = {
  props: {
    entry: Object,
    confirm: Object,
    saveLabel: String,
    cancelLabel: String,
    takesFocus: Boolean,
    /** What the button and its key do, where that is more than saving; and a second way of saving: {label, press}. */
    press: { type: Function, default: null },
    also: { type: Object, default: null },
  },
  emits: ['cancel'],
  setup(props, { emit }) {
    const { entry } = props
    const save = () => (props.press ?? entry.press)()
    const also = () => (props.also?.press ?? save)()
    const root = ref(null)
    provide('entry', entry)

    const missing = computed(() =>
      placed(
        refusals(entry.model).filter((each) => each.code === 'required'),
        entry.model,
      ),
    )
    const go = (key) => focusField(entry.idOf(key))
    watch(
      () => entry.summaryFocus,
      () => focusSoon(`${entry.uid}-summary`),
    )
    watch(
      () => entry.conflictFocus,
      () => focusSoon(`${entry.uid}-conflict`),
    )
    watch(
      () => entry.offering,
      () => entry.offering && focusSoon(`${entry.uid}-same`),
    )
    watch(
      () => entry.reviewing,
      (isReviewing) => {
        if (isReviewing) focusSoon(`${entry.uid}-review`)
        else if (!entry.refusals.length && !entry.detail) focusSoon(`${entry.uid}-form`)
      },
    )
    useWindow(entry)
    onMounted(() => props.takesFocus && root.value.querySelector('.ef-fields :is(input, select, textarea)')?.focus())
    useAutoFilling(entry)

    const questions = () => [
      ...waiting(entry),
      entry.conflict
        ? h(ConflictPanel, {
            comparison: entry.comparison(),
            id: `${entry.uid}-conflict`,
            onMerge: entry.merge,
            onTheirs: entry.takeTheirs,
          })
        : null,
      entry.refusals.length || entry.detail
        ? h(ErrorSummary, {
            refusals: entry.refusals,
            detail: entry.detail,
            id: `${entry.uid}-summary`,
            trouble: props.confirm?.trouble,
            onGo: go,
          })
        : null,
      ...entry.model.form.sections.map((section, index) =>
        entry.model.sectionShown[index] ? h(SectionCard, { section, key: index }) : null,
      ),
      entry.model.form.stops?.length ? h(StopWords, { beside: fieldsWithStops(entry) }) : null,
      h(SaveBar, {
        saving: entry.saving,
        missing: missing.value.length,
        waiting: entry.waiting,
        lasting: entry.lasting,
        label: props.saveLabel,
        cancel: props.cancelLabel,
        also: props.also?.label,
        onSave: save,
        onAlso: also,
        onMissing: () => missing.value.length && go(missing.value[0].key),
        onCancel: () => emit('cancel'),
      }),
    ]

    const review = () => [
      h(Review, { entry, confirm: props.confirm, id: `${entry.uid}-review` }),
      h(SaveBar, {
        saving: entry.saving,
        missing: 0,
        waiting: entry.waiting,
        lasting: entry.lasting,
        label: props.confirm.send,
        cancel: props.confirm.back,
        onSave: entry.press,
        onCancel: entry.goBackToForm,
      }),
    ]
    const shown = () => (entry.reviewing ? review() : questions())

    return () =>
      h(
        'form',
        {
          ref: root,
          id: `${entry.uid}-form`,
          tabindex: -1,
          class: 'ef-form',
          novalidate: true,
          autocomplete: 'off',
          onSubmit: (event) => event.preventDefault(),
          onFocusin: clearOfTheBar,
          onKeydown: (event) => onKeydown(event, { form: root.value, save, also }),
        },
        entry.offering ? [h(SamePanel, { entry, id: `${entry.uid}-same` })] : shown(),
      )
  },
}

/** Questions that wait: an earlier draft, a submission the server refused, another person's change. */
function waiting(entry) {
  const found = []
  if (entry.stranded) {
    found.push({
      title: '送信できなかった入力があります',
      text: `${clock(entry.stranded.madeAt)} に保存した内容は、サーバーで受け付けられませんでした。`,
      choices: [
        { label: '開いて直す', take: entry.takeUpStranded, main: true },
        { label: '破棄する', take: entry.dropStranded },
      ],
    })
  }
  if (entry.earlier) {
    found.push({
      title: '前回の入力があります',
      text: `${dayAndClock(entry.earlier.savedAt)} の下書きです。`,
      choices: [
        { label: '続きから入力する', take: entry.restoreEarlier, main: true },
        { label: '破棄する', take: entry.dropEarlier },
      ],
    })
  }
  if (entry.sentEarlier) {
    found.push({
      title: '未送信だった入力を送信しました',
      text: entry.sentEarlier,
      choices: [{ label: '閉じる', take: entry.closeSent }],
    })
  }
  if (entry.changedBy) {
    found.push({
      title: 'ほかの人がこの記録を変更しました',
      text: '入力中の内容はそのままです。',
      choices: [
        { label: '変更を取り込む', take: entry.takeIn, main: true },
        { label: 'このまま続ける', take: entry.ignoreChange },
      ],
    })
  }
  return found.map((banner) => h(Banner, { key: banner.title, ...banner }))
}

/** 11月22日 10:32 in Japan. */
function dayAndClock(iso) {
  const japan = new Date(new Date(iso).getTime() + 9 * 3_600_000)
  return `${japan.getUTCMonth() + 1}月${japan.getUTCDate()}日 ${clock(iso)}`
}

/** Leaving, hiding, coming back online: each is a moment to keep or to send. */
function useWindow(entry) {
  let isGivenUp = false
  const giveUp = () => {
    isGivenUp = true
    entry.giveUp()
  }
  const leave = () => isGivenUp || entry.leave()
  const warn = (event) => {
    leave()
    if (entry.saving.isUnsaved && !isGivenUp && !entry.staysInTab) event.preventDefault()
  }
  const operator = (event) => {
    entry.handOver(event)
    if (event.detail.kept) return
    leave()
    isGivenUp = true
  }
  const hidden = () => document.visibilityState === 'hidden' && leave()
  const listeners = [
    [window, 'beforeunload', warn],
    [window, 'pagehide', leave],
    [window, GIVEN_UP, giveUp],
    [window, 'online', entry.hurry],
    [window, OPERATOR, operator],
    [document, 'visibilitychange', hidden],
  ]
  onMounted(() => listeners.forEach(([target, name, listener]) => target.addEventListener(name, listener)))
  onBeforeUnmount(() => listeners.forEach(([target, name, listener]) => target.removeEventListener(name, listener)))
}

/** Browsers bring only the caret of a large text box into view; the bar must not hide the rest of it. */
function clearOfTheBar({ target }) {
  if (target.matches('textarea')) whenPointerRests(() => target.scrollIntoView({ block: 'nearest' }))
}

async function focusSoon(id) {
  await nextTick()
  const element = document.getElementById(id)
  element?.focus({ preventScroll: true })
  element?.scrollIntoView({ block: 'start' })
}

/** To the control itself; where that is a group, to its first control. */
function focusField(id) {
  const field = document.getElementById(`${id}-field`)
  const control = document.getElementById(id)
  const fold = field?.closest('details')
  if (fold) fold.open = true
  const target = control?.matches('input, select, textarea, button')
    ? control
    : field?.querySelector('input, select, textarea, button')
  field?.scrollIntoView({ block: 'center' })
  target?.focus({ preventScroll: true })
}

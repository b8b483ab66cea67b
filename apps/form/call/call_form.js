/** The phone screen: the entry form of one call, beside it what is known already, and the next call ready at once. */

import { h, nextTick, onBeforeUnmount, onMounted, ref, shallowRef, watch } from 'vue'

import { openEntry } from '../entry.js'
import { FormBody } from '../form_body.js'
import { isConverting } from '../keyboard.js'
import { isBlank } from '../same.js'
import { loadStyle } from '../style.js'
import { loadWidgets } from '../widget_loading.js'
import { FinishedCalls } from './finished_calls.js'
import { useFinished } from './finished.js'
import { CALL, useKeptCalls } from './kept_calls.js'
import { KeptCalls } from './kept_list.js'
import { printSheet } from './printing.js'
import { CallSide } from './side.js'

export const CallForm = {
  name: 'CallForm',
  props: {
    form: { type: Object, required: true },
    /** {number, receipt, takesOver, telling, compares, print, counts, ...}: see apps/form/call_form.py. */
    call: { type: Object, required: true },
    userKey: { type: String, default: '' },
    apiBase: { type: String, default: '/api/v1' },
    context: { type: Object, default: () => ({}) },
  },
  setup(props) {
    const { call } = props
    const entry = shallowRef(null)
    const failed = ref(false)
    const finished = useFinished(call, props.form.app)
    const kept = useKeptCalls(call)
    let parts = null
    let printing = false
    let stopTiming = null

    async function open(content = null) {
      const [widgets, runtime] = parts
      const before = entry.value
      const next = await openEntry(settings(), runtime, widgets, told)
      next.earlier = null // kept calls stand in a list of their own, all of them
      next.takeUpStranded = takingUpBeside(next, next.takeUpStranded)
      if (content) next.goOnWith(content)
      stopTiming?.()
      stopTiming = timeFromFirstTouch(next, content)
      whenUnsent(next)
      before?.close()
      entry.value = next
      await kept.look(next.drafts)
      const goesOn = before ? null : kept.wentOnHere()
      kept.begin(next.drafts)
      if (goesOn) return takeUp(goesOn)
      await nextTick()
      focusNumber()
    }
    const settings = () => ({
      ...props,
      formName: CALL,
      recordId: null,
      record: null,
      rev: null,
      submitUrl: '',
      known: {},
      keeps: 'device',
      heard: finished.heard,
    })
    const focusNumber = () => document.getElementById(entry.value?.idOf(call.number))?.focus()

    async function told(name, answer) {
      const now = entry.value
      if (name !== 'saved') return
      if (now.saving.isUnsaved) {
        await now.press() // typed between the press and the answer: it belongs to this call
        return
      }
      if (printing) printSheet(now.api.pageUrl(`${answer.url}/sheets/${encodeURIComponent(call.print)}?print=1`), focusNumber)
      await open()
    }
    /** Without a line the call is written down and goes by itself later; the next caller does not wait for it. */
    function whenUnsent(one) {
      watch(
        () => one.saving.phase === 'waiting' && !one.saving.signedOut && !one.saving.trouble,
        (isWaiting) => isWaiting && entry.value === one && open(),
      )
    }

    async function save(print, more) {
      printing = print && Boolean(call.print)
      await entry.value.press(more)
    }
    /** This call is about the same thing: what was not typed is taken from the earlier request, and both hang together. */
    async function sameAs(earlier) {
      const now = entry.value
      const { kind, answer } = await now.api.readRecord(props.form.app, earlier.id)
      if (kind === 'accepted') fillBlanks(now, call.copies, answer.values)
      await save(false, { same_as: earlier.id })
    }
    /** A refused call is put right in a form of its own: what is typed now is put aside first. */
    const takingUpBeside = (one, takeUp) => async () => {
      if (!one.model.isTouched) return takeUp()
      await putAside()
      await entry.value.takeUpStranded()
    }
    async function putAside() {
      await entry.value.leave()
      await open()
    }
    async function takeUp({ key, content }) {
      await entry.value.leave()
      await open(content)
      await entry.value.leave()
      await kept.forget(entry.value.drafts, key)
    }
    async function rangAgain(earlier) {
      finished.again(earlier)
      const now = entry.value
      const typed = Object.keys(now.model.changes()).filter((name) => name !== call.number && !call.takesOver.includes(name))
      if (typed.length) return
      await now.drafts.forget()
      await open()
    }

    onMounted(async () => {
      try {
        parts = await Promise.all([loadWidgets(props.form), import('../formula.js'), loadStyle()])
        await open()
      } catch (error) {
        console.error(error)
        failed.value = true
      }
    })
    onBeforeUnmount(() => {
      stopTiming?.()
      entry.value?.close()
    })

    return () => {
      const now = entry.value
      if (failed.value)
        return h('p', { class: 'ef-failed', role: 'alert' }, 'フォームを表示できませんでした。画面を読み込み直してください。')
      if (!now) return h('p', { class: 'ef-loading', 'aria-live': 'polite' }, '読み込んでいます')
      const save_ = { press: () => save(true), also: { label: '保存だけ', press: () => save(false) } }
      const body = h('div', { class: 'ef-call', onKeydown: (event) => savesFromBeside(event, save_) }, [
        h('div', { class: 'ef-call-main' }, [
          h(FinishedCalls, { list: finished.list, sheet: call.print, pageUrl: (path) => now.api.pageUrl(path) }),
          h(KeptCalls, { list: kept.list.value, touched: now.model.isTouched, onPutAside: putAside, onTakeUp: takeUp, onForget: ({ key }) => kept.forget(now.drafts, key) }),
          h(FormBody, {
            key: now.uid,
            entry: now,
            saveLabel: call.print ? '保存して印刷' : '登録する',
            press: save_.press,
            also: call.print ? save_.also : null,
          }),
        ]),
        h(CallSide, { key: `${now.uid}-side`, entry: now, call, onSameAs: sameAs, onRangAgain: rangAgain }),
      ])
      return h('div', { class: 'ef-call-frame' }, [body])
    }
  },
}

/** The keys of the form work beside it too. */
function savesFromBeside(event, { press, also }) {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || isConverting(event) || event.defaultPrevented) return
  event.preventDefault()
  if (event.shiftKey) also.press()
  else press()
}

/** An open screen waits for the telephone to ring; the work begins with the first answer. */
function timeFromFirstTouch(entry, content) {
  if (content) return () => {}
  const stop = watch(
    () => entry.model.isTouched,
    () => {
      entry.saving.openedAt = new Date().toISOString()
      stop()
    },
  )
  return stop
}

function fillBlanks(entry, names, values) {
  for (const name of names) {
    const isOpen = entry.model.fields.has(name) && isBlank(entry.model.values[name])
    if (isOpen && !isBlank(values[name])) entry.change({ name }, values[name])
  }
}

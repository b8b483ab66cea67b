/** The entry form: any form drawn from its definition's JSON. Needs Vue and a page, nothing else. */

import { h, onBeforeUnmount, onMounted, shallowRef, watch } from 'vue'

import { openEntry } from './entry.js'
import { FormBody } from './form_body.js'
import { loadStyle } from './style.js'
import { loadWidgets } from './widget_loading.js'

export const EntryForm = {
  name: 'EntryForm',
  props: {
    form: { type: Object, required: true },
    record: { type: Object, default: null },
    recordId: { type: String, default: null },
    rev: { type: [Number, String], default: null },
    userKey: { type: String, default: '' },
    submitUrl: { type: String, default: '' },
    apiBase: { type: String, default: '/api/v1' },
    context: { type: Object, default: () => ({}) },
    known: { type: Object, default: () => ({}) },
    /** 'device': drafts outlive the browser. 'tab': nothing stays when the tab is closed. */
    keeps: { type: String, default: 'device' },
    /** When the work began (ISO), where that was before the form opened: the record of an action. */
    beganAt: { type: String, default: '' },
    /** The first control has the focus as soon as the form is there. */
    takesFocus: { type: Boolean, default: false },
    /** Photos go before what names them: nothing can be added afterwards. */
    photosFirst: { type: Boolean, default: false },
    /** {title, text, blank, send, back}: the answers are shown once more before they are sent. */
    confirm: { type: Object, default: null },
    saveLabel: { type: String, default: '保存する' },
    cancelLabel: { type: String, default: '' },
    /** Names of fields whose answers the page around the form wants to hear of. */
    listens: { type: Array, default: () => [] },
  },
  emits: ['saved', 'cancel', 'typed'],
  setup(props, { emit, expose }) {
    const entry = shallowRef(null)
    const failed = shallowRef(false)
    const told = (name, ...what) => emit(name, ...what)

    onMounted(async () => {
      try {
        const [widgets, runtime] = await Promise.all([loadWidgets(props.form), import('./formula.js'), loadStyle()])
        entry.value = await openEntry(props, runtime, widgets, told)
      } catch (error) {
        console.error(error)
        failed.value = true
      }
    })
    onBeforeUnmount(() => entry.value?.close())
    const heard = () =>
      entry.value ? JSON.stringify(Object.fromEntries(props.listens.map((name) => [name, entry.value.model.answer(name) ?? null]))) : ''
    if (props.listens.length) watch(heard, (answers) => emit('typed', JSON.parse(answers)))
    expose({ changedElsewhere: (rev, who) => entry.value?.changedElsewhere(rev, who) })

    return () => {
      if (failed.value)
        return h(
          'p',
          { class: 'ef-failed', role: 'alert' },
          'フォームを表示できませんでした。画面を読み込み直してください。',
        )
      if (!entry.value) return h('p', { class: 'ef-loading', 'aria-live': 'polite' }, '読み込んでいます')
      return h(FormBody, {
        entry: entry.value,
        confirm: props.confirm,
        saveLabel: props.saveLabel,
        cancelLabel: props.cancelLabel,
        takesFocus: props.takesFocus,
        onCancel: () => emit('cancel'),
      })
    }
  },
}

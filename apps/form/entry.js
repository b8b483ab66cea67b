/** One open form: its values, draft, outbox and refusals, tied together for the screen. */

import { markRaw, reactive } from 'vue'

import { Api } from './api.js'
import { openStores } from './browser_store.js'
import { ChangeRules } from './change_rules.js'
import { refusalsOnLeaving } from './checks.js'
import { compare, merged } from './conflict.js'
import { Draft, forgetOldDrafts } from './draft.js'
import { todayInJapan } from './era.js'
import { placeKey, placed } from './errors.js'
import { lookOf } from './fields.js'
import { sendKeptFiles } from './files.js'
import { useLookingUp } from './looking_up.js'
import { Outbox } from './outbox.js'
import { whenPointerRests } from './pointer.js'
import { requestId } from './request_id.js'
import { Formulas } from './rules.js'
import { isBlank, plain } from './same.js'
import { Saving } from './save.js'
import { removeUnneededFiles } from './unneeded_files.js'
import { FormValues } from './values.js'

/**
 * settings: the props of EntryForm. runtime: the
 * formula runtime. widgets: name -> module. told(name, ...): what the page around the form should know.
 */
export async function openEntry(settings, runtime, widgets, told) {
  const stores = await openStores()
  const api = new Api({ base: settings.apiBase })
  const model = reactive(
    new FormValues(
      Object.freeze(plain(settings.form)),
      markRaw(new Formulas(runtime, plain(settings.context))),
      settings.record,
    ),
  )
  const place = {
    record: settings.recordId,
    rev: settings.rev,
    slot: requestId(),
    url: () => settings.submitUrl || api.recordsUrl(settings.form.app, place.record),
  }

  const outbox = new Outbox({
    store: stores.outbox,
    user: settings.userKey,
    send: (entry) => sendWithFiles(entry, stores, api),
  })
  const draft = new Draft({
    store: stores.drafts,
    user: settings.userKey,
    app: settings.form.app,
    record: settings.recordId,
    slot: place.slot,
    written: (at) => (saving.draftAt = at),
    failed: () => (entry.lasting = false),
  })
  const saving = reactive(
    new Saving({
      model,
      draft: markRaw(draft),
      outbox: markRaw(outbox),
      place: markRaw(place),
      happened: (name, ...what) => happenings[name](...what),
    }),
  )
  saving.start()
  for (const field of everyField(model)) model.know(field, settings.known[field.path] ?? [])

  const entry = reactive({
    userKey: settings.userKey,
    recordId: settings.recordId,
    uid: `ef-${place.slot.slice(0, 8)}`,
    widgets: markRaw(widgets),
    api: markRaw(api),
    stores: markRaw(stores),
    lasting: stores.lasting,
    model,
    saving,
    errors: {},
    refusals: [],
    detail: '',
    waiting: 0,
    conflict: null,
    earlier: null,
    stranded: null,
    changedBy: null,
    notices: {},
    readings: {},
    summaryFocus: 0,
    conflictFocus: 0,
  })
  const rules = new ChangeRules(model, (field, text) => (entry.notices[field] = text))

  const happenings = {
    refused(refusals, detail = '') {
      showRefusals(placed(refusals, model), detail)
    },
    conflict(current) {
      entry.conflict = current
      entry.conflictFocus += 1
    },
    saved(answer) {
      showRefusals([], '', { quietly: true })
      entry.changedBy = null
      entry.notices = Object.fromEntries((answer.notes ?? []).map(({ path, text }) => [path, text]))
      rules.restart()
      told('saved', plain(answer))
    },
  }

  function showRefusals(refusals, detail, { quietly = false } = {}) {
    entry.refusals = refusals
    entry.detail = detail
    entry.errors = {}
    for (const { key, text } of refusals) if (key !== null) entry.errors[key] ??= text
    if (!quietly) entry.summaryFocus += 1
  }

  function clearRefusal(key) {
    delete entry.errors[key]
    entry.refusals = entry.refusals.filter((refusal) => refusal.key !== key)
  }

  /** How much waits, and what the server refused while no form was there to say so. */
  async function lookIntoOutbox() {
    entry.waiting = (await outbox.waiting()).length
    const refused = await outbox.entries(
      (each) => each.state === 'refused' && each.app === settings.form.app && sameRecord(each, settings),
    )
    entry.stranded = refused.at(-1) ?? null
  }
  const stopLooking = outbox.listen(lookIntoOutbox)

  Object.assign(entry, useLookingUp({ api, model, app: settings.form.app }), {
    idOf: (key) => `${entry.uid}-${key}`,
    today: () => todayInJapan(),
    shown: (field, value) => (isBlank(value) ? '' : (widgets[lookOf(field)].shown ?? String)(value, field, entry)),
    change(at, value) {
      clearRefusal(keyOf(at))
      if (at.row) model.setCell(at.name, at.row, at.column, value)
      else model.set(at.name, value)
      saving.typed()
    },
    scopeAt: (at, row) => (row ? model.rows[at.name].scopeOf(row, model.scope) : model.scope),
    valueAt: (at) =>
      at.row ? model.values[at.name].find((row) => row._row === at.row)?.[at.column] : model.values[at.name],
    /** A looked-up record was chosen, or taken back (null). */
    choose(at, option) {
      clearRefusal(keyOf(at))
      if (at.row) model.chooseInRow(at.name, at.row, at.column, option)
      else model.choose(at.name, option)
      saving.typed()
    },
    settle(at) {
      if (at.row) return
      rules.settled(at.name)
      whenPointerRests(() => {
        for (const { path, text } of refusalsOnLeaving(model, at.name)) entry.errors[path] = text
      })
    },
    unreadable(at, text) {
      const key = keyOf(at)
      model.unreadable[key] = text
      whenPointerRests(() => model.unreadable[key] && (entry.errors[key] = text))
    },
    addRow(name) {
      clearRefusal(name)
      const row = model.addRow(name)
      saving.typed()
      return row
    },
    removeRow(name, row) {
      model.removeRow(name, row)
      saving.typed()
    },
    /** Kana fields that take their reading from a name field. */
    readersOf: (name) => [...model.fields.values()].filter((field) => field.kanaOf === name).map((field) => field.name),
    /** A reading goes into a kana field only while the person has not written there themselves. */
    read(at, readers, reading) {
      for (const name of readers) {
        const written = model.values[name]
        if (!isBlank(written) && written !== entry.readings[name]) continue
        entry.readings[name] = reading
        entry.change({ name }, reading || null)
      }
    },
    press: async () => {
      const pressed = saving.press()
      await pressed
      await lookIntoOutbox()
    },
    restoreEarlier() {
      model.load(entry.earlier.values)
      saving.openedAt = entry.earlier.openedAt
      saving.typed()
      entry.dropEarlier()
    },
    async dropEarlier() {
      entry.earlier = null
      await draft.forgetEarlier()
    },
    async takeUpStranded() {
      const { typed, openedAt, outcome } = entry.stranded
      model.load(typed)
      saving.openedAt = openedAt
      saving.typed()
      happenings.refused(outcome.problem?.errors ?? [], outcome.problem?.detail ?? '')
      await entry.dropStranded()
    },
    async dropStranded() {
      const { slot } = entry.stranded
      entry.stranded = null
      for (const each of await outbox.entries((other) => other.slot === slot)) await outbox.remove(each.id)
    },
    /** Both persons' values as they are now: the person may have gone on typing beside the question. */
    comparison: () => compare(model, entry.conflict.values),
    async merge(choices) {
      const current = entry.conflict
      saving.goOnFrom(current, merged(current.values, entry.comparison(), choices))
      entry.conflict = null
      rules.restart()
      await entry.press()
    },
    takeTheirs() {
      saving.takeTheirs(entry.conflict)
      entry.conflict = null
      rules.restart()
    },
    /** Another person saved while this form is open: say so, take nothing away. */
    changedElsewhere(rev) {
      if (rev !== place.rev && !saving.sent) entry.changedBy = { rev }
    },
    ignoreChange() {
      entry.changedBy = null
    },
    /** Untouched answers become theirs, touched ones stay; what both changed is asked. */
    async takeIn() {
      const { kind, answer } = await api.read(
        `/apps/${encodeURIComponent(settings.form.app)}/records/${encodeURIComponent(place.record)}`,
      )
      if (kind !== 'accepted') return
      entry.changedBy = null
      const comparison = compare(model, answer.values)
      if (comparison.both.length) return happenings.conflict(answer)
      saving.goOnFrom(answer, merged(answer.values, comparison, {}))
      rules.restart()
    },
    leave: () => draft.flush(),
    hurry: () => outbox.hurry(),
    close() {
      draft.flush()
      saving.stop()
      stopLooking()
      outbox.stop()
    },
  })

  await forgetOldDrafts(stores.drafts)
  await removeUnneededFiles(stores)
  entry.earlier = await draft.earlier()
  await lookIntoOutbox()
  outbox.hurry()
  return entry
}

/** Fields and columns of tables. */
function everyField(model) {
  return [...model.fields.values()].flatMap((field) => [field, ...(field.fields ?? [])])
}

function keyOf(at) {
  return placeKey(at.name, at.row ?? null, at.column ?? null)
}

function sameRecord(entry, settings) {
  return (entry.record ?? null) === (settings.recordId ?? null)
}

async function sendWithFiles(entry, stores, api) {
  const stopped = await sendKeptFiles(entry.body.values, stores.files, api, () =>
    stores.outbox.put(entry.id, plain(entry)),
  )
  return stopped ?? api.send(entry)
}

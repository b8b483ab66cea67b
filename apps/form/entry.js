/** One open form as the screen sees it: what it shows, and everything a person can do in it. */

import { markRaw, reactive } from 'vue'

import { useAnswering } from './answering.js'
import { ChangeRules } from './change_rules.js'
import { useColliding } from './colliding.js'
import { forgetOldDrafts } from './draft.js'
import { todayInJapan } from './era.js'
import { lookOf } from './fields.js'
import { useGoingOn } from './going_on.js'
import { useHandingOver } from './handing_over.js'
import { useLookingUp } from './looking_up.js'
import { useOfferingSame } from './offering_same.js'
import { makeParts } from './parts.js'
import { useRefusing } from './refusing.js'
import { useReviewing } from './reviewing.js'
import { isBlank } from './same.js'
import { removeUnneededFiles } from './unneeded_files.js'

/**
 * settings: the props of EntryForm, and for forms beside it formName (see parts.js) and heard(sent, outcome), told of every
 * answer to what was sent. runtime: formula.js. widgets: name -> module. told(name, what): what the page around
 * the form should know.
 */
export async function openEntry(settings, runtime, widgets, told) {
  const parts = await makeParts(settings, runtime, (name, ...what) => happenings[name](...what))
  const { stores, model, outbox, draft, saving } = parts
  const entry = reactive(firstLook(parts, widgets))
  const rules = new ChangeRules(model, (field, text) => (entry.notices[field] = text))
  const happenings = {
    refused(refusals, detail) {
      entry.goBackToForm()
      entry.showRefusals(refusals, detail)
    },
    conflict: (current) => entry.showConflict(current),
    saved(answer) {
      entry.forgetRefusals()
      entry.changedBy = null
      entry.auto = {}
      entry.notices = Object.fromEntries((answer.notes ?? []).map(({ path, text }) => [path, text]))
      rules.restart()
      entry.offerSame(answer)
    },
  }
  const abilities = [useRefusing, useReviewing, useAnswering, useLookingUp, useColliding, useGoingOn, useOfferingSame]
  for (const use of [...abilities, useHandingOver]) {
    Object.assign(entry, use(entry, { ...parts, rules, told }))
  }
  saving.start() // before the outbox is looked into: a refusal that this form takes is stranded no more
  Object.assign(entry, useOpening(entry, parts))
  draft.failed = () => (entry.lasting = false)
  know(model, settings.known)
  await forgetOldDrafts(stores.drafts)
  await removeUnneededFiles(stores)
  await entry.lookForDraft()
  if (settings.keeps === 'tab' && entry.earlier) await entry.restoreEarlier()
  await entry.lookIntoOutbox()
  outbox.hurry()
  return entry
}

function firstLook({ settings, stores, api, model, place, draft, saving }, widgets) {
  return {
    userKey: settings.userKey,
    recordId: settings.recordId,
    uid: `ef-${place.slot.slice(0, 8)}`,
    widgets: markRaw(widgets),
    api: markRaw(api),
    stores: markRaw(stores),
    drafts: draft,
    lasting: stores.lasting,
    staysInTab: settings.keeps === 'tab',
    model,
    saving,
    errors: {},
    refusals: [],
    detail: '',
    notices: {},
    auto: {},
    waiting: 0,
    conflict: null,
    changedBy: null,
    earlier: null,
    stranded: null,
    sentEarlier: null,
    offering: null,
    reviewing: false,
    summaryFocus: 0,
    conflictFocus: 0,
  }
}

function useOpening(entry, { settings, outbox, draft, saving }) {
  const stopLooking = outbox.listen((sent, outcome) => {
    settings.heard?.(sent, outcome)
    return entry.lookIntoOutbox(sent, outcome)
  })
  return {
    idOf: (key) => `${entry.uid}-${key}`,
    today: () => todayInJapan(),
    /** A value as a person reads it. */
    shown: (field, value) =>
      isBlank(value) ? '' : (entry.widgets[lookOf(field)].shown ?? String)(value, field, entry),
    /** more: what is sent beside the answers, see save.js. */
    async press(more = {}) {
      if (entry.mustReview()) return
      await saving.press(more)
      await entry.lookIntoOutbox()
    },
    leave: () => draft.flush(),
    giveUp: () => draft.stop(),
    hurry: () => outbox.hurry(),
    close() {
      draft.flush()
      saving.stop()
      stopLooking()
      outbox.stop()
    },
  }
}

/** known: field or column path -> options, given with the page so that titles need not be asked for. */
function know(model, known) {
  for (const field of model.fields.values()) {
    for (const each of [field, ...(field.fields ?? [])]) if (known[each.path]) model.know(each, known[each.path])
  }
}

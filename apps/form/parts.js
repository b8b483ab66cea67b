/** The things one open form consists of, made and joined: stores, API, values, outbox, draft, saving. */

import { markRaw, reactive } from 'vue'

import { Api } from './api.js'
import { openStores } from './browser_store.js'
import { Draft } from './draft.js'
import { sendWithFiles } from './late_photos.js'
import { Outbox } from './outbox.js'
import { requestId } from './request_id.js'
import { Formulas } from './rules.js'
import { plain } from './same.js'
import { Saving } from './save.js'
import { tabStores } from './tab_store.js'
import { FormValues } from './values.js'

/**
 * settings: the props of EntryForm. runtime: formula.js. heard(name, what): what saving has to tell (see save.js).
 * place: {record, rev, slot, form, url()}: which record this form stands on, the name of this opening of it, and which of
 * the app's forms it is ('' for the whole one).
 */
export async function makeParts(settings, runtime, heard) {
  const stores = settings.keeps === 'tab' ? tabStores() : await openStores()
  const api = new Api({ base: settings.apiBase })
  const form = Object.freeze(plain(settings.form))
  const formulas = markRaw(new Formulas(runtime, plain(settings.context)))
  const model = reactive(new FormValues(form, formulas, settings.record))
  const place = placeOf(settings, api)
  const mayFollow = settings.keeps !== 'tab' && !settings.photosFirst
  const send = (entry) => sendWithFiles(entry, stores, api, { mayFollow })
  const outbox = markRaw(new Outbox({ store: stores.outbox, user: settings.userKey, send }))
  const draft = markRaw(draftOf(settings, stores, place))
  const saving = reactive(new Saving({ model, draft, outbox, place: markRaw(place), happened: heard, beganAt: settings.beganAt }))
  draft.written = (at) => (saving.draftAt = at)
  return { settings, stores, api, model, place, outbox, draft, saving }
}

function placeOf({ form, formName, recordId, rev, submitUrl }, api) {
  const place = { record: recordId, rev, slot: requestId(), form: formName ?? '' }
  place.url = () => submitUrl || api.recordsUrl(form.app, place.record)
  return place
}

function draftOf({ form, formName, recordId, userKey }, stores, { slot }) {
  return new Draft({ store: stores.drafts, user: userKey, app: form.app, record: formName || recordId, slot })
}

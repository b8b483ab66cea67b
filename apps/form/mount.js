/** The entry form on a page without NiceGUI: the public form, the offline page. The page's import map names 'vue'. */

import { createApp } from 'vue'

import { EntryForm } from './entry_form.js'

/** Draw the form of `settings` (the props of EntryForm) into `element`; answers the function that takes it away again. */
export function mountEntryForm(element, settings, { saved = () => {}, cancelled = () => {}, typed = () => {} } = {}) {
  const app = createApp(EntryForm, { ...settings, onSaved: saved, onCancel: cancelled, onTyped: typed })
  app.mount(element)
  return () => app.unmount()
}

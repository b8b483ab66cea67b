/** The entry form as NiceGUI mounts it. Everything else is in the modules behind `madoguchi-form/`. */

export { EntryForm as default } from 'madoguchi-form/entry_form.js'

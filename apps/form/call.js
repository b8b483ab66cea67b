/** The phone screen as NiceGUI mounts it. Everything else is in the modules behind `madoguchi-form/`. */

export { CallForm as default } from 'madoguchi-form/call/call_form.js'

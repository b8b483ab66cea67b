/** The way out: says what waits and what would be lost, forgets the person on this device, and lets the page go. */

import { forgetPerson, leftBehind } from './leaving.js'

/** form: posts the end of the session; its `data-person` is the account. */
export async function signOut(form) {
  const user = form.dataset.person
  try {
    const left = await leftBehind(user)
    if ((left.unsent.length || left.typed) && !(await confirmed(left))) return
    await forgetPerson(user)
  } catch (error) {
    console.error(error) // a browser that keeps nothing must still let people go
  }
  form.submit()
}

/** The sentences of the question; one for each thing that is left behind. */
export function warnings({ unsent, typed }) {
  const titles = [...new Set(unsent)].join('、')
  return [
    unsent.length
      ? `未送信が${unsent.length}件あります(${titles})。この端末に残り、同じ人がサインインしてフォームを開くと送ります。`
      : '',
    typed ? `保存していない入力が${typed}件あります。サインアウトすると、この端末から消えます。` : '',
  ].filter(Boolean)
}

function confirmed(left) {
  const dialog = document.createElement('dialog')
  dialog.className = 'dialog'
  dialog.setAttribute('aria-labelledby', 'signing-out-title')
  dialog.append(
    element('h2', 'dialog-title', 'サインアウトしますか', { id: 'signing-out-title' }),
    ...warnings(left).map((text) => element('p', 'dialog-lead', text)),
  )
  const buttons = element('div', 'dialog-buttons')
  return new Promise((resolve) => {
    const answer = (value) => () => {
      dialog.remove()
      resolve(value)
    }
    const stay = element('button', 'button outline', 'やめる', { type: 'button', onclick: answer(false) })
    const go = element('button', 'button solid', 'サインアウトする', { type: 'button', onclick: answer(true) })
    buttons.append(stay, go)
    dialog.append(buttons)
    dialog.addEventListener('cancel', answer(false))
    document.body.append(dialog)
    dialog.showModal()
    stay.focus()
  })
}

function element(name, className, text = '', more = {}) {
  return Object.assign(document.createElement(name), { className, textContent: text, ...more })
}

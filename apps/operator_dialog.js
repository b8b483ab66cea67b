// The opaque dialog of the lock: names to choose from, big keys for the PIN, a box for the password.

const TITLES = { lock: '画面をロックしました', switch: '担当者を切り替える' }
const LEADS = {
  lock: '入力の途中の内容は、この画面に残っています。',
  switch: '次に操作する人を選んでください。開いているフォームの入力は、その人が続けられます。',
}
const MOST_DIGITS = 8

/** The empty dialog, opaque from the first moment. why: 'lock' or 'switch'. */
export function wait(why) {
  const dialog = element('dialog', 'operator-dialog', { 'aria-labelledby': 'operator-title' })
  dialog.dataset.why = why
  dialog.addEventListener('cancel', (event) => event.preventDefault())
  dialog.append(head(why), element('p', 'operator-said', { role: 'alert' }))
  return dialog
}

/** Fill it. here: {account, shared, locked, why, people: [{account, name, sections, pin}]}. */
export function draw(dialog, here, on) {
  const { why, people } = here
  const body = element('div', 'operator-body')
  const asked = element('div', 'operator-asked')
  const names = element('div', 'operator-names', { role: 'group', 'aria-label': '担当者' })
  const buttons = new Map()
  const others = people.filter((each) => why === 'lock' || each.account !== here.account)

  const choose = (account) => {
    const person = people.find((each) => each.account === account)
    dialog.dataset.account = account
    for (const [each, button] of buttons) button.setAttribute('aria-pressed', String(each === account))
    asked.replaceChildren(...(person ? question(person, on.takeOver) : stranger(on.takeOver)))
    asked.querySelector('input')?.focus()
  }
  const name = (account, text, note) => {
    const button = element('button', 'operator-person', { type: 'button', 'aria-pressed': 'false' })
    button.append(element('span', 'operator-person-name', {}, text), element('span', 'operator-person-note', {}, note))
    button.addEventListener('click', () => choose(account))
    buttons.set(account, button)
    names.append(button)
  }
  for (const each of others) name(each.account, each.name, each.sections.join('・'))
  if (here.shared) name('', 'ほかの人', '利用者IDとパスワードで')

  const foot = element('div', 'operator-foot')
  if (why === 'switch') {
    foot.append(action('やめる', 'button outline', on.uncover), action('画面をロックする', 'button plain', on.lock))
  } else {
    foot.append(action('サインアウトする', 'button plain', on.signOut))
  }
  body.append(names, asked)
  dialog.replaceChildren(head(why), element('p', 'operator-said', { role: 'alert' }), body, foot)
  dialog.choose = choose
  if (others.length === 1 || why === 'lock') choose(others.some((e) => e.account === here.account) ? here.account : others[0]?.account ?? '')
  else (buttons.values().next().value ?? foot.firstChild).focus()
}

export function say(dialog, text) {
  dialog.querySelector('.operator-said').textContent = text
}

/** What one person is asked for. */
function question(person, takeOver) {
  const form = element('form', 'operator-form')
  const box = secretBox(person.pin)
  const submit = element('button', 'button solid large', { type: 'submit' }, 'この人で続ける')
  const label = element('label', 'operator-label', { for: box.id }, `${person.name}さんの${person.pin ? 'PIN' : 'パスワード'}`)
  form.append(label, box)
  if (person.pin) {
    form.append(keys(box))
    const other = action('パスワードで続ける', 'button plain', () => {
      form.replaceWith(...question({ ...person, pin: false }, takeOver))
      document.querySelector('.operator-asked input')?.focus()
    })
    form.append(submit, other)
  } else form.append(submit)
  return [sending(form, () => takeOver(person.account, box.value))]
}

/** Somebody who has not worked here lately. */
function stranger(takeOver) {
  const form = element('form', 'operator-form')
  const account = element('input', 'field-box', {
    id: 'operator-account', autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false', required: '',
  })
  const box = secretBox(false)
  form.append(
    element('label', 'operator-label', { for: account.id }, '利用者ID'),
    account,
    element('label', 'operator-label', { for: box.id }, 'パスワード'),
    box,
    element('button', 'button solid large', { type: 'submit' }, 'この人で続ける'),
  )
  return [sending(form, () => takeOver(account.value, box.value))]
}

function secretBox(pin) {
  const box = element('input', 'field-box operator-secret', {
    id: 'operator-secret', type: 'password', required: '', autocomplete: pin ? 'off' : 'current-password',
  })
  if (pin) box.inputMode = 'numeric' // no maxlength: who types the password here by habit is understood
  return box
}

/** A press that waits for its answer is one press. */
function sending(form, send) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (form.dataset.sending) return
    form.dataset.sending = 'yes'
    try {
      await send()
    } finally {
      delete form.dataset.sending
    }
  })
  return form
}

function keys(box) {
  const pad = element('div', 'operator-keys', { role: 'group', 'aria-label': 'PINのキー' })
  for (const digit of '1234567890')
    pad.append(action(digit, 'operator-key', () => box.value.length < MOST_DIGITS && (box.value += digit)))
  pad.append(action('消す', 'operator-key operator-key-wide', () => (box.value = box.value.slice(0, -1))))
  return pad
}

function head(why) {
  const words = element('div', 'operator-head')
  words.append(element('h2', 'operator-title', { id: 'operator-title' }, TITLES[why]), element('p', '', {}, LEADS[why]))
  return words
}

function action(text, className, press) {
  const button = element('button', className, { type: 'button' }, text)
  button.addEventListener('click', press)
  return button
}

function element(name, className, attributes = {}, text = '') {
  const made = document.createElement(name)
  made.className = className
  made.textContent = text
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}

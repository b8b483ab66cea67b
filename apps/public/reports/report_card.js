/** One released report as it stands below the map and beside a form, and the button «me too». */

/** Draw it into `card`; answers its heading. settings.meToo: where «me too» is sent, '' for nowhere. */
export function report(card, told, settings, words) {
  const title = add(card, 'h2', `${told.category} `)
  add(title, 'span', told.status, 'report-status')
  add(card, 'p', `${words.number} ${told.number} / ${words.day} ${told.date}`, 'report-when')
  if (told.metres !== undefined) add(card, 'p', words.near_away.replace('{metres}', told.metres))
  const list = add(card, 'dl', '', 'lines')
  for (const { label, text } of told.lines) {
    const line = add(list, 'div')
    add(line, 'dt', label)
    add(line, 'dd', text)
  }
  if (told.reports > 1) add(card, 'p', words.reports.replace('{count}', told.reports))
  if (settings.meToo) {
    const line = add(card, 'p', '', 'me-too')
    const count = add(line, 'span', told.meToo ? words.me_too_count.replace('{count}', told.meToo) : '')
    count.dataset.count = ''
    const button = add(line, 'button', words.me_too, 'button outline')
    button.type = 'button'
    button.dataset.meToo = told.number
    fitMeToo(button, settings, words)
  }
  return title
}

/** Let the button work: pressed once, it says so, and how many there are by then. */
export function fitMeToo(button, settings, words) {
  button.hidden = false
  const count = button.parentElement.querySelector('[data-count]')
  count.setAttribute('role', 'status')
  button.addEventListener('click', async () => {
    button.disabled = true
    const answer = await send(settings.meToo, { number: button.dataset.meToo })
    if (answer.trouble) {
      button.disabled = false
      count.textContent = answer.trouble === true ? words.trouble : answer.trouble
      return
    }
    count.textContent = `${words.me_too_done} ${words.me_too_count.replace('{count}', answer.meToo)}`
    button.remove()
  })
}

async function send(url, given) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: JSON.stringify(given),
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      signal: AbortSignal.timeout(20_000),
    })
    const answer = await response.json()
    return response.ok ? answer : { trouble: answer.detail || true }
  } catch {
    return { trouble: true }
  }
}

export function add(parent, name, text = '', classes = '') {
  const element = document.createElement(name)
  if (text) element.textContent = text
  if (classes) element.className = classes
  parent.append(element)
  return element
}

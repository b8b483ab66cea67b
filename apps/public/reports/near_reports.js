/** Beside a public form: released reports close to the pin that somebody sets, before they report the same again. */

import { add, report } from './report_card.js'

const PAUSE = 400

/** settings: {url, meToo, location, category, words}. Answers what is to be told of every answer that is typed. */
export function nearReports(place, settings) {
  const { words } = settings
  const panel = add(place, 'section', '', 'near-reports')
  const lead = add(place, 'button', '', 'button solid near-lead')
  lead.type = 'button'
  lead.hidden = true
  lead.addEventListener('click', () => {
    panel.scrollIntoView({ block: 'start' })
    panel.querySelector('h2')?.focus({ preventScroll: true })
  })
  new IntersectionObserver(([seen]) => (lead.hidden = seen.isIntersecting || !shown)).observe(panel)
  let timer = null
  let turn = 0
  let shown = ''

  async function look(answers) {
    turn += 1
    const mine = turn
    const point = answers[settings.location]
    const known = point && point.lat !== null && point.lat !== undefined && point.lon !== null && point.lon !== undefined
    const found = known ? await near(point, answers[settings.category] ?? '') : []
    if (mine === turn) draw(found)
  }

  async function near({ lat, lon }, category) {
    const query = new URLSearchParams({ lat, lon, category: typeof category === 'string' ? category : '' })
    try {
      const answer = await fetch(`${settings.url}?${query}`, { headers: { Accept: 'application/json' } })
      return answer.ok ? (await answer.json()).near : []
    } catch {
      return []
    }
  }

  /** The same ones again are left as they are: somebody may be about to press. */
  function draw(found) {
    const now = found.map((each) => each.number).join(' ')
    if (now === shown) return
    shown = now
    panel.replaceChildren()
    lead.textContent = `${words.near_title}(${found.length})`
    lead.hidden = !found.length
    if (!found.length) return
    const title = add(panel, 'h2', words.near_title)
    title.tabIndex = -1
    add(panel, 'p', words.near_text)
    for (const told of found) report(add(panel, 'section', '', 'card report'), told, settings, words)
  }

  return (answers) => {
    clearTimeout(timer)
    timer = setTimeout(() => look(answers), PAUSE)
  }
}

/** The page of a reply link in the browser: the entry form, and then that it arrived. */

import { mountEntryForm } from 'madoguchi/mount'

const settings = JSON.parse(document.getElementById('settings').textContent)
const place = document.getElementById('place')

const takeAway = mountEntryForm(place.appendChild(document.createElement('div')), settings.entry, {
  saved() {
    takeAway()
    for (const each of document.querySelectorAll('.task, .intro, .period')) each.remove()
    const card = document.createElement('section')
    card.className = 'card'
    const title = document.createElement('h2')
    title.textContent = '送りました'
    title.tabIndex = -1
    card.append(title)
    for (const line of settings.done.split('\n').filter(Boolean)) {
      const text = document.createElement('p')
      text.textContent = line
      card.append(text)
    }
    place.replaceChildren(card)
    window.scrollTo(0, 0)
    title.focus({ preventScroll: true })
  },
})

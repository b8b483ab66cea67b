// What every page must fulfil, asked inside the page. Returns sentences about what is wrong, none when all is well.
() => {
  const wrong = []
  const seen = (element) => {
    const box = element.getBoundingClientRect()
    const drawn = element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })
    return drawn && box.width > 1 && box.height > 1 && !element.closest('[aria-hidden="true"]')
  }
  const words = (element) => `${element.tagName.toLowerCase()}.${element.className} «${(element.innerText || element.getAttribute('aria-label') || element.name || '').trim().slice(0, 30)}»`

  if (document.documentElement.lang !== 'ja') wrong.push(`lang is ${document.documentElement.lang}`)
  if (!/ - 窓口$/.test(document.title)) wrong.push(`title is ${document.title}`)
  const headings = [...document.querySelectorAll('h1')].filter(seen)
  if (headings.length !== 1) wrong.push(`${headings.length} h1`)
  if (document.querySelectorAll('main:not([role=none])').length !== 1) wrong.push('not exactly one main')
  if (document.documentElement.scrollWidth > window.innerWidth) {
    const wide = [...document.querySelectorAll('body *')].filter((each) => each.getBoundingClientRect().right > window.innerWidth + 1 && seen(each))
    wrong.push(`scrolls sideways: ${document.documentElement.scrollWidth} > ${window.innerWidth}, for example ${wide.slice(0, 3).map(words).join(', ')}`)
  }

  const named = (control) =>
    control.getAttribute('aria-label') ||
    (control.getAttribute('aria-labelledby') || '').split(' ').some((id) => document.getElementById(id)?.innerText.trim()) ||
    [...(control.labels || [])].some((label) => label.innerText.trim()) ||
    (!/^(INPUT|SELECT|TEXTAREA)$/.test(control.tagName) && (control.innerText.replace(/^[a-z_0-9]+$/gm, '').trim() || control.querySelector('img[alt]:not([alt=""])')))
  const controls = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [role=button], [tabindex="0"]')]
  for (const control of controls) {
    if (control.type === 'hidden' || !seen(control)) continue
    if (!named(control)) wrong.push(`no name: ${words(control)}`)
    if (control.matches('[role=region]')) continue
    const target = control.matches('input[type=checkbox], input[type=radio]') ? control.closest('label') || control : control
    const box = target.getBoundingClientRect()
    // WCAG lets links inside a sentence or a fact be as high as their line.
    const inline = control.matches('dd a, p a, li > span a, .skip-link')
    if (!inline && (box.height < 43.5 || box.width < 43.5)) wrong.push(`too small ${Math.round(box.width)}x${Math.round(box.height)}: ${words(control)}`)
  }

  const ids = [...document.querySelectorAll('[id]')].map((each) => each.id)
  for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) wrong.push(`id twice: ${id}`)
  for (const each of document.querySelectorAll('[aria-describedby], [aria-controls]'))
    for (const id of `${each.getAttribute('aria-describedby') || ''} ${each.getAttribute('aria-controls') || ''}`.trim().split(/\s+/))
      if (!document.getElementById(id)) wrong.push(`${words(each)} refers to ${id}, which is not there`)
  for (const image of document.querySelectorAll('img')) if (!image.hasAttribute('alt')) wrong.push(`no alt: ${image.src}`)
  for (const table of document.querySelectorAll('table')) if (!table.querySelector('th[scope]')) wrong.push('a table without heads')
  return wrong
}

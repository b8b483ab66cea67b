/** The form's own style sheet, loaded once per page, before the form is shown. */

let loading = null

export function loadStyle() {
  loading ??= new Promise((resolve) => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = new URL('./form.css', import.meta.url).href
    link.onload = link.onerror = resolve
    document.head.append(link)
  })
  return loading
}

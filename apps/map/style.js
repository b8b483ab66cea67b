/** The style sheets of the map, loaded once per page, before a map is opened. */

let loading = null

export function loadStyle() {
  loading ??= Promise.all([
    load(import.meta.resolve('nicegui-leaflet/leaflet/leaflet.css')),
    load(new URL('./map_face.css', import.meta.url).href),
  ])
  return loading
}

/** A sheet that does not arrive must not keep anybody from seeing the map. */
function load(address) {
  return new Promise((resolve) => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = address
    link.onload = link.onerror = resolve
    document.head.append(link)
  })
}

/** The few drawn signs of the form, as strokes in a 24 px box; a word always stands beside them. */

import { h } from 'vue'

const STROKES = {
  calendar: ['M4 6h16v14H4z', 'M4 10h16', 'M8 3v4', 'M16 3v4'],
  camera: ['M3 8h4l2-3h6l2 3h4v11H3z', 'M12 17a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z'],
  check: ['M5 12.5l4.5 4.5L19 7.5'],
  clip: ['M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7l-8.5 8.5a1.6 1.6 0 0 1-2.3-2.3L15 7'],
  close: ['M6 6l12 12', 'M18 6L6 18'],
  map: ['M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2z', 'M9 4v14', 'M15 6v14'],
  minus: ['M5 12h14'],
  pin: ['M12 21s7-6.5 7-12a7 7 0 0 0-14 0c0 5.5 7 12 7 12z', 'M12 11.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z'],
  plus: ['M12 5v14', 'M5 12h14'],
  retry: ['M20 12a8 8 0 1 1-2.6-5.9', 'M20 3v5h-5'],
  search: ['M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14z', 'M16 16l5 5'],
  warning: ['M12 4l9 16H3z', 'M12 10v4', 'M12 17v.5'],
}

export function icon(name) {
  const paths = STROKES[name].map((d) => h('path', { d }))
  return h('svg', { class: 'ef-icon', viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' }, paths)
}

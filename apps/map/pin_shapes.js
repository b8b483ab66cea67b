/** How pins and clusters are drawn: colour, outline and letter, so that the colour is never the only sign. */

const SVG = 'http://www.w3.org/2000/svg'

/** Outlines in a box of 44 x 52 with the point at 22, 50; the letter stands at 22, 20. */
const OUTLINES = {
  drop: 'M22 50C14 38 5 30 5 19a17 17 0 0 1 34 0c0 11-9 19-17 31z',
  circle: 'M22 50l-6-13.2a17 17 0 1 1 12 0z',
  square: 'M22 50l-6-12H9a4 4 0 0 1-4-4V8a4 4 0 0 1 4-4h26a4 4 0 0 1 4 4v26a4 4 0 0 1-4 4h-7z',
  diamond: 'M22 50l-5.5-10.5L2.5 23a3 3 0 0 1 0-4L19.7 1.5a3 3 0 0 1 4.6 0L41.5 19a3 3 0 0 1 0 4L27.5 39.5z',
  triangle: 'M22 50L2.5 9a4 4 0 0 1 3.6-6h31.8a4 4 0 0 1 3.6 6z',
  hexagon: 'M22 50l-5-11.5L5 31V11L22 2l17 9v20l-12 7.5z',
}

export const SHAPES = Object.keys(OUTLINES)

/** The SVG of a pin: { shape, color, sign }. */
export function drawnPin({ shape, color, sign }) {
  const svg = drawing(44, 52, `map-pin-drawn is-${color || 'blue'}`)
  svg.append(part('path', { class: 'map-pin-outline', d: OUTLINES[shape] ?? OUTLINES.drop }))
  if (sign) svg.append(letter(22, 25.5, sign))
  else svg.append(part('circle', { class: 'map-pin-eye', cx: 22, cy: 20, r: 5.5 }))
  return svg
}

/** The SVG of a cluster: its number inside a ring with one arc for each part. */
export function drawnCluster({ count, parts = [] }) {
  const size = clusterSize(count)
  const [middle, radius] = [size / 2, size / 2 - 5]
  const svg = drawing(size, size, 'map-cluster-drawn')
  svg.append(part('circle', { class: 'map-cluster-ground', cx: middle, cy: middle, r: size / 2 - 1 }))
  const whole = 2 * Math.PI * radius
  let before = 0
  for (const each of parts) {
    const share = (each.count / count) * whole
    svg.append(
      part('circle', {
        class: `map-cluster-arc is-${each.color || 'blue'}`,
        cx: middle,
        cy: middle,
        r: radius,
        'stroke-dasharray': `${Math.max(0.5, share - (parts.length > 1 ? 1.5 : 0))} ${whole}`,
        'stroke-dashoffset': -before,
        transform: `rotate(-90 ${middle} ${middle})`,
      }),
    )
    before += share
  }
  svg.append(letter(middle, middle + 5.5, short(count)))
  return svg
}

/** The SVG of a layer's line for a legend: { color, line }. */
export function drawnLine({ color, line }) {
  const svg = drawing(44, 20, `map-area is-${color || 'purple'}`)
  const dashes = LINES[line] ? { 'stroke-dasharray': LINES[line] } : {}
  svg.append(part('path', { d: 'M3 10h38', 'stroke-width': 4, 'stroke-linecap': 'round', ...dashes }))
  return svg
}

/** The ways to draw a line, so that two layers differ without colour as well. */
export const LINES = { solid: '', dashed: '10 7', dotted: '1 8', long: '18 8' }

export function clusterSize(count) {
  return Math.round(Math.min(76, 42 + 9 * Math.log10(count)))
}

/** 1,234 is 1234, 12,345 is 1.2万. */
function short(count) {
  if (count < 10_000) return String(count)
  const tens = count / 10_000
  return `${tens < 10 ? tens.toFixed(1) : Math.round(tens)}万`
}

function drawing(width, height, name) {
  return part('svg', { class: name, width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true', focusable: 'false' })
}

function letter(x, y, text) {
  const drawn = part('text', { class: 'map-pin-letter', x, y, 'text-anchor': 'middle' })
  drawn.textContent = text
  return drawn
}

function part(name, attributes) {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}

/** What is said about a pin: which way it went, and whether it lies where the city is. Points are {lat, lon}, WGS 84. */

const METRES_PER_DEGREE = 111_320
const WAYS = ['北', '北東', '東', '南東', '南', '南西', '西', '北西']
const NEAR = 1000

/** 「北東へ32m」; '' when it stayed. */
export function movedWords(from, to) {
  const [north, east] = offset(from, to)
  const metres = Math.round(Math.hypot(north, east))
  if (!metres) return ''
  const eighth = Math.round(Math.atan2(east, north) / (Math.PI / 4))
  return `${WAYS[(eighth + 8) % 8]}へ${lengthWords(metres)}`
}

/** How far a point lies outside of [south, west, north, east] in metres; 0 inside, and where nobody knows the box. */
export function metresOutside(box, point) {
  if (!box) return 0
  const [south, west, north, east] = box
  const nearest = { lat: within(south, point.lat, north), lon: within(west, point.lon, east) }
  return Math.round(Math.hypot(...offset(nearest, point)))
}

/** 「850m」, 「12km」. */
export function lengthWords(metres) {
  if (metres < NEAR) return `${metres}m`
  return `${(metres / 1000).toLocaleString('ja-JP', { maximumFractionDigits: metres < 10 * NEAR ? 1 : 0 })}km`
}

/** [north, east] in metres; right enough for a city. */
function offset(from, to) {
  const narrower = Math.cos((((from.lat + to.lat) / 2) * Math.PI) / 180)
  return [(to.lat - from.lat) * METRES_PER_DEGREE, (to.lon - from.lon) * METRES_PER_DEGREE * narrower]
}

function within(least, value, most) {
  return Math.min(most, Math.max(least, value))
}

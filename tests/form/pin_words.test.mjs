/** What is said about a pin: the way it went, and how far outside of the city it lies. */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { lengthWords, metresOutside, movedWords } from '../../apps/form/pin_words.js'

const here = { lat: 36.5675, lon: 136.63 }
const city = [36.5, 136.55, 36.62, 136.72]
const METRE = 1 / 111_320

test('a pin is told by the eight ways of the wind, in metres on the ground', () => {
  const east = METRE / Math.cos((here.lat * Math.PI) / 180)
  assert.equal(movedWords(here, { lat: here.lat + 12 * METRE, lon: here.lon }), '北へ12m')
  assert.equal(movedWords(here, { lat: here.lat, lon: here.lon - 40 * east }), '西へ40m')
  assert.equal(movedWords(here, { lat: here.lat - 30 * METRE, lon: here.lon + 30 * east }), '南東へ42m')
})

test('a pin that stayed has gone nowhere', () => {
  assert.equal(movedWords(here, { ...here }), '')
})

test('inside the city nothing is wrong, outside it is told how far', () => {
  assert.equal(metresOutside(city, here), 0)
  assert.equal(metresOutside(city, { lat: 36.62 + 850 * METRE, lon: 136.63 }), 850)
  assert.ok(metresOutside(city, { lat: 35.68, lon: 139.76 }) > 250_000)
})

test('where nobody knows the city nothing is called wrong', () => {
  assert.equal(metresOutside(null, { lat: 0, lon: 0 }), 0)
})

test('lengths are said as people say them', () => {
  assert.deepEqual([7, 999, 1000, 1250, 12_345, 280_000].map(lengthWords), ['7m', '999m', '1km', '1.3km', '12km', '280km'])
})

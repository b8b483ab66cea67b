/** What a chosen place does to the line and to the point beside it. */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { locationOf, wordsOf } from '../../apps/form/place_choosing.js'

const BRIDGE = { name: '見本橋', latitude: 36.5, longitude: 136.6, further: false }
const POINT = { lat: 36.5, lon: 136.6, place: '' }

test('the name of the place stands in the line, but an address that says more stays', () => {
  assert.equal(wordsOf(BRIDGE, 'みほん'), '見本橋')
  assert.equal(wordsOf({ ...BRIDGE, name: '見本町1丁目', further: true }, ' 見本町1-2-3 '), '見本町1-2-3')
})

test('an empty point is filled, and words about it stay', () => {
  assert.deepEqual(locationOf(BRIDGE, null, null), POINT)
  assert.deepEqual(locationOf(BRIDGE, { lat: null, lon: null, place: '橋の下' }, null), { ...POINT, place: '橋の下' })
})

test('a point of an earlier choice follows the next one; a point that somebody put stays', () => {
  const earlier = { lat: 36.1, lon: 136.1, place: '' }
  assert.deepEqual(locationOf(BRIDGE, { ...earlier }, earlier), POINT)
  assert.equal(locationOf(BRIDGE, earlier, null), null)
  assert.equal(locationOf(BRIDGE, { ...earlier, lat: 36.2 }, earlier), null)
})

/** When a photo was taken, from bytes made here. */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { takenAt } from '../../apps/form/exif_time.js'

const TAKEN = 0x9003
const CHANGED = 0x0132

/** A JPEG's head: a comment, then EXIF with these times (tag -> text), in either order of bytes. */
function photo(times, { little = true } = {}) {
  const tiff = exif(times, little)
  const head = [0xff, 0xd8, 0xff, 0xfe, 0, 6, 1, 2, 3, 4, 0xff, 0xe1]
  const length = tiff.length + 8
  return new Blob([new Uint8Array([...head, length >> 8, length & 255, ...letters('Exif'), 0, 0, ...tiff, 0xff, 0xda, 0, 2])])
}

/** First directory: CHANGED and the pointer to the second, which holds TAKEN; the texts behind. */
function exif(times, little) {
  const texts = [times[CHANGED] ?? '', times[TAKEN] ?? ''].map((text) => [...letters(text), 0])
  const second = 8 + 2 + 24 + 4
  const first = second + 2 + 12 + 4
  const [changedAt, takenAt] = [first, first + texts[0].length]
  return [
    ...letters(little ? 'II' : 'MM'),
    ...bytes(42, 2, little),
    ...bytes(8, 4, little),
    ...bytes(2, 2, little),
    ...(times[CHANGED] ? entry(CHANGED, 2, 20, changedAt, little) : entry(0x010f, 2, 1, 0, little)),
    ...entry(0x8769, 4, 1, second, little),
    ...bytes(0, 4, little),
    ...bytes(1, 2, little),
    ...(times[TAKEN] ? entry(TAKEN, 2, 20, takenAt, little) : entry(0x9000, 2, 1, 0, little)),
    ...bytes(0, 4, little),
    ...texts.flat(),
  ]
}

function entry(tag, type, count, value, little) {
  return [...bytes(tag, 2, little), ...bytes(type, 2, little), ...bytes(count, 4, little), ...bytes(value, 4, little)]
}

function bytes(value, size, little) {
  const found = Array.from({ length: size }, (_, index) => (value >> (8 * index)) & 255)
  return little ? found : found.reverse()
}

function letters(text) {
  return [...text].map((letter) => letter.charCodeAt(0))
}

for (const little of [true, false]) {
  test(`the time of the shutter is read as Japanese time (${little ? 'II' : 'MM'})`, async () => {
    const times = { [TAKEN]: '2026:11:22 10:32:05', [CHANGED]: '2026:11:23 09:00:00' }
    assert.equal(await takenAt(photo(times, { little })), '2026-11-22T10:32:05+09:00')
  })
}

test('without it the time of the file inside the camera is taken', async () => {
  assert.equal(await takenAt(photo({ [CHANGED]: '2026:11:23 09:00:00' })), '2026-11-23T09:00:00+09:00')
})

test('a photo that does not say, or is none, has no time', async () => {
  assert.equal(await takenAt(photo({})), null)
  assert.equal(await takenAt(photo({ [TAKEN]: '0000:00:00 00:00:00' })), null)
  assert.equal(await takenAt(new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47])])), null)
  assert.equal(await takenAt(new Blob([new Uint8Array([0xff, 0xd8, 0xff])])), null)
})

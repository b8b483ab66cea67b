/** When a photo was taken, as the camera wrote it into the JPEG; the rest of what it wrote is dropped with the shrinking. */

const HEAD = 256 * 1024
const EXIF_POINTER = 0x8769
const TAKEN = 0x9003
const CHANGED = 0x0132
const TIME = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/

/** '2026-11-22T10:32:05+09:00' (cameras here write Japanese time), or null when the photo does not say. */
export async function takenAt(file) {
  try {
    return timeIn(new DataView(await file.slice(0, HEAD).arrayBuffer()))
  } catch {
    return null
  }
}

function timeIn(view) {
  if (view.getUint16(0) !== 0xffd8) return null
  for (let at = 2; at + 4 < view.byteLength; at += 2 + view.getUint16(at + 2)) {
    if (view.getUint16(at) === 0xffe1 && ascii(view, at + 4, 4) === 'Exif') return timeInTiff(view, at + 10)
    if (view.getUint16(at) === 0xffda) return null
  }
  return null
}

function timeInTiff(view, tiff) {
  const little = ascii(view, tiff, 2) === 'II'
  const first = entries(view, tiff, view.getUint32(tiff + 4, little), little)
  const pointer = first.get(EXIF_POINTER)
  const inner = pointer === undefined ? new Map() : entries(view, tiff, pointer, little)
  const offset = inner.get(TAKEN) ?? first.get(CHANGED)
  const found = offset === undefined ? null : TIME.exec(ascii(view, tiff + offset, 19))
  const text = found ? `${found[1]}-${found[2]}-${found[3]}T${found[4]}+09:00` : ''
  return Number.isNaN(Date.parse(text)) ? null : text // a camera whose clock was never set writes zeros
}

/** Tag -> value or offset, of one directory. */
function entries(view, tiff, offset, little) {
  const start = tiff + offset
  const count = view.getUint16(start, little)
  return new Map(
    Array.from({ length: count }, (_, index) => start + 2 + index * 12).map((at) => [
      view.getUint16(at, little),
      view.getUint32(at + 8, little),
    ]),
  )
}

function ascii(view, at, length) {
  return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, length))
}

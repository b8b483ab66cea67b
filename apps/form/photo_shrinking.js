/** A photo made small enough for a slow line, upright, and without what the camera knew of place and device. */

const LONG_SIDE = 1600
const QUALITY = 0.8

/** Answers {blob, width, height}; rejects when the browser cannot read the picture. */
export async function shrunk(file) {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const scale = Math.min(1, LONG_SIDE / Math.max(picture.width, picture.height))
  const width = Math.round(picture.width * scale)
  const height = Math.round(picture.height * scale)
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const paper = canvas.getContext('2d')
  paper.fillStyle = '#fff'
  paper.fillRect(0, 0, width, height)
  paper.drawImage(picture, 0, 0, width, height)
  picture.close()
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
  if (!blob) throw new Error('the canvas gave no picture')
  return { blob, width, height }
}

export function jpegName(name) {
  return name.replace(/\.[^.]*$/, '') + '.jpg'
}

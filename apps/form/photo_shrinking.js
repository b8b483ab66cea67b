/** A photo made small enough for a slow line, upright, and without what the camera knew of place and device. */

const LONG_SIDE = 1600
const MOST_BYTES = 1_000_000
const QUALITIES = [0.8, 0.7, 0.6, 0.5, 0.4]
const SMALLER = 0.8

/** Answers {blob, width, height}: at most 1,600 pixels and 1 MB; rejects when the browser cannot read the picture. */
export async function shrunk(file) {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  try {
    let scale = Math.min(1, LONG_SIDE / Math.max(picture.width, picture.height))
    for (;;) {
      const paper = drawn(picture, scale)
      for (const quality of QUALITIES) {
        const blob = await jpeg(paper, quality)
        if (blob.size <= MOST_BYTES) return { blob, width: paper.width, height: paper.height }
      }
      scale *= SMALLER // leaves and gravel: no quality makes so much noise small
    }
  } finally {
    picture.close()
  }
}

export function jpegName(name) {
  return name.replace(/\.[^.]*$/, '') + '.jpg'
}

function drawn(picture, scale) {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const paper = canvas.getContext('2d')
  paper.fillStyle = '#fff'
  paper.fillRect(0, 0, canvas.width, canvas.height)
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return canvas
}

async function jpeg(canvas, quality) {
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
  if (!blob) throw new Error('the canvas gave no picture')
  return blob
}

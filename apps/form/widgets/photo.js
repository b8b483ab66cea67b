/** Photos from the camera or the device: shrunk in the browser, sent one by one, shown small. */

import { h, inject, ref, watch } from 'vue'

import { fateText, useChosenFiles } from '../chosen_files.js'
import { controlEvents, controlProps } from '../control.js'
import { takenAt } from '../exif_time.js'
import { icon } from '../icons.js'
import { jpegName, shrunk } from '../photo_shrinking.js'

export const grouped = true

export default {
  props: controlProps,
  emits: controlEvents,
  setup(props) {
    const entry = inject('entry')
    const files = useChosenFiles(props, entry, prepared)
    const [camera, album] = [ref(null), ref(null)]
    watch(() => props.value, files.takeUp)

    const chosen = async (event) => {
      const list = [...event.target.files]
      event.target.value = ''
      await files.add(list)
    }
    const hiddenInput = (name, more) =>
      h('input', {
        ref: name,
        type: 'file',
        class: 'ef-hidden-input',
        tabindex: -1,
        'aria-hidden': 'true',
        accept: props.field.accept || 'image/*',
        onChange: chosen,
        ...more,
      })
    return () => {
      const items = props.value ?? []
      const isFull = props.field.maxFiles > 0 && items.length >= props.field.maxFiles
      return h('div', { class: 'ef-files' }, [
        listed(items, before(props, entry), files, entry, props.field),
        isFull
          ? h('p', { class: 'ef-hint' }, `写真は${props.field.maxFiles}枚までです。`)
          : h('div', { class: 'ef-file-buttons' }, [
              isTouch() ? button(props, icon('camera'), '写真を撮る', () => camera.value.click(), 'camera') : null,
              button(props, icon('plus'), '写真を選ぶ', () => album.value.click()),
            ]),
        hiddenInput(camera, { capture: 'environment' }),
        hiddenInput(album, { multiple: true }),
      ])
    }
  },
}

/** The photos of the field before, which this one's stand beside; null for a field of its own. */
function before({ field, place }, entry) {
  if (!field.pairOf) return null
  return entry.valueAt(place.row ? { ...place, column: field.pairOf } : { name: field.pairOf }) ?? []
}

function listed(items, earlier, files, entry, field) {
  const photos = items.map((item, index) => photo(item, index, files, entry, field))
  if (!earlier?.length) return photos.length ? h('ul', { class: 'ef-photos' }, photos) : null
  const pairs = Array.from({ length: Math.max(earlier.length, photos.length) }, (_, index) =>
    h('li', { class: 'ef-pair', key: index }, [
      h('div', { class: 'ef-pair-before' }, [
        h('p', { class: 'ef-hint' }, `${field.pairOf} ${index + 1}`),
        earlier[index]?.blob ? picture(earlier[index], index, {}, entry) : h('div', { class: 'ef-thumbnail is-unseen' }),
      ]),
      h('ul', { class: 'ef-pair-after', 'aria-label': `${field.label} ${index + 1}` }, [
        h('li', { class: 'ef-hint' }, `${field.label} ${index + 1}`),
        photos[index] ?? h('li', { class: 'ef-thumbnail is-unseen' }, index === photos.length ? 'つぎの写真' : ''),
      ]),
    ]),
  )
  return h('ol', { class: 'ef-pairs' }, pairs)
}

export function shown(value) {
  return `写真${value.length}枚`
}

/** Read-only: the pictures without buttons. */
export const locked = {
  props: { field: Object, value: null, id: String, labelled: String },
  setup(props) {
    const entry = inject('entry')
    return () =>
      props.value?.length
        ? h(
            'ul',
            { class: 'ef-photos', id: props.id, 'aria-labelledby': props.labelled },
            props.value.map((item, index) => h('li', { class: 'ef-photo' }, [picture(item, index, {}, entry)])),
          )
        : h('p', { class: 'ef-locked is-blank', id: props.id }, '(写真はありません)')
  },
}

/** What the browser cannot shrink goes as it is; the server says whether it takes it. */
async function prepared(file) {
  const time = (await takenAt(file)) ?? new Date(file.lastModified).toISOString()
  try {
    return { ...(await shrunk(file)), name: jpegName(file.name), taken_at: time }
  } catch {
    return { blob: file, name: file.name, taken_at: time }
  }
}

function photo(item, index, files, entry, field) {
  const share = files.shares[item.local]
  const fate = item.local ? fateText(files.fates[item.local], share) : ''
  const canRetry = item.local && files.fates[item.local] !== 'sending'
  return h('li', { class: ['ef-photo', { 'is-pending': item.local }], key: item.local ?? item.blob }, [
    picture(item, index, files.pictures, entry),
    h(
      'button',
      {
        type: 'button',
        class: 'ef-photo-remove',
        'aria-label': `${field.label} ${index + 1}枚目を消す`,
        onClick: () => files.remove(item),
      },
      [icon('close')],
    ),
    index > 0
      ? h(
          'button',
          {
            type: 'button',
            class: 'ef-small-button',
            'aria-label': `${field.label} ${index + 1}枚目を前へ`,
            onClick: () => files.forward(index),
          },
          '前へ',
        )
      : null,
    fate ? h('p', { class: 'ef-fate', role: 'status' }, fate) : null,
    share === undefined ? null : h('progress', { class: 'ef-progress', max: 1, value: share, 'aria-label': item.name }),
    canRetry
      ? h('button', { type: 'button', class: 'ef-small-button', onClick: () => files.send(item.local) }, [
          icon('retry'),
          'もう一度送る',
        ])
      : null,
  ])
}

function picture(item, index, pictures, entry) {
  const src =
    pictures[item.local ?? item.blob] ?? (item.blob ? entry.api.fileUrl(item.blob, { small: true }) : undefined)
  // A public form cannot read back what it has sent: after a reload the photo is only named.
  if (entry.staysInTab && item.blob && !pictures[item.blob])
    return h('div', { class: 'ef-thumbnail is-unseen' }, `${index + 1}枚目(送信済み)`)
  const image = h('img', { class: 'ef-thumbnail', src, alt: `${index + 1}枚目 ${item.name}`, loading: 'lazy' })
  const isReadable = item.blob && !entry.staysInTab
  return isReadable ? h('a', { href: entry.api.fileUrl(item.blob), target: '_blank', rel: 'noopener' }, [image]) : image
}

function button(props, sign, text, onClick, part) {
  return h(
    'button',
    {
      type: 'button',
      class: 'ef-button is-medium is-outline',
      id: part ? `${props.id}-${part}` : props.id,
      'aria-describedby': props.described,
      onClick,
    },
    [sign, text],
  )
}

function isTouch() {
  return matchMedia('(pointer: coarse)').matches
}

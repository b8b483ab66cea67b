/** Files of any permitted kind, listed with their size. */

import { h, inject, ref } from 'vue'

import { fateText, useChosenFiles } from '../chosen_files.js'
import { controlEvents, controlProps } from '../control.js'
import { icon } from '../icons.js'

export const grouped = true

export default {
  props: controlProps,
  emits: controlEvents,
  setup(props) {
    const entry = inject('entry')
    const files = useChosenFiles(props, entry, async (file) => ({ blob: file, name: file.name }))
    const input = ref(null)
    async function chosen(event) {
      const list = [...event.target.files]
      event.target.value = ''
      await files.add(list)
    }
    return () => {
      const items = props.value ?? []
      const isFull = props.field.maxFiles > 0 && items.length >= props.field.maxFiles
      return h('div', { class: 'ef-files' }, [
        items.length
          ? h(
              'ul',
              { class: 'ef-attachments' },
              items.map((item) => line(item, files, entry)),
            )
          : null,
        isFull
          ? h('p', { class: 'ef-hint' }, `ファイルは${props.field.maxFiles}個までです。`)
          : h(
              'button',
              {
                type: 'button',
                class: 'ef-button is-medium is-outline',
                id: props.id,
                'aria-describedby': props.described,
                onClick: () => input.value.click(),
              },
              [icon('clip'), 'ファイルを選ぶ'],
            ),
        h('input', {
          ref: input,
          type: 'file',
          multiple: true,
          class: 'ef-hidden-input',
          tabindex: -1,
          'aria-hidden': 'true',
          accept: props.field.accept || undefined,
          onChange: chosen,
        }),
      ])
    }
  },
}

export function shown(value) {
  return value.map((item) => item.name).join('、')
}

function line(item, files, entry) {
  const canRetry = item.local && files.fates[item.local] !== 'sending'
  return h('li', { class: 'ef-attachment', key: item.local ?? item.blob }, [
    h('span', { class: 'ef-attachment-words' }, [
      item.blob
        ? h('a', { href: entry.api.fileUrl(item.blob), target: '_blank', rel: 'noopener' }, item.name)
        : item.name,
      h('span', { class: 'ef-size' }, sizeText(item.size)),
      item.local ? h('span', { class: 'ef-fate', role: 'status' }, fateText(files.fates[item.local], files.shares[item.local])) : null,
    ]),
    canRetry
      ? h('button', { type: 'button', class: 'ef-small-button', onClick: () => files.send(item.local) }, [
          icon('retry'),
          'もう一度送る',
        ])
      : null,
    h(
      'button',
      {
        type: 'button',
        class: 'ef-square is-bare',
        'aria-label': `${item.name}を消す`,
        onClick: () => files.remove(item),
      },
      [icon('close')],
    ),
  ])
}

function sizeText(bytes) {
  return bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1024))}KB` : `${(bytes / 1_048_576).toFixed(1)}MB`
}

/** The number to read out to the caller, large, and the last few calls of this sitting. */

import { h } from 'vue'

export const FinishedCalls = {
  props: { list: Array, sheet: String, pageUrl: Function },
  setup(props) {
    const links = ({ url }) => {
      const address = props.pageUrl(url)
      const sheet = props.sheet && `${address}/sheets/${encodeURIComponent(props.sheet)}?print=1`
      return h('span', { class: 'ef-done-links' }, [
        sheet ? h('a', { href: sheet, target: '_blank', rel: 'noopener' }, '印刷') : null,
        h('a', { href: address, target: '_blank', rel: 'noopener' }, '開く'),
      ])
    }
    return () => {
      const [newest, ...others] = props.list
      return h('div', { role: 'status', class: 'ef-done-place' }, [
        newest
          ? h('div', { class: 'ef-done', key: newest.id }, [
              h('p', { class: 'ef-done-words' }, newest.told || '受け付けました。番号をお伝えください。'),
              h('p', { class: 'ef-done-number' }, newest.number),
              links(newest),
            ])
          : null,
        others.length
          ? h('details', { class: 'ef-done-others' }, [
              h('summary', `その前の${others.length}件`),
              h('ul', others.map((each) => h('li', { key: each.id }, [h('span', `${each.title || each.number} ${each.told}`), links(each)]))),
            ])
          : null,
      ])
    }
  },
}

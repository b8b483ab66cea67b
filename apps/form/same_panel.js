/** 「同じ世帯の3人も「現在の居場所」を変えますか」: the records to tick, and what became of each. */

import { h, nextTick, ref } from 'vue'

import { icon } from './icons.js'
import { isWaiting } from './offering_same.js'

export const SamePanel = {
  props: { entry: Object, id: String },
  setup(props) {
    const { entry } = props
    const reminded = ref(false)
    async function apply() {
      reminded.value = !all(entry).some(isWaiting)
      if (reminded.value) return
      await entry.applySame()
      await nextTick()
      document.getElementById(`${props.id}-sum`)?.focus()
    }
    return () => {
      const { offers, sending } = entry.offering
      const who = called(entry)
      const chosen = all(entry).filter(isWaiting)
      const tried = all(entry).some(({ state }) => state !== 'open')
      return h('section', { class: 'ef-section ef-same', id: props.id, tabindex: -1, 'aria-labelledby': `${props.id}-title` }, [
        h('p', { class: 'ef-same-saved' }, [icon('check'), '保存しました']),
        ...offers.map((offer, index) => question(offer, index, { entry, who, id: props.id })),
        h('div', { role: 'status' }, [tried && !sending ? h('p', { class: 'ef-same-sum', id: `${props.id}-sum`, tabindex: -1 }, sum(entry, who)) : null]),
        reminded.value && !chosen.length
          ? h('p', { class: 'ef-error', role: 'alert' }, `＊一緒に変える${who.noun}を選んでください。`)
          : null,
        h('div', { class: 'ef-banner-choices' }, [
          open(entry).length
            ? button(sending ? '送信中' : words(chosen, who), { solid: true, disabled: sending, onClick: apply })
            : null,
          button(tried ? '終わる' : '変えずに終わる', {
            solid: !open(entry).length,
            disabled: sending,
            onClick: entry.endOffering,
          }),
        ]),
      ])
    }
  },
}

function question(offer, index, { entry, who, id }) {
  const title = `${offer.to}の${offer.records.length}${who.unit}も「${offer.label}」を変えますか`
  const untouched = offer.records.filter(({ state }) => state === 'open')
  return h('fieldset', { class: 'ef-same-question', key: offer.field }, [
    h('legend', h('h2', { class: 'ef-banner-title', ...(index ? {} : { id: `${id}-title` }) }, title)),
    h('p', explained(offer, entry, who)),
    untouched.length > 1
      ? button(untouched.every(({ chosen }) => chosen) ? 'すべて外す' : 'すべて選ぶ', {
          small: true,
          onClick: () => choose(untouched, !untouched.every(({ chosen }) => chosen)),
        })
      : null,
    h(
      'ul',
      { class: 'ef-same-list' },
      offer.records.map((record) => h('li', { key: record.id }, [line(offer, record, entry)])),
    ),
    offer.more ? h('p', `このほかの${offer.more}${who.unit}は、一覧から変えてください。`) : null,
  ])
}

function explained(offer, entry, { noun }) {
  const rule = (entry.model.form.on_change ?? []).find(
    ({ field, offer_same: by }) => field === offer.field && by === offer.by,
  )
  const table = rule?.add_row && (entry.model.fields.get(rule.add_row)?.label || rule.add_row)
  const change = offer.text ? `選んだ${noun}を「${offer.text}」に変えます。` : `選んだ${noun}の値を空にします。`
  return table ? `${change}「${table}」にも、それぞれ1行を書き加えます。` : change
}

function line(offer, record, entry) {
  const change = `${record.now || '(空欄)'} → ${offer.text || '(空欄)'}`
  if (record.state === 'changed' || record.state === 'refused') return result(record, change, entry)
  return h('label', { class: ['ef-choice is-many', { 'is-chosen': record.chosen }] }, [
    h('input', {
      type: 'checkbox',
      checked: record.chosen,
      disabled: entry.offering.sending,
      onChange: (event) => (record.chosen = event.target.checked),
    }),
    h('span', { class: 'ef-choice-mark', 'aria-hidden': 'true' }),
    h('span', { class: 'ef-same-words' }, [
      h('span', { class: 'ef-same-name' }, record.title),
      h('span', { class: 'ef-same-change' }, change),
      ...record.told.map((text) => h('span', { class: 'ef-error' }, `＊まだ変えていません。${text}`)),
    ]),
  ])
}

function result(record, change, entry) {
  const isChanged = record.state === 'changed'
  const address = entry.api.pageUrl(entry.offering.answer.url?.replace(/[^/]+$/, encodeURIComponent(record.id)))
  return h('div', { class: ['ef-same-result', isChanged ? 'is-changed' : 'is-refused'] }, [
    icon(isChanged ? 'check' : 'warning'),
    h('div', { class: 'ef-same-words' }, [
      h('span', { class: 'ef-same-name' }, record.title),
      h('span', { class: 'ef-same-change' }, isChanged ? `変えました ${change}` : '変えていません'),
      ...record.told.map((text) => h('span', { class: isChanged ? 'ef-same-change' : 'ef-error' }, text)),
      isChanged || !address
        ? null
        : h('a', { class: 'ef-same-link', href: address, target: '_blank', rel: 'noopener' }, '別の画面で開いて確かめる'),
    ]),
  ])
}

function sum(entry, { unit }) {
  const number = (state) => all(entry).filter((record) => record.state === state).length
  const [changed, refused, unsent] = [number('changed'), number('refused'), number('unsent')]
  return [
    changed ? `${changed}${unit}を変えました。` : '',
    refused ? `${refused}${unit}は変えていません。理由を確かめてください。` : '',
    unsent ? `${unsent}${unit}はまだ送れていません。` : '',
  ].join('')
}

function words(chosen, { unit, noun }) {
  if (chosen.some(({ state }) => state === 'unsent')) return 'もう一度送る'
  return chosen.length ? `選んだ${chosen.length}${unit}も変える` : `選んだ${noun}も変える`
}

function button(text, { solid = false, small = false, ...more }) {
  return h('button', { type: 'button', class: ['ef-button', { 'is-medium': small }, solid ? 'is-solid' : 'is-outline'], ...more }, text)
}

function choose(records, chosen) {
  for (const record of records) record.chosen = chosen
}

const all = (entry) => entry.offering.offers.flatMap(({ records }) => records)
const open = (entry) => all(entry).filter(({ state }) => state === 'open' || state === 'unsent')

/** A register of persons counts persons; everything else counts things. */
function called(entry) {
  const isOfPersons = [...entry.model.fields.values()].some(({ type }) => type === 'person_name')
  return isOfPersons ? { unit: '人', noun: '人' } : { unit: '件', noun: '記録' }
}

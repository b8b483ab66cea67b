import assert from 'node:assert/strict'
import { test } from 'node:test'

import { boxesOf, readBoxes, readDate, todayInJapan, wareki } from '../../apps/form/era.js'
import { NameReading, cleanKana } from '../../apps/form/kana_reading.js'
import { readPartial, shownPartial } from '../../apps/form/partial_date.js'
import { readNumber } from '../../apps/form/typed_number.js'
import { readTime } from '../../apps/form/typed_time.js'
import { folded } from '../../apps/form/width.js'

const TODAY = '2026-11-20'

test('dates in every way people write them', () => {
  for (const text of [
    '令和6年1月23日',
    'R6.1.23',
    'r6/1/23',
    'Ｒ６．１．２３',
    '令6-1-23',
    '2024/1/23',
    '20240123',
    '2024年1月23日(火)',
    '㋿6年1月23日',
    'R060123',
  ]) {
    assert.equal(readDate(text, TODAY).iso, '2024-01-23', text)
  }
  assert.equal(readDate('令和元年5月1日', TODAY).iso, '2019-05-01')
  assert.equal(readDate('今日', TODAY).iso, TODAY)
  assert.equal(readDate('昨日', TODAY).iso, '2026-11-19')
})

test('a month and day lie in the fiscal year of today', () => {
  assert.equal(readDate('1/23', TODAY).iso, '2027-01-23')
  assert.equal(readDate('4/1', TODAY).iso, '2026-04-01')
  assert.match(readDate('4/1', TODAY).note, /令和8年4月1日/)
})

test('days that never were say why; an era that had ended is converted and told', () => {
  assert.match(readDate('令和6年2月30日', TODAY).problem, /2月は29日まで/)
  assert.match(readDate('令和元年4月30日', TODAY).problem, /平成31年4月30日ではありませんか/)
  assert.match(readDate('2024/13/1', TODAY).problem, /13月はありません/)
  const converted = readDate('平成35年4月1日', TODAY)
  assert.equal(converted.iso, '2023-04-01')
  assert.match(converted.note, /令和5年4月1日として/)
  assert.match(readDate('あした', TODAY).problem, /読み取れません/)
})

test('boxes take era years, 元, full width, and Gregorian years under an era', () => {
  assert.equal(readBoxes({ era: '令和', year: '元', month: '５', day: '１' }, TODAY).iso, '2019-05-01')
  assert.equal(readBoxes({ era: '令和', year: '2024', month: '1', day: '23' }, TODAY).iso, '2024-01-23')
  assert.equal(readBoxes({ era: '', year: '2024', month: '1', day: '23' }, TODAY).iso, '2024-01-23')
  assert.deepEqual(boxesOf('2019-05-01'), { era: '令和', year: '元', month: '5', day: '1' })
  assert.deepEqual(boxesOf('2019-04-30'), { era: '平成', year: '31', month: '4', day: '30' })
  assert.equal(wareki('2024-01-23'), '令和6年1月23日(火)')
})

test('today is the day in Japan', () => {
  assert.equal(todayInJapan(new Date('2026-11-19T15:30:00Z')), '2026-11-20')
})

test('partly known dates', () => {
  assert.equal(readPartial('昭和55年頃').edtf, '1980~')
  assert.equal(readPartial('昭和２０年３月').edtf, '1945-03')
  assert.equal(readPartial('1945').edtf, '1945')
  assert.equal(readPartial('令和6年1月23日').edtf, '2024-01-23')
  assert.equal(readPartial('昭和20年代'), null)
  assert.equal(shownPartial('1980~'), '昭和55年頃')
  assert.equal(shownPartial('1945-03'), '昭和20年3月')
  assert.equal(shownPartial('2024-01-23'), '令和6年1月23日')
})

test('times', () => {
  assert.deepEqual(readTime({ hour: '９', minute: '５' }), { value: '09:05' })
  assert.deepEqual(readTime({ hour: '9:05', minute: '' }), { value: '09:05' })
  assert.deepEqual(readTime({ hour: '1330', minute: '' }), { value: '13:30' })
  assert.deepEqual(readTime({ hour: '9時5分', minute: '' }), { value: '09:05' })
  assert.match(readTime({ hour: '25', minute: '0' }).problem, /0から23/)
  assert.deepEqual(readTime({ hour: '', minute: '' }), { value: null })
})

test('numbers in any width, with their unit and signs', () => {
  assert.equal(readNumber('１，２３４円', { unit: '円' }).value, 1234)
  assert.equal(readNumber('－５').value, -5)
  assert.equal(readNumber('△５').value, -5)
  assert.equal(readNumber('12.5').value, 12.5)
  assert.match(readNumber('12.5', { whole: true, label: '人数' }).problem, /人数は整数/)
  assert.match(readNumber('三つ', { label: '人数' }).problem, /「三つ」は数字として読めません/)
  assert.match(readNumber('1,23').problem, /数字/)
})

test('every dash of a telephone number becomes one', () => {
  assert.equal(folded('０９０ー００００‐０００１'), '090-0000-0001')
  assert.equal(folded('090−0000―0001'), '090-0000-0001')
})

/** Convert `kana` to `written` at the end of what stands in the field. */
function convert(reading, before, kana, written) {
  for (const length of kana.split('').keys()) reading.composing(kana.slice(0, length + 1))
  reading.composing(written)
  reading.composed(written, before + written)
}

test('the reading of a name is heard while it is converted', () => {
  const reading = new NameReading()
  for (const data of ['ｍ', 'み', 'みほ', 'みほn', 'みほん', '見本']) reading.composing(data)
  reading.composed('見本', '見本')
  reading.typed('見本 ')
  for (const data of ['ｔ', 'た', 'たろ', 'たろう', '太郎']) reading.composing(data)
  reading.composed('太郎', '見本 太郎')
  assert.equal(reading.reading, 'ミホン\u3000タロウ')
})

test('a cancelled conversion reads nothing, an emptied name starts anew', () => {
  const reading = new NameReading()
  reading.composing('みほん')
  reading.composed('', '')
  assert.equal(reading.reading, '')
  reading.composing('れいじ')
  reading.composed('例示', '例示')
  reading.typed('')
  assert.equal(reading.reading, '')
})

test('a part of the name that is deleted takes its reading along, and another one takes its place', () => {
  const reading = new NameReading()
  convert(reading, '', 'みほん', '見本')
  reading.typed('見本 ')
  convert(reading, '見本 ', 'たろう', '太郎')
  reading.typed('見本 太')
  reading.typed('見本 ')
  assert.equal(reading.reading, 'ミホン\u3000')
  convert(reading, '見本 ', 'じろう', '次郎')
  assert.equal(reading.reading, 'ミホン\u3000ジロウ')
})

test('the family name is written anew before a given name that stays', () => {
  const reading = new NameReading()
  convert(reading, '', 'みほん', '見本')
  convert(reading, '見本', 'たろう', '太郎')
  reading.typed('太郎')
  assert.equal(reading.reading, 'タロウ')
  reading.composing('れいじ')
  reading.composed('例示', '例示太郎')
  assert.equal(reading.reading, 'レイジタロウ')
})

test('kana are widened and turned, their long mark stays', () => {
  assert.equal(cleanKana(' ﾐﾎﾝ たろー '), 'ミホン\u3000タロー')
})

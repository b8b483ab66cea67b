import assert from 'node:assert/strict'
import { test } from 'node:test'

import { mayHoldMyNumber } from '../../apps/form/my_number.js'

test('a number that may be a 個人番号 is seen as the server sees it', () => {
  for (const text of [
    '番号は123456789018です',
    '1234-5678-9018',
    '１２３４５６７８９０１８',
    '１２３４　５６７８　９０１８',
    '1234ー5678ー9018',
    '123456789017、123456789018',
  ])
    assert.ok(mayHoldMyNumber(text), text)
})

test('other numbers are left alone', () => {
  for (const text of ['123456789017', '0123456789018', '1234567890180', '090-0000-0001', '1234-5678 9018', '', null, 123456789018])
    assert.ok(!mayHoldMyNumber(text), String(text))
})

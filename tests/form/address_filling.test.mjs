import assert from 'node:assert/strict'
import { test } from 'node:test'

import { filledAddress } from '../../apps/form/address_filling.js'

test('an empty address gets the town', () => {
  assert.deepEqual(filledAddress(null, '見本県見本市広見'), { address: '見本県見本市広見', kept: false })
})

test('what was typed after the town name stays when the code is corrected', () => {
  const typed = '見本県見本市広見1-2-3 見本荘'
  assert.equal(filledAddress(typed, '見本県見本市東見本', '見本県見本市広見').address, '見本県見本市東見本1-2-3 見本荘')
})

test('what a person wrote is never replaced', () => {
  assert.deepEqual(filledAddress('例示町5', '見本県見本市広見', '見本県見本市東見本'), { address: '例示町5', kept: true })
  assert.deepEqual(filledAddress('例示町5', '見本県見本市広見'), { address: '例示町5', kept: true })
})

/** What the buttons and messages of a place say, in ordinary and in easy Japanese. */

import { lengthWords } from './pin_words.js'

const PLAIN = {
  name: '場所の名前',
  open: '地図で選ぶ',
  close: '地図を閉じる',
  here: '現在地',
  clear: '位置を消す',
  coordinates: '緯度と経度を数字で入れる',
  tap: '地図を押すと、そこにピンを置きます。',
  looking: '現在地を調べています。',
  noHere: '現在地を取得できませんでした。場所の名前だけでも保存できます。',
  noMap: '地図を開けませんでした。場所の名前と緯度・経度は、このまま入力できます。',
  cleared: '位置を消しました。',
  put: 'ピンを置きました。',
  found: (metres) => `現在地を入れました(誤差 およそ${metres}m)。`,
  putAt: (name) => `ピンを「${name}」に置きました。`,
  moved: (way) => `ピンを${way}動かしました。`,
  outside: (metres) =>
    `市の範囲から${lengthWords(metres)}離れています。緯度と経度の数字を確かめるか、地図でピンを動かしてください。市の外のことなら、このまま保存できます。`,
}

const EASY = {
  ...PLAIN,
  name: '場所の 名前',
  open: '地図で えらぶ',
  close: '地図を とじる',
  here: '今 いる ところ',
  clear: 'ピンを けす',
  coordinates: '数字で 入れる',
  tap: '地図を おしてください。おした ところに ピンが 立ちます。',
  looking: '今 いる ところを さがしています。',
  noHere: '今 いる ところが わかりません。場所の 名前だけでも いいです。',
  noMap: '地図が 出ません。場所の 名前だけでも いいです。',
  cleared: 'ピンを けしました。',
  put: 'ピンを 立てました。',
  found: () => '今 いる ところに ピンを 立てました。',
  putAt: (name) => `「${name}」に ピンを 立てました。`,
  moved: () => 'ピンを うごかしました。',
  outside: () => 'この場所は 市の 外です。ピンの 場所を 見てください。市の 外でも おくることが できます。',
}

export const KEYBOARD =
  'キーボードでは、地図でEnterキーを押すと真ん中に置き、矢印キーでピンを動かします。Shiftキーと矢印キーで、大きく動きます。'

export const wordsOfPlace = (isEasy) => (isEasy ? EASY : PLAIN)

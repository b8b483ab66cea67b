/** Times of day as people type them: 9:05, 9時5分, 905. */

import { folded } from './width.js'

export const TIME = /^(\d{1,2})(?::|時)(\d{1,2})(?:分)?(?::\d{2})?$/

/** {hour, minute} as typed -> {value: 'HH:MM' or null}, or {value: the text, problem}. */
export function readTime({ hour, minute }) {
  const [h1, m1] = [folded(hour), folded(minute)]
  if (!h1 && !m1) return { value: null }
  const whole = TIME.exec(h1) ?? (/^\d{3,4}$/.test(h1) && !m1 ? [h1, h1.slice(0, -2), h1.slice(-2)] : null)
  const [hours, minutes] = whole ? [whole[1], whole[2]] : [h1, m1 || '0']
  const typed = m1 ? `${h1}:${m1}` : h1
  if (!/^\d{1,2}$/.test(hours) || !/^\d{1,2}$/.test(minutes))
    return { value: typed, problem: '時刻は 9時5分 のように数字で入力してください。' }
  if (Number(hours) > 23 || Number(minutes) > 59)
    return { value: typed, problem: '時は0から23、分は0から59で入力してください。' }
  return { value: `${hours.padStart(2, '0')}:${minutes.padStart(2, '0')}` }
}

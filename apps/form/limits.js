/** The limits a field sets itself: length, range, how many. Texts and codes as in the server's catalogue. */

const LIMITS = [
  [
    'too_long',
    'maxLength',
    'text',
    (value, limit) => letters(value) > limit,
    (label, limit, value) => `${label}は${limit}文字以内で入力してください(いま${letters(value)}文字)。`,
  ],
  [
    'too_short',
    'minLength',
    'text',
    (value, limit) => letters(value) < limit,
    (label, limit, value) => `${label}は${limit}文字以上で入力してください(いま${letters(value)}文字)。`,
  ],
  [
    'too_small',
    'min',
    'number',
    (value, limit) => value < limit,
    (label, limit) => `${label}は${limit.toLocaleString('ja-JP')}以上で入力してください。`,
  ],
  [
    'too_large',
    'max',
    'number',
    (value, limit) => value > limit,
    (label, limit) => `${label}は${limit.toLocaleString('ja-JP')}以下で入力してください。`,
  ],
  [
    'too_few_chosen',
    'minChosen',
    'list',
    (value, limit) => value.length < limit,
    (label, limit, value) => `${label}は${limit}つ以上選んでください(いま${value.length}つ)。`,
  ],
  [
    'too_many_chosen',
    'maxChosen',
    'list',
    (value, limit) => value.length > limit,
    (label, limit, value) => `${label}は${limit}つまで選べます(いま${value.length}つ)。`,
  ],
  [
    'too_many_files',
    'maxFiles',
    'list',
    (value, limit) => value.length > limit,
    (label, limit, value) => `${label}は${limit}個までです(いま${value.length}個)。減らしてください。`,
  ],
  [
    'too_few_rows',
    'minRows',
    'list',
    (value, limit) => value.length < limit,
    (label, limit, value) => `${label}は${limit}行以上入力してください(いま${value.length}行)。`,
  ],
  [
    'too_many_rows',
    'maxRows',
    'list',
    (value, limit) => value.length > limit,
    (label, limit, value) => `${label}は${limit}行までです(いま${value.length}行)。`,
  ],
]

/** Refusals of a value that is not blank: [{code, text}]. A limit of 0 or null is none, but for numbers 0 is a limit. */
export function beyondLimits(field, value) {
  const kind = Array.isArray(value) ? 'list' : typeof value === 'number' ? 'number' : 'text'
  return LIMITS.filter(
    ([, setting, of, isBeyond]) => of === kind && hasLimit(field[setting], of) && isBeyond(value, field[setting]),
  ).map(([code, setting, , , text]) => ({ code, text: text(field.label || field.name, field[setting], value) }))
}

function hasLimit(limit, kind) {
  return typeof limit === 'number' && (kind === 'number' || limit > 0)
}

function letters(text) {
  return [...String(text)].length
}

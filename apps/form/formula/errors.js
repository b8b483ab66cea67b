/** What can go wrong while a formula is evaluated, with its Japanese sentence. */

/** Power Fx's error kinds and their numbers, as IfError(…, FirstError.Kind) shows them. */
export const ERROR_KINDS = {
  None: 0,
  Sync: 1,
  MissingRequired: 2,
  CreatePermission: 3,
  EditPermissions: 4,
  DeletePermissions: 5,
  Conflict: 6,
  NotFound: 7,
  ConstraintViolated: 8,
  GeneratedValue: 9,
  ReadOnlyValue: 10,
  Validation: 11,
  Unknown: 12,
  Div0: 13,
  BadLanguageCode: 14,
  BadRegex: 15,
  InvalidFunctionUsage: 16,
  FileNotFound: 17,
  AnalysisError: 18,
  ReadPermission: 19,
  NotSupported: 20,
  InsufficientMemory: 21,
  QuotaExceeded: 22,
  Network: 23,
  Numeric: 24,
  InvalidArgument: 25,
  Internal: 26,
  NotApplicable: 27,
  Timeout: 28,
  ServiceUnavailable: 29,
  InvalidJSON: 30,
  Custom: 1000,
}

/** The server's sentences (`forms/formula/messages.py`), so that a formula fails in the same words on both sides. */
export const FAILURES = {
  'divided-by-zero': '0で割りました。',
  'not-finite': '計算結果が数値の範囲を超えました。',
  'not-real': '計算結果が実数になりません。',
  'not-a-number': '「{text}」を数値として読めません。',
  'not-a-boolean': '「{text}」を、はい・いいえとして読めません。',
  'not-a-date': '「{text}」を日付として読めません。',
  'not-a-time': '「{text}」を時刻として読めません。',
  'no-such-date': 'その日付はありません。',
  'no-such-time': 'その時刻はありません。',
  'wrong-kind': '{type}を{wanted}として読めません。',
  'negative-count': '文字数や位置に負の数は使えません。',
  'bad-position': '位置は1以上で、文字列の中にしてください。',
  'bad-code': '{text}に当たる文字はありません。',
  'bad-format': '表示形式「{format}」は使えません。',
  'bad-unit': '「{text}」という単位はありません。',
  'bad-week-start': '週の始まりの指定「{text}」は使えません。',
  'bad-language': '「{text}」という言語はありません。',
  'bad-choice': '「{text}」は使えません。',
  'number-minus-date': '数値から日付や時刻は引けません。',
  'text-too-long': '文字列が長すぎます（{limit}文字まで）。',
  'too-much-work': '計算が多すぎるため、途中でやめました。',
  'no-branch': '当てはまる条件がありません。',
  'end-before-start': '終わりの日付が、始まりの日付より前です。',
  'no-calendar': '休日の暦が決められていません。',
  'not-listable': 'この値は表として使えません。',
  'empty-average': '平均する値がありません。',
}

/** `kind` is a key of ERROR_KINDS; `start` and `end` mark the piece of source in code points (-1: not yet known). */
export class FormulaError extends Error {
  constructor(kind, code, text) {
    super(text)
    this.kind = kind
    this.code = code
    this.start = -1
    this.end = -1
  }

  /** The innermost piece of source that failed is the one to mark. */
  markOnce([start, end]) {
    if (this.start < 0) [this.start, this.end] = [start, end]
  }
}

/** An error of the given kind, to be thrown: failure('InvalidArgument', 'not-a-number', { text }). */
export function failure(kind, code, words = {}) {
  return new FormulaError(
    kind,
    code,
    FAILURES[code].replace(/\{(\w+)\}/g, (_, name) => String(words[name])),
  )
}

/** The value, or the error in its place, as cells and rows hold it. */
export function caught(compute) {
  try {
    return compute()
  } catch (error) {
    if (error instanceof FormulaError) return error
    throw error
  }
}

"""Every sentence about a wrong formula, in Japanese: what is wrong and what to write instead."""

from typing import Final

from forms.formula.errors import FormulaError, Mistake

MISTAKES: Final[dict[str, tuple[str, str]]] = {
    'too-long': ('計算式が長すぎます（{length}文字）。', '{limit}文字以内に分けてください。'),
    'too-deep': (
        '計算式の入れ子が深すぎます。',
        '{limit}段以内にしてください。長い足し算は Sum(…)、長い & は Concatenate(…) で書けます。',
    ),
    'too-many-parts': ('計算式の部品が多すぎます。', '{limit}個以内になるように、計算項目を分けてください。'),
    'empty': ('計算式が空です。', '項目名や関数を書いてください。例: {example}'),
    'unexpected-character': (
        '「{text}」は計算式に使えない文字です。',
        '文字として使うときは "{text}" のように " で囲んでください。',
    ),
    'open-text': (
        '文字列の終わりの " がありません。',
        '文字列の最後に " を書いてください。文字としての " は "" と書きます。',
    ),
    'open-name': ("名前の終わりの ' がありません。", "名前の最後に ' を書いてください。"),
    'open-comment': ('説明書き /* の終わりがありません。', '*/ を書いてください。'),
    'number-too-large': ('数値が大きすぎます。', '1.79×10の308乗より小さい数値を書いてください。'),
    'operand-expected': ('「{text}」の前に値がありません。', '項目名、数値、"文字列" のどれかを書いてください。'),
    'operand-at-end': ('計算式が途中で終わっています。', '続きの値を書いてください。'),
    'operator-expected': ('「{text}」の前に演算子がありません。', '+ - * / & = , などでつないでください。'),
    'close-expected': ('「{open}」を閉じる「{close}」がありません。', '「{close}」を書いてください。'),
    'field-name-expected': ('ここには項目の名前が必要です。', '{example} のように書いてください。'),
    'empty-island': ('{{ }} の中が空です。', '{{項目名}} のように書いてください。文字としての {{ は {{{{ と書きます。'),
    'double-equals': ('「==」は使えません。', '等しいは「=」と書いてください。'),
    'not-equals': ('「!=」は使えません。', '等しくないは「<>」と書いてください。'),
    'small-operator': ('「{text}」は使えません。', '「{right}」（先頭を大文字）または「{symbol}」と書いてください。'),
    'else-word': (
        '「{text}」という書き方はありません。',
        'If(条件1, 値1, 条件2, 値2, それ以外の値) のように続けて書いてください。',
    ),
    'minus-power': (
        '「-」と「^」の順序が、ExcelとPower Fxで違います。',
        '-(2^2) または (-2)^2 のように、かっこを付けてください。',
    ),
    'unknown-field': ('「{name}」という項目はありません。', '{nearest}'),
    'retired-field': ('「{name}」は廃止された項目です。', '今使っている項目に書き換えてください。'),
    'unknown-function': ('「{name}」という関数はありません。', '{nearest}'),
    'unknown-column': ('「{name}」という列・項目はありません。', '{nearest}'),
    'not-a-record': (
        '「.{name}」は、レコードの項目だけに付けられます（ここは{type}です）。',
        '「.{name}」を取ってください。',
    ),
    'repeated-field': ('「{name}」が2回書かれています。', 'どちらかを取ってください。'),
    'too-few-arguments': ('{name}の引数が足りません（{count}個）。', '{usage} のように書いてください。'),
    'too-many-arguments': ('{name}の引数が多すぎます（{count}個）。', '{usage} のように書いてください。'),
    'odd-arguments': ('{name}の引数の数が合いません（{count}個）。', '{usage} のように書いてください。'),
    'argument-type': ('{name}の「{parameter}」に{type}は使えません。', '{wanted}を書いてください。'),
    'operand-type': ('「{operator}」に{type}は使えません。', '{wanted}を書いてください。'),
    'operands-type': ('「{operator}」は、{left}と{right}の組み合わせには使えません。', '{advice}'),
    'not-comparable': ('{left}と{right}は比べられません。', '{advice}'),
    'results-differ': (
        '{name}の結果の種類がそろっていません（{first}と{second}）。',
        '結果はどれも同じ種類にしてください。',
    ),
    'column-types-differ': ('表の列「{name}」に入る値の種類がそろっていません。', '同じ種類の値にしてください。'),
    'one-column-wanted': ('列が1つだけの表が必要です。', '1列だけの表（または複数選択の項目）を書いてください。'),
    'table-wanted': (
        '{name}には表が必要です（ここは{type}です）。',
        '明細の項目や [1, 2, 3] のような表を書いてください。',
    ),
    'one-condition': ('{name}の条件は1つだけ書けます。', '条件を && でつないでください。'),
    'bad-format': (
        '表示形式「{format}」は使えません。',
        '"#,##0" や "yyyy/mm/dd"、"ggge年m月d日" のように書いてください。',
    ),
    'format-not-wanted': ('{type}に表示形式は使えません。', '表示形式は数値と日付だけに付けられます。'),
    'bad-choice': ('{name}の「{parameter}」に「{text}」は使えません。', '{wanted} のどれかを書いてください。'),
    'not-yes-no': ('条件の結果が、はい・いいえになりません（{type}です）。', '{advice}'),
    'wrong-result': ('結果は{wanted}でなければなりません（{type}です）。', '{advice}'),
    'plain-name-call': ('「{name}」は項目なので、( ) を付けて呼び出せません。', '( ) を取ってください。'),
    'years-of-birth': (
        'DateDiff(…, TimeUnit.Years) は年の変わり目を数えるため、満年齢になりません。',
        'AGE({field}, Today()) を使ってください。',
    ),
    'never-reached': (
        '条件がいつも同じなので、使われない値があります。',
        '項目を使った条件に書き換えてください。',
    ),
    'word-among-numbers': (
        '最初の結果が数値なので、「{text}」も数値として読もうとしてエラーになります。',
        '文字列にするときは、最初の結果を Text(…) で囲んでください。',
    ),
    'compare-with-empty': ('空欄の項目は "" と等しくなりません。', 'IsBlank({field}) を使ってください。'),
}
"""code -> (what is wrong, what to do)."""

FAILURES: Final[dict[str, str]] = {
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
    'not-listable': 'この値は表として使えません。',
    'empty-average': '平均する値がありません。',
}
"""code -> what went wrong on a record."""


def mistake(code: str, start: int, end: int, **words: object) -> Mistake:
    text, advice = MISTAKES[code]
    return Mistake(code, text.format(**words), advice.format(**words), start, end)


def failure(kind: str, code: str, **words: object) -> FormulaError:
    """An error of the given kind (Div0, InvalidArgument …), to be raised; the caller's range is added on its way up."""
    return FormulaError(kind, FAILURES[code].format(**words))

"""A message: something wrong in a value that someone typed, and the catalogue of its texts."""

from __future__ import annotations

from dataclasses import dataclass, replace

TEXTS: dict[str, str] = {
    'required': '{label}を入力してください。',
    'forbidden': '{label}は、いまの内容では入力できません。空にしてください。',
    'constraint': '{label}の内容を確認してください。',
    'unique': '{label}「{value}」は、すでに登録されています。',
    'unknown_field': '「{label}」という項目は、このアプリにありません。',
    'readonly': '{label}は変更できません。元の値に戻してください。',
    'not_yours': '{label}は、あなたの権限では入力も変更もできません。空のままか、元の値のままにしてください。',
    'not_typed': '{label}は自動で決まる項目です。値を送らないでください。',
    # cells and rows of a file that is taken in
    'unusable_cell': '{label}のセルが「{value}」です。{advice}',
    'key_blank': '{label}が空なので、どの記録か分かりません。入力するか、この行を消してください。',
    'key_twice': '{label}「{value}」は{row}行目にもあります。どちらかの行を消してください。',
    'key_of_several': '{label}「{value}」の記録が{count}件あり、どれか分かりません。見分ける項目を増やしてください。',
    'no_such_record': '{label}「{value}」の記録はありません。新しい記録なら、すべて新しく登録する方を選んでください。',
    'claimed_in_file': '{label}(このファイルの{row}行目にもあります)。',
    # text
    'not_text': '{label}は文字で入力してください。',
    'too_long': '{label}は{limit}文字以内で入力してください(いま{length}文字)。',
    'too_short': '{label}は{limit}文字以上で入力してください(いま{length}文字)。',
    'not_kana': '{label}は全角カタカナで入力してください。使えない文字は「{wrong}」です。',
    'not_email': '{label}はメールアドレスの形で入力してください。例 mihon@example.jp',
    'not_url': '{label}は http:// か https:// で始まるアドレスを入力してください。例 https://www.example.jp/',
    'not_phone': '{label}: {reason}',
    'not_postal_code': '{label}: {reason}',
    # numbers
    'not_a_number': '{label}: {reason}',
    'not_whole': '{label}は小数のない数字で入力してください。',
    'too_many_digits': '{label}は小数点の下を{digits}けたまでにしてください。',
    'too_large_number': '{label}の数字が大きすぎます。けたを確認してください。',
    'too_small': '{label}は{limit}以上で入力してください。',
    'too_large': '{label}は{limit}以下で入力してください。',
    # dates and times
    'not_a_date': '{label}: {reason}',
    'not_a_time': '{label}を時刻として読み取れません。0:00から23:59までで入力してください。例 13:30、午後1時30分',
    'not_a_datetime': '{label}は日付と時刻を続けて入力してください。例 令和6年1月23日 13:30',
    # choices
    'not_yes_no': '{label}は「{yes}」か「{no}」を選んでください。',
    'not_a_choice': '{label}「{value}」は選択肢にありません。選択肢の中から選んでください。',
    'retired_choice': '{label}「{value}」は、いまは使われていません。ほかの選択肢を選んでください。',
    'filtered_choice': '{label}「{value}」は、いまの内容では選べません。ほかの選択肢を選んでください。',
    'too_few_chosen': '{label}は{limit}つ以上選んでください(いま{count}つ)。',
    'too_many_chosen': '{label}は{limit}つまで選べます(いま{count}つ)。',
    'not_a_list': '{label}の形が正しくありません。選び直してください。',
    # people, sections and other records
    'unknown_staff': '{label}「{value}」という職員は見つかりません。一覧から選んでください。',
    'unknown_section': '{label}「{value}」という所属は見つかりません。一覧から選んでください。',
    'unknown_record': '{label}「{value}」は見つかりません。一覧から選んでください。',
    'several_found': '{label}「{value}」に当たるものが{count}件あります。一覧から選んでください。',
    # places and files
    'not_a_place': '{label}は地図で選ぶか、緯度と経度を入力してください。例 36.5613, 136.6562',
    'half_coordinates': '{label}は緯度と経度の両方を入力してください。',
    'no_such_coordinates': '{label}の緯度は-90から90、経度は-180から180までです。',
    'swapped_coordinates': '{label}の緯度と経度が逆のようです。緯度(例 36.5613)を先に入力してください。',
    'not_files': '{label}のファイルを読み取れません。もう一度選んでください。',
    'unknown_file': '{label}の「{file}」が届いていません。もう一度選んでください。',
    'file_twice': '{label}に同じファイル「{file}」が2回あります。1つにしてください。',
    'wrong_file_type': '{label}に「{file}」は入れられません。入れられるのは {accepted} です。',
    'too_large_file': '{label}の「{file}」は大きすぎます。{limit}MB以下にしてください。',
    'too_many_files': '{label}は{limit}個までです(いま{count}個)。減らしてください。',
    # rows
    'not_rows': '{label}の行を読み取れません。画面を開き直して入力してください。',
    'unknown_column': '{label}に「{column}」という列はありません。列を確認してください。',
    'unknown_row': '{label}に「{row}」という行はありません。画面を開き直して入力してください。',
    'row_twice': '{label}に同じ行「{row}」が2回あります。画面を開き直して入力してください。',
    'too_few_rows': '{label}は{limit}行以上入力してください(いま{count}行)。',
    'too_many_rows': '{label}は{limit}行までです(いま{count}行)。',
    'row_changed': '{label}の{number}行目は、もう変更できません。直すときは「訂正」の行を追加してください。',
    'row_removed': '{label}の{number}行目は消せません。元に戻してください。',
    # rules on change and what capabilities refuse
    'row_needed': '「{changed}」を変えたときは、{label}に1行追加してください。',
    'stopped': '{say}{contact}',
    'no_such_action': '「{action}」という操作はありません。画面を開き直してください。',
    'status_passed': '{label}はいま「{status}」なので、「{action}」はできません。画面を開き直してください。',
    'not_permitted': '「{action}」ができるのは、{who}です。',
    'guard': '「{action}」は、いまの内容ではできません。',
    'not_asked': '「{action}」では{label}を変更できません。',
    'not_undone': '「{action}」を取り消せるのは、行った人か、同じ操作ができる人です。',
    'no_such_ticket': '整理券「{ticket}」は見つかりません。画面を開き直してください。',
    'ticket_taken': '{ticket}は、{counter}ですでに{status}です。ほかの番号を呼んでください。',
    'ticket_passed': '{ticket}はいま「{status}」なので、「{action}」はできません。画面を開き直してください。',
    'ticket_elsewhere': '{ticket}の方は、いま{other}の窓口にいます。終わるまでお待ちください。',
    'no_counter': '{ticket}を呼ぶ窓口を選んでください。',
    'called_too_little': '{ticket}を不在にする前に、{calls}回呼んでください(いま{done}回)。',
    'no_transfer_target': '{ticket}を回す先の課か窓口を選んでください。',
    'same_section': '{ticket}は、もう{section}の列にいます。ほかの課を選んでください。',
    'waits_there': 'この方は、{section}の列でも待っています。回さずに終えてください。',
    'no_numbers_left': '{section}の本日の整理券は、すべて出ました。職員にお知らせください。',
    'no_items_to_add': '足す用件を選んでください。すでに受け付けた用件は足せません。',
    'no_such_counter': '「{counter}」という窓口は、{section}にありません。',
    'no_such_clerk': '「{clerk}」という職員はいません。担当者を選び直してください。',
    'no_such_section': '「{section}」という課は、この受付にありません。',
    'nothing_to_undo': '取り消せる操作がありません。',
    'not_open_yet': '受付は{opens}からです。それまでお待ちください。',
    'closed': '受付は{closes}に終わりました。',
    'too_early_to_draw': '受付が終わる{closes}より前には、抽選できません。',
    'already_drawn': '抽選はすでに終わっています。もう一度抽選することはできません。',
    'too_late_to_answer': 'いまは答えられません。{why}',
    'nothing_to_answer': '{label}について、いま答えることはありません。画面を開き直してください。',
    'list_fixed': '申込みの一覧は確定しています。抽選に関わる{label}は変更できません。',
    'list_closed': '申込みの一覧は確定しています。新しい申込みは抽選に加えられません。',
    'nobody_to_draw': '抽選の対象になる申込みがありません。',
}
"""Code -> Japanese text. Placeholders are filled from the keyword arguments of `message`; `label` is always there."""


@dataclass(frozen=True, slots=True)
class Message:
    """One refusal or remark about one value.

    path: the field's name; inside a subtable ``移動履歴[2].移動先`` (rows count from 0).
    code: key in the catalogue `TEXTS`; the same on every way in.
    text: Japanese, names the field and the way out.
    """

    path: str
    code: str
    text: str

    def inside(self, prefix: str) -> Message:
        """The same message seen from the subtable row that holds the value."""
        return replace(self, path=f'{prefix}.{self.path}')


def message(path: str, code: str, *, label: str, **details: object) -> Message:
    """A message with its text taken from the catalogue.

    Raises KeyError for a code that is not in the catalogue (a mistake of ours, never of the person typing).
    """
    return Message(path, code, TEXTS[code].format(label=label, **details))

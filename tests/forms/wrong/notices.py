"""D790 and above: texts to people outside and notifications to staff."""

# ruff: noqa: E501 - one wrong definition, one line

from wrong import Wrong, app_with

FIELDS = (
    '- {name: 番号, type: text}',
    '- {name: 氏名, type: person_name, privacy: personal}',
    '- {name: メール, type: email, privacy: personal}',
    '- {name: 期限, type: date}',
)
WORKFLOW = 'workflow: {statuses: [{name: 受付}, {name: 完了, done: true}], actions: [{name: 完了にする, from: [受付], to: 完了}]}'


def notices(*settings: str) -> str:
    """notices: is line 9, the name line 10, the settings follow."""
    return app_with(*FIELDS, then='\n'.join(('notices:', '  - name: 当選', *(f'    {each}' for each in settings))))


TEXT = ('subject: 結果', 'body: 知らせ')

CASES = [
    Wrong('D790', 13, notices('mail: メール', 'subject: 結果', 'body: "{氏名 様"'), '「body」の文', '{氏名}'),
    Wrong('D209', 12, notices('mail: メール', 'subject: "{名前} 様"', 'body: 知らせ'), '項目「名前」', '「氏名」'),
    Wrong('D209', 11, notices('mail: アドレス', *TEXT), '項目「アドレス」', '作って'),
    Wrong('D210', 11, notices('mail: 氏名', *TEXT), '「氏名」は種類がちがいます', 'メールアドレスの項目'),
    Wrong('D103', 10, notices('mail: メール', 'subject: 結果'), '「body」がありません', '書き足す'),
    Wrong('D795', 10, notices(*TEXT), '「当選」の行き先', 'mail: に'),
    Wrong('D796', 12, notices('mail: メール', 'after_announcement: true', *TEXT), 'after_announcement', 'announced: に日時'),
    Wrong('D108', 12, notices('mail: メール', 'send: soon', *TEXT), '「soon」は使えません', 'by_hand'),
]


def notify(*settings: str, before: str = '') -> str:
    """Without `before`, notify: is line 9, the name line 10, the settings follow."""
    head = (before,) if before else ()
    return app_with(*FIELDS, then='\n'.join((*head, 'notify:', '  - name: 知らせ', *(f'    {each}' for each in settings))))


CASES += [
    Wrong('D790', 13, notify('when: created', 'to: [leader]', 'text: "{番号"'), '「text」の文', '{氏名}'),
    Wrong('D791', 13, notify('when: created', 'to: [leader]', 'text: "{氏名}さん"'), '個人情報の項目「氏名」', '文から消して'),
    Wrong('D792', 10, notify('to: [leader]'), 'いつのことか決まりません', 'when、before、after'),
    Wrong('D792', 10, notify('when: created', 'to: [leader]', 'after: {field: 期限, days: 1}'), 'いつのことか決まりません', '1つだけ'),
    Wrong('D793', 12, notify('to: [leader]', 'before: {field: 期限, days: 1, business_days: 1}'), 'days(暦の日)', 'どちらかを消して'),
    Wrong('D753', 12, notify('to: [leader]', 'before: {field: 期限, days: -1}'), '負の数「-1」', '0以上'),
    Wrong('D210', 12, notify('to: [leader]', 'before: {field: 番号, days: 1}'), '「番号」は種類がちがいます', '日付か日時'),
    Wrong('D209', 12, notify('to: [leader]', 'before: {field: 期日, days: 1}'), '項目「期日」', 'に直す'),
    Wrong('D112', 12, notify('to: [leader]', 'before: {field: 期限, days: 1, at: 朝}'), '朝', ''),
    Wrong('D794', 11, notify('when: assigned', 'to: [leader]'), 'when: assigned', '担当者の項目'),
    Wrong('D794', 11, notify('when: overdue', 'to: [leader]'), 'when: overdue', '期限'),
    Wrong('D794', 12, notify('when: created', 'to: [assignee]'), 'to: assignee', '担当者の項目'),
    Wrong('D210', 12, notify('when: created', 'to: [番号]'), '「番号」は種類がちがいます', '職員か所属'),
    Wrong('D103', 10, notify('when: created'), '「to」がありません', '書き足す'),
    Wrong('D797', 13, notify('when: created', 'to: [leader]', 'fields: [番号]'), 'when: changed のとき', 'fields を消して'),
    Wrong('D108', 14, notify('when: action', 'to: [leader]', 'actions: [終わる]', before=WORKFLOW), '「終わる」は使えません', '「完了にする」'),
    Wrong('D108', 11, notify('when: someday', 'to: [leader]'), '「someday」は使えません', '「created」'),
]

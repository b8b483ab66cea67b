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

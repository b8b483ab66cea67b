"""Records made at a button, and the links by which somebody outside answers."""

# ruff: noqa: E501 - one wrong definition, one line

from wrong import Wrong, app_with

FIELDS = (
    '- {name: 相手, type: text}',
    '- {name: 氏名, type: person_name, privacy: personal}',
    '- {name: 報告, type: textarea}',
    '- {name: 担当, type: staff}',
)


def follow_up(rule: str) -> str:
    """follow_up: is line 9, the rule line 10."""
    return app_with(*FIELDS, then=f'follow_up:\n  - {rule}')


def reply_link(*settings: str, by: str = '', asks: str = '報告') -> str:
    """workflow: is line 9, reply_link: line 10, the settings follow."""
    action = f'{{name: 報告する, from: [頼んだ], to: 済み, asks: [{asks}]{by}}}'
    statuses = 'statuses: [{name: 頼んだ}, {name: 済み, done: true}]'
    workflow = f'workflow: {{{statuses}, actions: [{action}]}}'
    return app_with(*FIELDS, then='\n'.join((workflow, 'reply_link:', *(f'  {each}' for each in settings))))


CASES = [
    Wrong('D733', 10, follow_up('{app: sample, by: [staff]}'), 'ボタン(button)で作るときだけ', 'button:'),
    Wrong('D734', 10, follow_up('{app: sample, button: 作る, each: 表}'), '明細の行ごと(each)', 'each: を消す'),
    Wrong('D748', 12, reply_link('action: 報告する', 'shows: [氏名]'), '「氏名」', 'shows: から消す'),
    Wrong('D748', 12, reply_link('action: 報告する', 'shows: [担当]'), '「担当」', '職員'),
    Wrong('D749', 11, reply_link('action: 報告する', 'shows: [相手]', by=', by: [staff]'), 'できる人(by)', 'by: を消す'),
    Wrong('D760', 13, reply_link('action: 報告する', 'shows: [相手]', 'days: 0'), '日数「0」', '366'),
    Wrong('D786', 11, reply_link('action: 報告する', 'shows: [相手]', asks='担当'), '「担当」', 'から外す'),
    Wrong('D108', 11, reply_link('action: 報告', 'shows: [相手]'), '「報告」は使えません', '「報告する」'),
    Wrong('D103', 11, reply_link('shows: [相手]'), '「action」がありません', '書き足す'),
    Wrong('D210', 13, reply_link('action: 報告する', 'shows: [相手]', 'mail: 相手'), '「相手」は種類がちがいます', 'メールアドレス'),
    Wrong('D209', 12, reply_link('action: 報告する', 'shows: [依頼]'), '項目「依頼」', '作って'),
]


def route(start: str) -> str:
    """route: is line 6, start: line 8."""
    return app_with('- {name: 位置, type: location}', then=f'route:\n  location: 位置\n  start: {start}')


CASES += [
    Wrong('D738', 8, route('{name: 役所, latitude: 136.6, longitude: 36.5}'), '緯度「136.6」', '-90から90'),
    Wrong('D103', 8, route('{name: 役所, latitude: 36.5}'), '「longitude」がありません', '書き足す'),
    Wrong('D106', 8, route('{name: 役所, latitude: 北, longitude: 136.6}'), '「latitude」は数値', '数字だけ'),
]

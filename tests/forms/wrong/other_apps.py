"""D6: other apps."""
# ruff: noqa: E501 - one wrong definition, one line

from wrong import Wrong, app_with

FACILITIES = {'facilities': app_with('- {name: 施設名, type: text}', '- {name: 建築日, type: date}')}


def lookup(settings: str, app: str = 'facilities') -> str:
    own = ('- {name: 階数, type: integer}', '- {name: 名前, type: text}')
    return app_with(*own, f'- {{name: 施設, type: lookup, app: {app}, {settings}}}')


REPAIRS = {'repairs': app_with('- {name: 件名, type: text}')}


def follow_up(settings: str) -> str:
    return app_with('- {name: 内容, type: text}', then=f'follow_up:\n  - {{{settings}}}')


PUBLIC_FORM = 'numbering: [{field: 番号}]\npublic_form:\n  fields: [内容]\n  address: tougei'



def told_to_the_world(codes: str) -> str:
    """Line 9 names the codes."""
    told = ('open311:', '  jurisdiction: city.example', f'  codes: {{舗装: {codes}}}', '  service: 種別')
    steps = 'workflow: {statuses: [{name: 受付}, {name: 済, done: true}], actions: [{name: 終える, from: [受付], to: 済}]}'
    return app_with('- {name: 種別, type: select_one, choices: [舗装]}', then='\n'.join((*told, 'numbering: [{field: 番号}]', steps)))


CASES = [
    Wrong(
        'D601',
        7,
        lookup('show: []', app='facilites'),
        '「facilites」はありません',
        '「facilities」に直す',
        others=FACILITIES,
    ),
    Wrong(
        'D602',
        7,
        lookup('show: [施設, 建築日]'),
        '項目「施設」はありません(show)',
        '「施設名」に直す',
        others=FACILITIES,
    ),
    Wrong('D602', 7, lookup('copy: {名前: 名称}'), '項目「名称」はありません(copy)', '足して', others=FACILITIES),
    Wrong('D209', 7, lookup('copy: {名称: 施設名}'), '「名称」', '「名前」', others=FACILITIES),
    Wrong(
        'D604',
        7,
        app_with(
            '- {name: 日, type: date}',
            '- {name: 名前, type: text}',
            '- {name: 施設, type: lookup, app: plans, copy: {日: 表}}',
        ),
        '「表」(明細)は写せません',
        '種類を同じに',
        others={'plans': app_with('- {name: 表, type: subtable, columns: [{name: 日, type: date}]}')},
    ),
    Wrong(
        'D603',
        6,
        app_with('- {name: 甲, type: text}', '- {name: 先, type: lookup, app: other, copy: {甲: 乙}}'),
        'sample.甲 → other.乙 → sample.甲',
        '見せるだけ',
        others={
            'other': app_with('- {name: 乙, type: text}', '- {name: 元, type: lookup, app: sample, copy: {乙: 甲}}')
        },
    ),
    Wrong('D601', 7, follow_up('app: repair'), '「repair」はありません', '「repairs」に直す', others=REPAIRS),
    Wrong('D602', 7, follow_up('app: repairs, copy: {名前: 内容}'), '「名前」はありません(copy)', '足して', others=REPAIRS),
    Wrong('D602', 7, follow_up('app: repairs, link: 元'), '「元」はありません(link)', '足して', others=REPAIRS),
    Wrong('D605', 7, follow_up('app: repairs, link: 件名'), 'このアプリ(sample)を指す', 'link を消して', others=REPAIRS),
    Wrong(
        'D404',
        6,
        app_with(
            '- {name: 施設, type: lookup, app: facilities}', '- {name: 内容, type: text, relevant: IsBlank(施設.建築)}'
        ),
        '「建築」',
        '「建築日」',
        others=FACILITIES,
    ),
    Wrong(
        'D606',
        9,
        app_with('- {name: 内容, type: text}', then=PUBLIC_FORM),
        '「tougei」は、アプリ「other」と同じ',
        'address:',
        others={'other': app_with('- {name: 内容, type: text}', then=PUBLIC_FORM)},
    ),
    Wrong('D607', 8, told_to_the_world('lamp'), '「lamp」は、アプリ「other」', 'jurisdiction', others={'other': told_to_the_world('lamp')}),
]

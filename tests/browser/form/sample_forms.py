"""Forms for the browser tests, in the JSON that definitions give to the entry form."""

from __future__ import annotations

from typing import Any

JSON = dict[str, Any]


def field(name: str, kind: str = 'text', **more: Any) -> JSON:
    """A question with the common keys; `more` overrides them and adds what its type needs."""
    common: JSON = {
        'name': name, 'type': kind, 'widget': kind, 'label': name, 'hint': '', 'input': True, 'width': 'medium', 'privacy': '',
        'valueType': 'text', 'required': False, 'forbidden': False, 'relevant': None, 'readonly': False, 'default': None,
        'calculation': None, 'constraint': None, 'constraintMessage': '',
    }  # fmt: skip
    return {**common, **more}


def choices(*entries: str | JSON) -> list[JSON]:
    plain = [{'value': entry} if isinstance(entry, str) else entry for entry in entries]
    return [
        {'label': entry['value'], 'group': '', 'color': '', 'retired': False, 'columns': {}, **entry} for entry in plain
    ]


def section(title: str, fields: list[JSON], columns: int = 1, help: str = '') -> JSON:
    return {'title': title, 'help': help, 'columns': columns, 'relevant': None, 'fields': fields}


def form(app: str, title: str, sections: list[JSON], on_change: list[JSON] | None = None) -> JSON:
    return {
        'app': app,
        'version': '1',
        'title': title,
        'record_title': [],
        'sections': sections,
        'on_change': on_change or [],
    }


TODAY = {'today': True}
IS_OTHER = {'equals': ['種別', 'その他']}


def request_form() -> JSON:
    """Like road requests: contact, request, dealing with it."""
    kinds = choices('舗装', '側溝', '街路樹', '照明', '標識・白線', '除雪', 'その他')
    dangers = choices(
        {'value': '緊急', 'label': '緊急(今日中)', 'color': 'red'},
        {'value': '急ぎ', 'label': '急ぎ(1週間)', 'color': 'orange'},
        {'value': '通常', 'color': 'blue'},
    )
    ways = choices('電話', '窓口', 'メール', '町会', '巡回')
    contact = [
        field(
            '電話番号',
            'phone',
            widget='text',
            inputMode='tel',
            hint='市外局番から。番号が分からないときは空のままにします。',
        ),
        field('氏名', 'person_name', widget='text'),
        field('フリガナ', 'kana', kanaOf='氏名'),
        field('受付方法', 'select_one', choices=ways, required=True, default={'text': '電話'}, look='dropdown'),
    ]
    request = [
        field('種別', 'select_one', look='buttons', required=True, choices=kinds, other=True, width='full'),
        field(
            '種別_その他',
            companionOf='種別',
            relevant=IS_OTHER,
            required=IS_OTHER,
            width='long',
            label='種別(その他の内容)',
        ),
        field(
            '危険度',
            'select_one',
            look='buttons',
            required=True,
            choices=dangers,
            default={'text': '通常'},
            width='full',
        ),
        field('場所', required=True, width='long', hint='町名と目印。例 見本町1丁目 コンビニの前'),
        field('人数', 'integer', widget='number', unit='人'),
        field('内容', 'textarea', required=True, width='full'),
    ]
    dealing = [
        field('受付日', 'date', required=True, default=TODAY),
        field(
            '現地確認日',
            'date',
            constraint={'until': '現地確認日'},
            constraintMessage='現地確認日は今日までにしてください。',
        ),
        field('対応内容', 'textarea', width='full', relevant={'filled': '現地確認日'}),
        field('費用', 'money', widget='number', unit='円', relevant={'filled': '現地確認日'}),
    ]
    sections = [section('申出者', contact, 2), section('要望の内容', request, 2), section('対応', dealing, 2)]
    return form('requests', '道路要望', sections)


def check_lines() -> list[JSON]:
    """Lines of a master, as a checklist's JSON gives them."""
    places = [
        ('外壁', '外壁にひび割れやはがれがないか', '建物', '外壁'),
        ('屋根', '屋根や屋上に水たまりや破れがないか', '建物', '屋根・屋上'),
        ('雨どい', '雨どいの詰まりや外れがないか', '建物', '雨どい'),
        ('照明', '照明が切れていないか', '設備', '電気'),
        ('消火器', '消火器の期限が過ぎていないか', '設備', '消防'),
    ]
    return [
        {'_row': row, 'label': label, 'retired': False, 'columns': {'種別': kind, '部位': part}}
        for row, label, kind, part in places
    ]


def inspection_form() -> JSON:
    """Like facility inspections: a lookup, a checklist, a live count."""
    results = choices(
        {'value': '無', 'label': '異常なし', 'color': 'green'},
        {'value': '有', 'label': '異常あり', 'color': 'red'},
        {'value': '対象外', 'color': 'gray'},
    )
    found = {'equals': ['結果', '有']}
    columns = [
        field('結果', 'select_one', look='buttons', required=True, choices=results),
        field('不具合箇所', width='long', relevant=found, required=found),
        field(
            '対応',
            'select_one',
            look='dropdown',
            choices=choices('経過観察', '自己対応', '修繕'),
            relevant=found,
            required=found,
        ),
        field('写真', 'photo', maxFiles=3, accept='image/*', relevant=found),
    ]
    target = [
        field(
            '施設',
            'lookup',
            app='facilities',
            show=['種類', '所在地'],
            copy={'所管課': '所管課'},
            required=True,
            valueType='record',
        ),
        field(
            '点検の種類',
            'select_one',
            look='dropdown',
            required=True,
            choices=choices('定期', '日常', '緊急'),
            default={'text': '定期'},
        ),
        field(
            '点検日',
            'date',
            required=True,
            default=TODAY,
            constraint={'until': '点検日'},
            constraintMessage='点検日に先の日付は入れられません。',
        ),
        field('所管課', 'section', widget='lookup'),
    ]
    sheet = field(
        '点検表', 'checklist', width='full', valueType='table', fields=columns, rows=check_lines(), rowLabel='点検内容', rowColumns=['種別', '部位'],
        previous={'same': '施設', 'latest': '点検日'},
    )  # fmt: skip
    summary = [
        field(
            '異常の数',
            'calculation',
            input=False,
            calculation={'count': ['点検表', '結果', '有']},
            result='integer',
            unit='件',
        ),
        field('全体の所見', 'textarea', width='full'),
    ]
    help = 'すべての行の結果を選びます。前回の結果が各行に出ます。'
    return form(
        'inspections',
        '施設点検',
        [section('点検の対象', target, 2), section('点検表', [sheet], help=help), section('まとめ', summary, 2)],
    )


def everything_form() -> JSON:
    """One field of each remaining look, and a rule on change."""
    moves = [
        field('移動日', 'date', default=TODAY),
        field('移動元'),
        field('移動先', required=True),
    ]
    goods = [
        field('品目', required=True),
        field('数量', 'integer', widget='number', digits=0, unit='個', min=1),
        field('済', 'yes_no', yesLabel='済', noLabel='未'),
    ]
    plain = [
        field('居場所', 'select_one', look='radio', choices=choices('見本体育館', '例示公民館', '退所')),
        field('開始', 'datetime'),
        field('時刻', 'time'),
        field('建築年', 'partial_date', widget='text'),
        field('公開', 'yes_no', yesLabel='公開してよい', noLabel='公開しない'),
        field(
            '配慮',
            'select_multiple',
            look='checkboxes',
            other=True,
            choices=choices(
                {'value': '車いす', 'group': '移動'},
                {'value': '杖', 'group': '移動'},
                {'value': '通訳', 'group': 'ことば'},
                {'value': 'その他', 'group': 'ことば'},
            ),
        ),
        field('郵便番号', 'postal_code', width='short'),
        field('単価', 'decimal', widget='number', digits=2, unit='円', width='short'),
        field('位置', 'location', width='full', valueType='record'),
        field('写真', 'photo', maxFiles=5, accept='image/*', width='full'),
        field('資料', 'attachment', maxFiles=3, accept='.pdf,.txt', width='full'),
        field('説明', 'note', input=False, text='ここから先は担当者が記入します。', width='full'),
        field('受付番号', readonly=True),
    ]
    tables = [
        field(
            '物資', 'subtable', width='full', fields=goods, appendOnly=False, minRows=0, maxRows=0, valueType='table'
        ),
        field(
            '移動履歴', 'subtable', width='full', fields=moves, appendOnly=True, minRows=0, maxRows=0, valueType='table'
        ),
    ]
    moved = {'field': '居場所', 'not_first': True, 'add_row': '移動履歴', 'clear': ['時刻'], 'offer_same': '', 'message': '移動履歴を確認してください。',
             'prefill': {'移動元': {'old': '居場所'}, '移動先': {'value': '居場所'}, '移動日': TODAY}}  # fmt: skip
    return form('everything', '見本', [section('いろいろな項目', plain, 2), section('明細', tables)], [moved])


FORMS = {'request': request_form, 'inspection': inspection_form, 'everything': everything_form}

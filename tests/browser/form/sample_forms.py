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
    return [{'label': entry['value'], 'group': '', 'color': '', 'retired': False, 'columns': {}, **entry} for entry in plain]


def section(title: str, fields: list[JSON], columns: int = 1, help: str = '') -> JSON:
    return {'title': title, 'help': help, 'columns': columns, 'relevant': None, 'fields': fields}


def form(app: str, title: str, sections: list[JSON], on_change: list[JSON] | None = None) -> JSON:
    return {'app': app, 'version': '1', 'title': title, 'record_title': [], 'sections': sections, 'on_change': on_change or []}


TODAY = {'today': True}


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
        field('電話番号', 'phone', widget='text', inputMode='tel', hint='市外局番から。番号が分からないときは空のままにします。'),
        field('氏名', 'person_name', widget='text'),
        field('フリガナ', 'kana', kanaOf='氏名'),
        field('受付方法', 'select_one', choices=ways, required=True, default={'text': '電話'}, look='dropdown'),
    ]
    request = [
        field('種別', 'select_one', look='buttons', required=True, choices=kinds, other=True, width='full'),
        field('危険度', 'select_one', look='buttons', required=True, choices=dangers, default={'text': '通常'}, width='full'),
        field('場所', required=True, width='long', hint='町名と目印。例 見本町1丁目 コンビニの前'),
        field('人数', 'integer', widget='number', unit='人'),
        field('内容', 'textarea', required=True, width='full'),
    ]
    dealing = [
        field('受付日', 'date', required=True, default=TODAY),
        field('現地確認日', 'date', constraint={'until': '現地確認日'}, constraintMessage='現地確認日は今日までにしてください。'),
        field('対応内容', 'textarea', width='full', relevant={'filled': '現地確認日'}),
        field('費用', 'money', widget='money', relevant={'filled': '現地確認日'}),
    ]
    sections = [section('申出者', contact, 2), section('要望の内容', request, 2), section('対応', dealing, 2)]
    return form('requests', '道路要望', sections)


FORMS = {'request': request_form}

"""What everybody may know of a lottery: rules and commitment before, the fixed list's hash, the result once told."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from apps.addresses import prefix_of
from apps.api.draws import BYTE_ORDER_MARK, attached
from apps.operations.ceremony import DRAWS
from apps.outcome import Refused
from apps.public.addresses import FORMS, draw_address
from apps.public.form.counter import Counter, OpenForm
from apps.public.form.page import html_page
from apps.reading.lottery_standing import rules_json
from apps.reading.shown import moment_text
from forms.capabilities.lottery import Lottery
from forms.capabilities.period import told
from forms.japanese.search_key import search_key

if TYPE_CHECKING:
    from apps.context import AppContext

TOOLS = Path(__file__).resolve().parents[3] / 'docs' / 'lottery'
_KINDS = {'check_draw.py': 'text/x-python', 'check.html': 'text/html'}


class Line(BaseModel):
    """Whose line of the result."""

    model_config = ConfigDict(extra='forbid')

    number: str = Field(max_length=100)


def register(server: FastAPI, context: AppContext, counter: Counter) -> None:
    """The page of a lottery, its files, and one line of its result."""

    def lottery_at(request: Request, address: str) -> tuple[OpenForm, Lottery, Mapping[str, Any]]:
        counter.admit(request)
        form = counter.form(address)
        lottery = form.definition.capabilities.get('lottery') if form is not None else None
        if form is None or not isinstance(lottery, Lottery):
            raise HTTPException(404)
        return form, lottery, context.store.get(DRAWS, form.definition.name) or {}

    @server.get(FORMS + '/{address}/draw', include_in_schema=False)
    async def page(request: Request, address: str) -> Response:
        return _page(*lottery_at(request, address), prefix_of(request))

    @server.get(FORMS + '/{address}/draw/rules.json', include_in_schema=False)
    async def rules(request: Request, address: str) -> Response:
        form, _, _ = lottery_at(request, address)
        return attached(rules_json(form.definition), f'{form.title}_抽選の規則.json', 'application/json')

    @server.get(FORMS + '/{address}/draw/result.csv', include_in_schema=False)
    async def result(request: Request, address: str) -> Response:
        form, _, kept = lottery_at(request, address)
        if not is_told(form, kept):
            raise HTTPException(404)
        return attached(BYTE_ORDER_MARK + kept['result'], f'{form.title}_抽選結果.csv', 'text/csv')

    @server.get(FORMS + '/{address}/draw/tools/{name}', include_in_schema=False)
    async def tool(request: Request, address: str, name: str) -> Response:
        lottery_at(request, address)
        if name not in _KINDS:
            raise HTTPException(404)
        return FileResponse(TOOLS / name, media_type=_KINDS[name], filename=name)

    @server.post(FORMS + '/{address}/draw/line', include_in_schema=False)
    async def line(request: Request, address: str, given: Line) -> dict[str, Any]:
        form, _, kept = lottery_at(request, address)
        wanted = search_key(given.number).strip()
        drawn = kept['drawn'] if is_told(form, kept) else ()
        found = next((each for each in drawn if search_key(each['id']) == wanted), None)
        if found is None:
            raise Refused('not_found', detail='この番号の結果はありません。番号を確かめてください。')
        waiting = f' 補欠{found["waiting"]}番' if found['waiting'] else ''
        pairs = (
            ('受付番号', found['id']),
            ('結果', found['outcome']),
            ('回', f'{found["session"]}{waiting}'.strip()),
            ('抽選順', f'{found["order"]:,}番目'),
            ('くじ', found['ticket']),
        )
        return {'lines': [{'label': label, 'text': text} for label, text in pairs if text]}


def is_told(form: OpenForm, kept: Mapping[str, Any]) -> bool:
    """Whether the result is everybody's by now."""
    return bool(kept.get('seed')) and (form.period is None or form.period.is_announced(form.now))


def _page(form: OpenForm, lottery: Lottery, kept: Mapping[str, Any], prefix: str) -> HTMLResponse:
    here = prefix + draw_address(form.address)
    parts = [_before(lottery, kept, here)]
    if kept.get('list_hash'):
        about = f'{kept["list_count"]:,}件の申込みの一覧を、{moment_text(kept["listed_at"])}に確定しました。'
        parts.append(_card('申込みの一覧', f'<p>{about}</p>{_hashes([("一覧のハッシュ", kept["list_hash"])])}'))
    settings = None
    if is_told(form, kept):
        parts.append(_after(kept, here))
        settings = {'page': 'line', 'url': f'{here}/line', 'form': here, 'words': _LINE_WORDS}
    elif form.period is not None and form.period.announced is not None:
        parts.append(f'<p class="note">結果は{told(form.period.announced)}に、ここで公表します。</p>')
    head = f'<h1>{escape(form.title)} 抽選の公表</h1>'
    title = f'抽選の公表 - {form.title}'
    return html_page(title=title, head=head, body=''.join(parts), prefix=prefix, settings=settings)


_LINE_WORDS = {
    'number': '受付番号',
    'look_up': '自分の結果を見る',
    'own_found': 'この番号の結果',
    'needed': '受付番号を入力してください。',
    'trouble': '読み取れませんでした。少し待ってから、もう一度押してください。',
}


def _before(lottery: Lottery, kept: Mapping[str, Any], here: str) -> str:
    sessions = ''.join(
        f'<li>{escape(each.name)} 定員{each.capacity:,}人'
        + (f' {told(each.starts)}から' if each.starts else '')
        + '</li>'
        for each in lottery.sessions
    )
    value = escape(lottery.public_value) or '抽選の場で、皆さんの前で決めます。'
    commitment = _hashes([('秘密の値のハッシュ', kept['commitment'])]) if kept.get('commitment') else ''
    rules = f'<p><a href="{escape(here)}/rules.json">抽選の規則(JSON)を受け取る</a></p>'
    return _card('抽選のしかた', f'<ul>{sessions}</ul><p>使う公開の値: {value}</p>{commitment}{rules}')


def _after(kept: Mapping[str, Any], here: str) -> str:
    because = kept.get('because')
    again = f'<p>再抽選({kept["draws"]}回目)です。理由: {escape(because["reason"])}</p>' if because else ''
    values = _hashes([('秘密の値', kept['secret']), ('公開の値', kept['value']), ('抽選の種', kept['seed'])])
    links = ''.join(
        f'<li><a href="{escape(here)}/{name}">{words}</a></li>'
        for name, words in (
            ('result.csv', '結果のファイル(CSV)'),
            ('tools/check.html', 'ブラウザーで確かめるページ'),
            ('tools/check_draw.py', 'Pythonで確かめるプログラム'),
        )
    )
    words = '番号と結果の一覧です。氏名は載っていません。だれでも計算し直して、確かめられます。'
    return _card('抽選の結果', f'{again}<p>{words}</p>{values}<ul class="files">{links}</ul>')


def _card(title: str, body: str) -> str:
    return f'<section class="card"><h2>{title}</h2>{body}</section>'


def _hashes(pairs: list[tuple[str, str]]) -> str:
    lines = ''.join(f'<div><dt>{label}</dt><dd class="hash">{escape(text)}</dd></div>' for label, text in pairs)
    return f'<dl class="lines">{lines}</dl>'

"""The addresses of the public forms: the list, a form, one's own application, and what is sent to them."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from html import escape
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from apps.addresses import prefix_of
from apps.api.places import LONGEST, MOST, places_told
from apps.api.postal import areas_told
from apps.api.problem import problem_response
from apps.outcome import Refused
from apps.public.addresses import FORMS, draw_address, form_address, own_address
from apps.public.form import draw_page, photos
from apps.public.form.counter import Counter, OpenForm
from apps.public.form.page import html_page, told
from apps.public.form.visits import begun, visit_of
from apps.public.form.words import words
from apps.public.reports import beside_form
from apps.public.reports import pages as reports
from forms.public_form_json import easy_words

if TYPE_CHECKING:
    from apps.context import AppContext

_LONGEST = 200_000
"""Bytes of one application: a form full of long texts in kanji, and no more."""


class Application(BaseModel):
    """As the entry form sends it; version and opened_at tell which form was seen since when."""

    model_config = ConfigDict(extra='ignore')

    request_id: str = Field(min_length=22, max_length=64, pattern=r'^[A-Za-z0-9._:-]+$')
    values: dict[str, Any]


class Own(BaseModel):
    """How an applicant shows that an application is theirs."""

    model_config = ConfigDict(extra='forbid')

    number: str = Field(max_length=100)
    code: str = Field(max_length=100)


class Answer(Own):
    """What the applicant does with their application."""

    action: str = Field(max_length=100)


def register(server: FastAPI, context: AppContext) -> None:
    """Make the public forms known; before the waiting room's display, whose address would catch the list of forms."""
    counter = Counter(context)
    draw_page.register(server, context, counter)
    photos.register(server, context, counter)
    reports.register(server, context, counter)

    def form_of(address: str) -> OpenForm:
        found = counter.form(address)
        if found is None:
            raise HTTPException(404)
        return found

    @server.get(FORMS, include_in_schema=False)
    async def index(request: Request) -> Response:
        counter.admit(request)
        return _index(counter.forms(), prefix_of(request))

    @server.get(FORMS + '/{address}', include_in_schema=False)
    async def page(request: Request, address: str, lang: str = '') -> Response:
        counter.admit(request)
        return begun(request, _form_page(counter, form_of(address), prefix_of(request), lang == 'easy'))

    @server.get(FORMS + '/{address}/own', include_in_schema=False)
    async def own_page(request: Request, address: str, lang: str = '') -> Response:
        counter.admit(request)
        return begun(request, _own_page(form_of(address), prefix_of(request), lang == 'easy'))

    @server.post(FORMS + '/{address}/applications', include_in_schema=False)
    async def send(request: Request, address: str, given: Application, lang: str = '') -> Any:
        counter.admit(request)
        form = form_of(address)
        if len(await request.body()) > _LONGEST:
            return problem_response('too_large', '入力の文字が多すぎます。短くしてください。')
        counter.limits.check('public_send', f'{address}/{visit_of(request)}')
        try:
            return await counter.apply(form, given.values, given.request_id)
        except Refused as refused:
            return _refusal(refused, form, lang == 'easy')

    @server.post(FORMS + '/{address}/own', include_in_schema=False)
    async def own(request: Request, address: str, given: Own, lang: str = '') -> dict[str, Any]:
        counter.admit(request)
        return counter.own(form_of(address), given.number, given.code, easy=lang == 'easy')

    @server.post(FORMS + '/{address}/own/answer', include_in_schema=False)
    async def answer(request: Request, address: str, given: Answer, lang: str = '') -> dict[str, Any]:
        counter.admit(request)
        easy = lang == 'easy'
        return await counter.answer(form_of(address), given.number, given.code, given.action, easy=easy)

    @server.get(FORMS + '/{address}/api/postal/{code}', include_in_schema=False)
    async def postal(request: Request, address: str, code: str) -> dict[str, Any]:
        counter.admit(request)
        form_of(address)
        return areas_told(context, code)

    @server.get(FORMS + '/{address}/api/apps/{app}/places', include_in_schema=False)
    async def places(request: Request, address: str, app: str, q: str = '', limit: int = 8) -> dict[str, Any]:
        counter.admit(request)
        form = form_of(address)
        if app != form.definition.name or not form.asks('place', 'location'):
            raise HTTPException(404)
        return await run_in_threadpool(places_told, context, q[:LONGEST], max(1, min(limit, MOST)))


def _index(forms: list[OpenForm], prefix: str) -> HTMLResponse:
    items = ''.join(
        f'<li><a href="{escape(prefix + form_address(each.address))}">{escape(each.title)}</a>'
        f'<p>{escape(each.period_text(easy=False))}</p></li>'
        for each in forms
    )
    body = f'<ul class="forms">{items}</ul>' if items else '<p class="note">いま受け付けている申込みはありません。</p>'
    return html_page(title='申込みフォーム', head='<h1>申込みフォーム</h1>', body=body, prefix=prefix)


def _head(form: OpenForm, prefix: str, easy: bool, here: str) -> str:
    other = '' if easy else '?lang=easy'
    return (
        f'<h1>{escape(form.title)}</h1><nav aria-label="ことば">'
        f'<a class="language" href="{escape(prefix + here + other)}">{escape(words(easy).other_language)}</a></nav>'
    )


def _form_page(counter: Counter, form: OpenForm, prefix: str, easy: bool) -> HTMLResponse:
    said = words(easy)
    query = '?lang=easy' if easy else ''
    own = f'{prefix}{own_address(form.address)}{query}'
    intro = form.intro(easy)
    period = form.period_text(easy=easy)
    body = (
        (f'<p class="period">{escape(period)}</p>' if period else '')
        + ''.join(f'<p class="intro">{escape(each)}</p>' for each in intro.splitlines() if each.strip())
        + f'<p class="own-link"><a href="{escape(own)}">{escape(said.own)}</a></p>'
        + _draw_link(form, prefix, easy)
        + beside_form.links(form, prefix, easy=easy)
    )
    settings = counter.form_settings(form, prefix, easy) | {'words': told(easy), 'own': own} if form.is_open else None
    if settings is not None:
        settings |= beside_form.settings(form, prefix, easy=easy)
    head = _head(form, prefix, easy, form_address(form.address))
    return html_page(title=form.title, head=head, body=body, prefix=prefix, easy=easy, settings=settings)


def _draw_link(form: OpenForm, prefix: str, easy: bool) -> str:
    """To what is published about the lottery, where there is one."""
    if 'lottery' not in form.definition.capabilities:
        return ''
    address = escape(prefix + draw_address(form.address))
    return f'<p class="own-link"><a href="{address}">{escape(words(easy).draw)}</a></p>'


def _own_page(form: OpenForm, prefix: str, easy: bool) -> HTMLResponse:
    said = words(easy)
    query = '?lang=easy' if easy else ''
    here = own_address(form.address)
    settings = {
        'page': 'own',
        'words': told(easy),
        'url': f'{prefix}{here}{query}',
        'answerUrl': f'{prefix}{here}/answer{query}',
        'feedbackUrl': f'{prefix}{here}/feedback{query}',
        'form': f'{prefix}{form_address(form.address)}{query}',
    }
    body = f'<h2>{escape(said.own_title)}</h2><p>{escape(said.own_text)}</p>'
    title = f'{said.own_title} - {form.title}'
    head = _head(form, prefix, easy, here)
    return html_page(title=title, head=head, body=body, prefix=prefix, easy=easy, settings=settings)


def _refusal(refused: Refused, form: OpenForm, easy: bool) -> Response:
    """A refusal as problem details; in easy Japanese fields are called as on the form."""
    names = easy_words(form.definition, form.form) if easy else {}
    messages = [
        replace(each, text=reduce(lambda text, pair: text.replace(*pair), names.items(), each.text))
        for each in refused.messages
    ]
    return problem_response(refused.kind, refused.detail if not messages else '', messages)

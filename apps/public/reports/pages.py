"""The addresses of the released reports below a public form: list, map, likely same ones, «me too», status."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict
from html import escape
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import FastAPI, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from apps.addresses import prefix_of
from apps.map.answers import box_of
from apps.operations.from_citizens import FromCitizens
from apps.outcome import Refused
from apps.public.addresses import FORMS, form_address, reports_address, status_address
from apps.public.form.counter import Counter, OpenForm
from apps.public.form.page import html_page, told
from apps.public.form.visits import begun, visit_of
from apps.public.form.words import words as form_words
from apps.public.maps import SETTINGS
from apps.public.reports.list_part import ListPart, where_asked
from apps.public.reports.pins import looks, pins_told
from apps.public.reports.released import ReleasedReports, filtered, rules_of
from apps.public.reports.words import words
from forms.capabilities.public_reports import PublicReports

if TYPE_CHECKING:
    from apps.context import AppContext

BROWSER: Final = 'madoguchi_me_too'
"""A cookie without meaning, by which a browser is counted once."""
_A_YEAR: Final = 365 * 24 * 3600
_NOT_FOUND: Final = 'この番号のお知らせは見つかりません。番号を確かめてください。'


At = Callable[[Request, str], tuple[OpenForm, PublicReports]]
"""The form of an address and what its app makes public. Raises HTTPException 404."""


class Numbered(BaseModel):
    """A report by the number that everybody may know."""

    model_config = ConfigDict(extra='forbid')

    number: str = Field(max_length=100)


class Answered(Numbered):
    """Whether it was put right, by who has the code."""

    code: str = Field(max_length=100)
    well: bool
    words: str = Field(default='', max_length=1_000)


def register(server: FastAPI, context: AppContext, counter: Counter) -> None:
    """Answered only for apps that say what is public; every other address is as if it were not there."""
    reports = ReleasedReports(context, FromCitizens(context.store, context.transactions, context.operations))

    def at(request: Request, address: str) -> tuple[OpenForm, PublicReports]:
        counter.admit(request)
        form = counter.form(address)
        rules = rules_of(form.definition) if form is not None else None
        if form is None or rules is None:
            raise HTTPException(404)
        return form, rules

    @server.get(FORMS + '/{address}/reports', include_in_schema=False)
    async def page(request: Request, address: str, lang: str = '') -> Response:
        form, rules = at(request, address)
        easy, prefix, asked = lang == 'easy', prefix_of(request), where_asked(request.query_params)
        spots = await run_in_threadpool(reports.spots, form.definition, rules)
        drawn = ListPart(reports, form, rules, prefix, easy)
        body = await run_in_threadpool(drawn.html, spots, asked)
        settings = _settings(form, rules, prefix, asked, easy)
        return html_page(
            title=f'{words(easy).title} - {form.title}',
            head=_head(form, prefix, reports_address(form.address), words(easy).title, easy),
            body=body,
            prefix=prefix,
            easy=easy,
            settings=settings,
            script='public_reports.js',
        )

    @server.get(FORMS + '/{address}/reports/pins', include_in_schema=False)
    async def pins(
        request: Request,
        address: str,
        box: Annotated[str, Query(max_length=100)],
        zoom: Annotated[int, Query(ge=0, le=24)],
    ) -> dict[str, Any]:
        form, rules = at(request, address)
        if not rules.location:
            raise HTTPException(404)
        asked = where_asked(request.query_params)
        wanted = filtered(await run_in_threadpool(reports.spots, form.definition, rules), asked)
        return await run_in_threadpool(pins_told, reports, (form.definition, rules), wanted, box_of(box), zoom)

    @server.get(FORMS + '/{address}/reports/near', include_in_schema=False)
    async def near(
        request: Request,
        address: str,
        lat: Annotated[float, Query(ge=-90, le=90)],
        lon: Annotated[float, Query(ge=-180, le=180)],
        category: Annotated[str, Query(max_length=100)] = '',
    ) -> dict[str, Any]:
        form, rules = at(request, address)
        found = await run_in_threadpool(reports.near, form.definition, rules, (lat, lon), category)
        each_told = ((reports.told(form.definition, rules, spot), metres) for spot, metres in found)
        return {'near': [{**each, 'metres': metres} for each, metres in each_told if each is not None]}

    _register_sayings(server, counter, at, reports)


def _register_sayings(server: FastAPI, counter: Counter, at: At, reports: ReleasedReports) -> None:
    """What is sent: that somebody meets the same, a number, whether it was put right."""
    citizens = reports.citizens

    @server.post(FORMS + '/{address}/reports/me-too', include_in_schema=False)
    async def me_too(request: Request, address: str, given: Numbered) -> Response:
        form, rules = at(request, address)
        counter.limits.check('public_send', f'me-too/{visit_of(request)}')
        spot = await run_in_threadpool(reports.find, form.definition, rules, given.number) if rules.me_too else None
        if spot is None:
            raise Refused('not_found', detail=_NOT_FOUND)
        # A cookie is thrown away easily: whoever counts with many is slowed down by where they are.
        where = request.client.host if request.client else ''
        counter.limits.check('public_send', f'me-too/{form.definition.name}/{spot.id}/{where}')
        browser = request.cookies.get(BROWSER, '')[:40] or secrets.token_urlsafe(16)
        count = await citizens.say_me_too(form.definition.name, spot.id, browser)
        answer = JSONResponse({'meToo': count})
        secure = request.url.scheme == 'https'
        answer.set_cookie(BROWSER, browser, max_age=_A_YEAR, httponly=True, samesite='strict', secure=secure)
        return answer

    @server.get(FORMS + '/{address}/status', include_in_schema=False)
    async def status_page(request: Request, address: str, lang: str = '') -> Response:
        form, rules = at(request, address)
        if not rules.by_number:
            raise HTTPException(404)
        easy, prefix = lang == 'easy', prefix_of(request)
        return begun(request, _status_page(form, prefix, easy))

    @server.post(FORMS + '/{address}/status', include_in_schema=False)
    async def status(request: Request, address: str, given: Numbered, lang: str = '') -> dict[str, Any]:
        form, rules = at(request, address)
        if not rules.by_number:
            raise HTTPException(404)
        said = words(lang == 'easy')
        category, state = await run_in_threadpool(counter.standing, form, rules, given.number)
        pairs = ((said.category, category), (said.status, state))
        return {'lines': [{'label': label, 'text': text} for label, text in pairs]}

    @server.post(FORMS + '/{address}/own/feedback', include_in_schema=False)
    async def feedback(request: Request, address: str, given: Answered, lang: str = '') -> dict[str, Any]:
        form, rules = at(request, address)
        if rules.asks is None:
            raise HTTPException(404)
        found = counter.own_record(form, given.number, given.code)
        await citizens.answer(form.definition, found.doc_id, well=given.well, words=given.words)
        return {'done': True, 'text': words(lang == 'easy').thanks}


def _head(form: OpenForm, prefix: str, here: str, title: str, easy: bool) -> str:
    other = '' if easy else '?lang=easy'
    language = escape(form_words(easy).other_language)
    return (
        f'<h1>{escape(form.title)} <small>{escape(title)}</small></h1><nav aria-label="ことば">'
        f'<a class="language" href="{escape(prefix + here + other)}">{language}</a></nav>'
    )


def _settings(
    form: OpenForm, rules: PublicReports, prefix: str, asked: Mapping[str, str], easy: bool
) -> dict[str, Any]:
    here = prefix + reports_address(form.address)
    return {
        'words': asdict(words(easy)),
        'meToo': f'{here}/me-too' if rules.me_too else '',
        'map': prefix + SETTINGS if rules.location else '',
        'pins': f'{here}/pins',
        'asked': {key: asked[key] for key in ('category', 'status') if asked.get(key)},
        'looks': looks(form.definition, rules),
    }


def _status_page(form: OpenForm, prefix: str, easy: bool) -> Response:
    said = words(easy)
    query = '?lang=easy' if easy else ''
    here = status_address(form.address)
    own = f'{prefix}{form_address(form.address)}/own'
    settings = {
        'page': 'status',
        'words': asdict(said) | told(easy) | {key: getattr(said, key) for key in ('number', 'code', 'needed')},
        'url': f'{prefix}{here}{query}',
        'ownUrl': f'{own}{query}',
        'answerUrl': f'{own}/answer{query}',
        'feedbackUrl': f'{own}/feedback{query}',
        'form': f'{prefix}{form_address(form.address)}{query}',
    }
    body = f'<h2>{escape(said.look_up_title)}</h2><p>{escape(said.look_up_text)}</p>'
    title = f'{said.look_up_title} - {form.title}'
    head = _head(form, prefix, here, said.look_up_title, easy)
    return html_page(title=title, head=head, body=body, prefix=prefix, easy=easy, settings=settings)

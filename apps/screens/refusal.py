"""What a person sees instead of a screen: not found, not allowed, something failed. Always with a way on."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from fastapi.exception_handlers import http_exception_handler
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from apps.addresses import HOME, prefix_of
from apps.api.problem import KINDS, problem_response
from apps.outcome import Refused
from apps.security_headers import every_header
from apps.tags import icon, link, tag

if TYPE_CHECKING:
    from apps.frame import Frame

NOT_FOUND = ('ページが見つかりません', 'アドレスがまちがっているか、記録が削除されたのかもしれません。')
FAILURE = (
    'うまく表示できませんでした',
    'もう一度開いても同じときは、システム管理者に知らせてください。入力の途中だった内容は、このパソコンに残っています。',
)
PLAIN_FAILURE = 'しばらくしてから、もう一度お試しください。何度も出るときは、担当の窓口に知らせてください。'
"""For visitors as well, who know of no administrator."""


def draw_not_found(frame: Frame, text: str = NOT_FOUND[1]) -> None:
    """No such app, view or record; also for those that this person may not even know of."""
    frame.client.status_code = 404
    _draw(frame, 'search_off', NOT_FOUND[0], text)


def draw_not_allowed(frame: Frame, text: str) -> None:
    """They may know that it is there, but not do this. text: what is not allowed and who can change that."""
    frame.client.status_code = 403
    _draw(frame, 'lock', 'この操作はできません', text)


def draw_failure(frame: Frame) -> None:
    """A mistake of ours; the log has it."""
    frame.client.status_code = 500
    _draw(frame, 'error', *FAILURE)


def draw_page_failure() -> None:
    """The same when not even the frame could be drawn."""
    with tag('main', '', 'page'):
        tag('h1', FAILURE[0], 'page-title')
        tag('p', FAILURE[1])
        link('ホームへ', HOME, 'button solid')


def _draw(frame: Frame, icon_name: str, title: str, text: str) -> None:
    frame.title(title)
    with tag('div', '', 'refusal'):
        with tag('span', '', 'app-mark'):
            icon(icon_name)
        tag('h1', title, 'page-title')
        tag('p', text)
        link('ホームへ', HOME, 'button solid')


def refused_response(request: Request, refused: Refused, style: str) -> Response:
    """The answer of a page that is drawn by no frame to somebody who may not have it."""
    status, title = KINDS[refused.kind]
    return _plain_page(request, title, escape(refused.detail or NOT_FOUND[1]), style, status)


async def not_found_response(request: Request, error: Exception, style: str) -> Response:
    """The answer to an address that nothing serves: JSON for programs, a page for people."""
    if request.url.path.startswith('/api/'):
        return problem_response('not_found', 'このアドレスには何もありません。')
    is_read_by_people = 'text/html' in request.headers.get('accept', '')
    if request.scope.get('endpoint') is not None and isinstance(error, HTTPException) and not is_read_by_people:
        return await http_exception_handler(request, error)
    return _plain_page(request, *NOT_FOUND, style, 404)


async def failure_response(request: Request, error: Exception, style: str) -> Response:
    """The answer to a fault that nobody foresaw, on pages that are drawn by no frame. The log has it.

    It is given outside of the wall, so it brings the wall's headers itself.
    """
    if request.url.path.startswith('/api/'):
        answer: Response = problem_response('failure')
    else:
        answer = _plain_page(request, FAILURE[0], PLAIN_FAILURE, style, 500)
    answer.headers.update(every_header())
    return answer


def _plain_page(request: Request, title: str, text: str, style: str, status: int) -> Response:
    home = escape(prefix_of(request) + HOME)
    is_for_staff = not request.url.path.startswith('/public/')
    way_out = f'<p><a class="button solid" href="{home}">ホームへ</a></p>' if is_for_staff else ''
    return HTMLResponse(
        f'<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>{title} - 窓口</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="{escape(style)}"></head><body><main class="door"><div class="door-card">'
        f'<h1 class="page-title">{title}</h1><p>{text}</p>{way_out}</div></main></body></html>',
        status,
    )

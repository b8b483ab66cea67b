"""The pages of somebody who is signed in and may not go on yet: a new password to choose, a locked screen to open."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from nicegui import app
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from apps.addresses import LOCKED, NEW_PASSWORD, SIGN_IN, SIGN_OUT, prefix_of
from apps.api.session import local_path
from apps.design import design_address
from apps.passwords import MISTAKES, SHORTEST
from apps.screens.door import error, field, page
from apps.security import session_token

if TYPE_CHECKING:
    from apps.context import AppContext
    from apps.sessions import Session


def register(context: AppContext) -> None:
    """Make these pages known. What they send goes to apps/api/session and apps/api/operators."""

    @app.get(NEW_PASSWORD, include_in_schema=False)
    def new_password_page(request: Request) -> Response:
        session = _barred(context, request, 'password')
        return _new_password(context, request) if session else _past(request)

    @app.get(LOCKED, include_in_schema=False)
    def locked_page(request: Request) -> Response:
        session = _barred(context, request, 'locked')
        return _locked(context, request) if session else _past(request)


def _barred(context: AppContext, request: Request, why: str) -> Session | None:
    session = context.sessions.find(session_token(request.scope))
    return session if session is not None and session.barred == why else None


def _past(request: Request) -> Response:
    """There is nothing to do here: on to where they wanted to go."""
    goal = local_path(request.query_params.get('to', ''))
    return RedirectResponse(prefix_of(request) + goal, 303)


def _new_password(context: AppContext, request: Request) -> Response:
    prefix, goal = prefix_of(request), local_path(request.query_params.get('to', ''))
    wrong = MISTAKES.get(request.query_params.get('wrong', ''), '')
    body = (
        f'<h1 class="door-title">新しいパスワードを決める</h1>{error(wrong)}'
        '<p>いまのパスワードは、はじめの1回だけのものです。自分のパスワードを決めると、先へ進めます。</p>'
        f'<form method="post" action="{escape(prefix + NEW_PASSWORD)}">'
        f'<input type="hidden" name="to" value="{escape(goal)}">'
        + field('password', '新しいパスワード', 'new-password', f'{SHORTEST}文字以上。', kind='password', focus=True)
        + field('again', '新しいパスワード(もう一度)', 'new-password', kind='password')
        + '<button class="button solid large wide door-button" type="submit">決めて先へ進む</button></form>'
        f'<form method="post" action="{escape(prefix + SIGN_OUT)}">'
        '<button class="button plain" type="submit">サインアウト</button></form>'
    )
    return page(context, request, '新しいパスワードを決める', body, 422 if wrong else 200)


def _locked(context: AppContext, request: Request) -> Response:
    """The same dialog as over an open page; with nothing behind it."""
    prefix, goal = prefix_of(request), local_path(request.query_params.get('to', ''))
    body = (
        '<h1 class="door-title">画面をロックしました</h1>'
        f'<p><a class="button solid" href="{escape(prefix + SIGN_IN)}?to={quote(goal, safe="")}">開く</a></p>'
        f'<div id="operator" hidden data-locked="true" data-prefix="{escape(prefix)}"'
        f' data-goal="{escape(prefix + goal)}"></div>'
        f'<script type="module" src="{escape(prefix + design_address("operator.js"))}"></script>'
    )
    return page(context, request, '画面をロックしました', body, 200)

"""Signing in and out, and the first administrator: plain forms that set the cookie, so that password managers work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from apps.api.problem import problem_response
from apps.outcome import Refused
from apps.security import COOKIE, session_token

if TYPE_CHECKING:
    from apps.accounts import Account
    from apps.context import AppContext

WRONG = '利用者IDかパスワードがちがいます。続けてまちがえると、しばらくサインインできなくなります。'
"""The same for an unknown account, a wrong password, a disabled and a shut account."""


class SignIn(BaseModel):
    model_config = ConfigDict(extra='forbid')

    account: str
    password: str


def register(router: APIRouter, context: AppContext) -> None:
    @router.get('/api/v1/session', summary='サインインしている人')
    def who(request: Request) -> Response:
        person = request.state.person
        if person is None:
            return problem_response('unauthorized', 'サインインしてください。')
        return JSONResponse({'account': person.account, 'name': person.name, 'roles': person.roles})

    @router.post('/api/v1/session', status_code=201, summary='サインイン')
    async def open_session(request: Request, given: SignIn) -> Response:
        account = await context.accounts.sign_in(given.account, given.password)
        if account is None:
            return problem_response('unauthorized', WRONG)
        body: dict[str, Any] = {'account': account.account, 'name': account.name, 'roles': account.roles}
        return _entered(request, context, account, JSONResponse(body, 201))

    @router.delete('/api/v1/session', summary='サインアウト')
    def close_session(request: Request) -> Response:
        context.sessions.close(session_token(request.scope))
        return _without_cookie(JSONResponse({}))

    @router.post('/sign-in', include_in_schema=False)
    async def sign_in(request: Request) -> Response:
        form = await request.form()
        goal = local_path(str(form.get('to', '')))
        account = await context.accounts.sign_in(str(form.get('account', '')).strip(), str(form.get('password', '')))
        if account is None:
            return RedirectResponse(f'/sign-in?wrong=1&to={quote(goal)}', 303)
        return _entered(request, context, account, RedirectResponse(goal, 303))

    @router.post('/sign-out', include_in_schema=False)
    def sign_out(request: Request) -> Response:
        context.sessions.close(session_token(request.scope))
        return _without_cookie(RedirectResponse('/sign-in', 303))

    @router.post('/set-up/{token}', include_in_schema=False)
    async def set_up(request: Request, token: str) -> Response:
        form = await request.form()
        name, password = str(form.get('name', '')), str(form.get('password', ''))
        try:
            account = await context.set_up.redeem(token, str(form.get('account', '')).strip(), name, password)
        except Refused as refused:
            kept = {'wrong': refused.detail, 'account': str(form.get('account', '')), 'name': name}
            return RedirectResponse(f'/set-up/{quote(token)}?{urlencode(kept)}', 303)
        return _entered(request, context, account, RedirectResponse('/', 303))


def local_path(path: str) -> str:
    """`path` when it leads to a page of ours, else '/': a link in a mail must not lead away through our sign-in."""
    parts = urlsplit(path)
    safe = path.startswith('/') and not path.startswith(('//', '/\\')) and not parts.scheme and not parts.netloc
    return path if safe else '/'


def _entered(request: Request, context: AppContext, account: Account, response: Response) -> Response:
    """A fresh session in the browser; the one it had before, and what NiceGUI kept for it, are gone."""
    context.sessions.close(session_token(request.scope))
    if 'session' in request.scope:
        request.session.clear()
    response.set_cookie(
        COOKIE,
        context.sessions.open(account),
        max_age=context.settings.session_hours * 3600,
        httponly=True,
        secure=context.settings.https,
        samesite='lax',
    )
    return response


def _without_cookie(response: Response) -> Response:
    response.delete_cookie(COOKIE)
    return response

"""Signing in and out, and the first administrator: plain forms that set the cookie, so that password managers work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from apps.addresses import ME, NEW_PASSWORD
from apps.api.problem import problem_response
from apps.devices import COOKIE as DEVICE_COOKIE
from apps.outcome import Refused
from apps.passwords import weakness
from apps.security import COOKIE, session_token
from apps.sign_ins import place_of

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
        account = await context.sign_ins.by_password(given.account, given.password, place=_place(request))
        if account is None:
            return problem_response('unauthorized', WRONG)
        body: dict[str, Any] = {'account': account.account, 'name': account.name, 'roles': account.roles}
        if account.temporary:
            body['must_change_password'] = True
        return entered(request, context, account, JSONResponse(body, 201))

    @router.delete('/api/v1/session', summary='サインアウト')
    def close_session(request: Request) -> Response:
        _leave(request, context)
        return _without_cookie(JSONResponse({}))

    @router.post('/sign-in', include_in_schema=False)
    async def sign_in(request: Request) -> Response:
        form = await request.form()
        goal = local_path(str(form.get('to', '')))
        typed, password = str(form.get('account', '')), str(form.get('password', ''))
        account = await context.sign_ins.by_password(typed, password, place=_place(request))
        if account is None:
            return RedirectResponse(f'/sign-in?wrong=1&to={quote(goal)}', 303)
        return entered(request, context, account, RedirectResponse(goal, 303))

    @router.post(NEW_PASSWORD, include_in_schema=False)
    async def new_password(request: Request) -> Response:
        form = await request.form()
        goal = local_path(str(form.get('to', '')))
        session = context.sessions.find(session_token(request.scope))
        if session is None or session.barred == 'locked':
            return RedirectResponse(f'/sign-in?to={quote(goal)}', 303)
        given = {name: str(form.get(name, '')) for name in ('current', 'password', 'again')}
        if wrong := await _wrong_password(context, session.account, given):
            back = NEW_PASSWORD if session.account.temporary else ME
            return RedirectResponse(f'{back}?wrong={wrong}&to={quote(goal)}', 303)
        account = await context.accounts.set_password(
            session.account.account, given['password'], by=session.account.person
        )
        context.audit.note_soon('account', account.person, way='password', target=account.account)
        return entered(request, context, account, RedirectResponse(goal, 303))

    @router.post('/sign-out', include_in_schema=False)
    def sign_out(request: Request) -> Response:
        _leave(request, context)
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
        return entered(request, context, account, RedirectResponse('/', 303))


def local_path(path: str) -> str:
    """`path` when it leads to a page of ours, else '/': a link in a mail must not lead away through our sign-in."""
    parts = urlsplit(path)
    safe = path.startswith('/') and not path.startswith(('//', '/\\')) and not parts.scheme and not parts.netloc
    return path if safe else '/'


def entered(request: Request, context: AppContext, account: Account, response: Response) -> Response:
    """A fresh session in the browser; the one it had before, and what NiceGUI kept for it, are gone."""
    context.sessions.close(session_token(request.scope))
    if 'session' in request.scope:
        request.session.clear()
    device = context.devices.known(request.cookies.get(DEVICE_COOKIE, ''))
    if device is not None:
        context.devices.came(device.id, account.account)
    token = context.sessions.open(account, device=device.id if device else '', place=_place(request))
    return with_session(response, context, token)


def with_session(response: Response, context: AppContext, token: str) -> Response:
    """The answer that hands a session to the browser."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=context.settings.session_hours * 3600,
        httponly=True,
        secure=context.settings.https,
        samesite='lax',
    )
    return response


def _without_cookie(response: Response) -> Response:
    response.delete_cookie(COOKIE)
    return response


def _leave(request: Request, context: AppContext) -> None:
    token = session_token(request.scope)
    session = context.sessions.find(token)
    context.sessions.close(token)
    if session is not None:
        context.audit.note_soon('sign_out', session.account.person)


async def _wrong_password(context: AppContext, account: Account, given: Mapping[str, str]) -> str:
    """Why the new password is not taken, a key of MISTAKES, or ''. Who came with a temporary one need not repeat it."""
    if not account.temporary and not await context.accounts.is_password(account.account, given['current']):
        return 'wrong'
    if weak := weakness(account.account, given['password']):
        return weak
    if given['password'] != given['again']:
        return 'differs'
    return 'same' if await context.accounts.is_password(account.account, given['password']) else ''


def _place(request: Request) -> str:
    return place_of(request.client.host if request.client else None)

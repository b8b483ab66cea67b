"""The lock of a screen: somebody is there, nobody is there, who sits here now. Answers locked sessions as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote, unquote

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from apps.addresses import SHARED_DEVICES, SIGN_IN
from apps.api.answers import person_of
from apps.api.problem import problem_response
from apps.api.session import with_session
from apps.devices import COOKIE as DEVICE_COOKIE
from apps.devices import LASTS
from apps.live import OperatorChanged
from apps.outcome import Refused
from apps.security import session_token

if TYPE_CHECKING:
    from apps.context import AppContext
    from apps.people import Person

WRONG = 'PINかパスワードがちがいます。'


class TakingOver(BaseModel):
    """secret: PIN or password. page, path: the page that stays open, and what it shows."""

    model_config = ConfigDict(extra='forbid')

    account: Annotated[str, Field(max_length=80)]
    secret: Annotated[str, Field(max_length=200)]
    page: Annotated[str, Field(max_length=80)] = ''
    path: Annotated[str, Field(max_length=400)] = ''


def register(router: APIRouter, context: AppContext) -> None:
    sessions = context.sessions

    @router.get('/api/v1/session/operators', include_in_schema=False)
    def operators(request: Request) -> Response:
        session = sessions.find(session_token(request.scope))
        if session is None:
            return problem_response('unauthorized', 'サインインしてください。')
        people = [
            {'account': each.account, 'name': each.name, 'sections': each.sections, 'pin': each.pin}
            for each in context.operators.at(session)
        ]
        own = {'account': session.account.account, 'locked': session.locked, 'shared': bool(session.device)}
        return JSONResponse({**own, 'people': people}, headers={'Cache-Control': 'no-store'})

    @router.post('/api/v1/session/active', include_in_schema=False)
    def active(request: Request) -> Response:
        awake = sessions.touch(session_token(request.scope))
        return Response(status_code=204) if awake else problem_response('unauthorized', '画面がロックされています。')

    @router.post('/api/v1/session/lock', include_in_schema=False)
    def lock(request: Request) -> Response:
        token = session_token(request.scope)
        session = sessions.find(token)
        if session is not None and not session.barred:
            sessions.lock(token)
            context.audit.note_soon('screen_locked', session.account.person)
        return Response(status_code=204)

    @router.post('/api/v1/session/operator', include_in_schema=False)
    async def operator(request: Request, given: TakingOver) -> Response:
        token = session_token(request.scope)
        taken = await context.operators.take_over(token, given.account, given.secret)
        if taken is None:
            return problem_response('unauthorized', WRONG)
        person = taken.account.person
        told: dict[str, Any] = {'account': person.account, 'name': person.name, 'switched': bool(taken.token)}
        if not taken.token:
            return JSONResponse(told)
        context.live.publish(OperatorChanged(token, given.page, taken.token))
        stays = not taken.account.temporary and may_go_on(context, given.path, person)
        return with_session(JSONResponse({**told, 'stays': stays}), context, taken.token)

    @router.post(SHARED_DEVICES, include_in_schema=False)
    async def share(request: Request) -> Response:
        by = person_of(request)
        if 'administrator' not in by.roles:
            raise Refused('forbidden', detail='共用の端末を決められるのは、システム管理者です。')
        form = await request.form()
        try:
            token = await context.devices.share(str(form.get('name', '')), by=by)
        except Refused:
            return RedirectResponse(f'{SHARED_DEVICES}?wrong=name', 303)
        context.audit.note_soon('device', by, way='share')
        sessions.close(session_token(request.scope))  # who goes on working here signs in as on a shared device
        response = RedirectResponse(f'{SIGN_IN}?to={quote(SHARED_DEVICES, safe="")}', 303)
        response.set_cookie(
            DEVICE_COOKIE,
            token,
            max_age=int(LASTS.total_seconds()),
            httponly=True,
            secure=context.settings.https,
            samesite='lax',
        )
        return response


def may_go_on(context: AppContext, path: str, person: Person) -> bool:
    """Whether the form that stands open at `path` is one that this person could have opened."""
    try:
        match [unquote(each) for each in path.partition('?')[0].split('/')]:
            case ['', 'apps', app, 'new']:
                context.reading.definition(app, person, 'create')
            case ['', 'apps', app, 'records', record, 'edit']:
                context.reading.definition(app, person, 'change')
                context.reading.record(app, record, by=person)
            case _:
                return False
    except Refused:
        return False
    return True

"""How every address of the API reads what is sent, and what it answers when something goes wrong inside."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

import orjson
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from apps.api.problem import problem_response
from apps.outcome import Refused
from forms.message import Message

logger = logging.getLogger(__name__)

DEEPEST = 16
"""Lists and objects inside each other; a record needs five."""

_NOT_JSON = '送られた内容をJSON(UTF-8)として読み取れません。'
_UNREADABLE = '送られた内容を読み取れません。'
_SAYS = {
    'missing': 'ここに値が必要です。',
    'extra_forbidden': 'この名前の値は受け取れません。',
    'string_pattern_mismatch': 'この文字の並びでは受け取れません。番号は半角の英数字と . _ : - で書きます。',
    'string_too_short': '短すぎます。',
    'string_too_long': '長すぎます。',
    'int_parsing': '整数で書いてください。',
    'int_type': '整数で書いてください。',
    'bool_parsing': 'true か false を書いてください。',
    'dict_type': '項目名と値の組で書いてください。',
    'string_type': '文字で書いてください。',
}


class JsonRequest(Request):
    """A request whose body is strict JSON: UTF-8, no half characters, no NaN, no NUL, not deeper than DEEPEST."""

    async def json(self) -> Any:
        """Raises Refused 'invalid'."""
        try:
            content = orjson.loads(await self.body())
        except orjson.JSONDecodeError as error:
            raise Refused('invalid', detail=_NOT_JSON) from error
        _refuse_strange(content, DEEPEST)
        return content


class JsonRoute(APIRoute):
    """An address that takes JSON or nothing, and whose every answer to a mistake is problem details."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                if self.body_field is not None and not _is_json(request.headers.get('content-type', '')):
                    raise Refused('not_json')
                return await handle(JsonRequest(request.scope, request.receive))
            except HTTPException as error:
                raise _refused(error) from error
            except Exception as error:
                if type(error) in request.app.exception_handlers or isinstance(error, Refused):
                    raise
                _note(error, request)
                return problem_response('failure')

        return answer


def unreadable_response(error: RequestValidationError) -> Response:
    """What of a request has another form than the address takes, place by place."""
    places = [Message(_place(each['loc']), str(each['type']), _told(each)) for each in error.errors()]
    names = '、'.join(dict.fromkeys(each.path for each in places if each.path))
    return problem_response('invalid', f'送られた内容の形が正しくありません({names})。', places)


def _place(parts: Sequence[int | str]) -> str:
    """Of ('body', 'values', 'x') 'values.x', of ('query', 'limit') 'limit'."""
    return '.'.join(str(part) for part in parts[1:])


def _told(error: Mapping[str, Any]) -> str:
    return _SAYS.get(error['type'], 'この内容では受け取れません。説明(OpenAPI)を確かめてください。')


def _is_json(content_type: str) -> bool:
    kind = content_type.partition(';')[0].strip().lower()
    return kind == 'application/json' or (kind.startswith('application/') and kind.endswith('+json'))


def _refuse_strange(content: Any, deeper: int) -> None:
    """NUL ends a text in half of all programs, so it is taken nowhere."""
    if isinstance(content, str):
        if '\0' in content:
            raise Refused('invalid', detail='文字として使えない符号(NUL)が入っています。')
    elif isinstance(content, list | dict):
        if not deeper:
            raise Refused('invalid', detail=f'リストや組の入れ子は{DEEPEST}段までです。')
        for each in content if isinstance(content, list) else (*content.keys(), *content.values()):
            _refuse_strange(each, deeper - 1)


def _refused(error: HTTPException) -> Refused:
    """FastAPI turns whatever a body meets into a bare 400; what we refused ourselves is its cause."""
    if isinstance(error.__cause__, Refused):
        return error.__cause__
    return Refused('too_large') if error.status_code == 413 else Refused('invalid', detail=_UNREADABLE)


def _note(error: Exception, request: Request) -> None:
    """Where it went wrong, without the values that an error's text may hold."""
    place = ''.join(traceback.format_tb(error.__traceback__))
    logger.error('%s %s failed: %s\n%s', request.method, request.scope['path'], type(error).__name__, place)

"""The OpenAPI 3.1 document of the API, for signed-in people and tokens."""

from __future__ import annotations

from functools import cache
from typing import Any

from fastapi import APIRouter
from fastapi.openapi.utils import get_openapi
from starlette.requests import Request
from starlette.responses import JSONResponse

from apps.api.answers import person_of
from apps.api.described import described
from apps.api.shapes import Problem
from apps.scopes import SCOPES
from apps.security import COOKIE

ADDRESS = '/api/v1/openapi.json'
_ABOUT = f"""窓口のアプリのレコードを、ほかのプログラムから読み書きします。規則と権限は画面と同じです。

APIトークンは画面の「APIトークン」か `main.py users token NAME` で作り、`Authorization: Bearer mado_...` で送ります。
トークンでできることは、持ち主の権限のうち、トークンの範囲に入るものだけです。

{''.join(f'* `{name}` {told}{chr(10)}' for name, told in SCOPES.items())}
断られたときは、どのアドレスでも `application/problem+json` (RFC 9457) を返します。
"""


def register(router: APIRouter) -> None:
    """To be called after every address that is described."""

    @cache
    def document() -> dict[str, Any]:
        return openapi_of(router)

    @router.get(ADDRESS, **described('この説明(OpenAPI)', 'read', 'アプリ'))
    def openapi(request: Request) -> JSONResponse:
        person_of(request)
        return JSONResponse(document())


def openapi_of(router: APIRouter) -> dict[str, Any]:
    """The description of every address that programs may use. Those of the screens alone are not among them."""
    routes = [each for each in router.routes if 'x-scope' in (getattr(each, 'openapi_extra', None) or {})]
    told = get_openapi(title='窓口 API', version='1', openapi_version='3.1.0', description=_ABOUT, routes=routes)
    parts = told.setdefault('components', {})
    problem = Problem.model_json_schema(ref_template='#/components/schemas/{model}')
    parts['schemas'] = {
        **{name: each for name, each in parts.get('schemas', {}).items() if 'ValidationError' not in name},
        **problem.pop('$defs'),
        'Problem': problem,
    }
    parts['securitySchemes'] = {
        'token': {'type': 'http', 'scheme': 'bearer', 'description': 'APIトークン'},
        'session': {'type': 'apiKey', 'in': 'cookie', 'name': COOKIE, 'description': '画面でのサインイン'},
    }
    return told

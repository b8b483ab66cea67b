"""A real OpenID Connect provider on 127.0.0.1, with the check of PKCE that the mock leaves out."""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

import authlib.deprecate
import httpx
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from apps.single_sign_on.flow import challenge_of

# Its own parts speak to each other in words that it calls old; its warnings are about them, not about us.
with warnings.catch_warnings():
    warnings.simplefilter('ignore', authlib.deprecate.AuthlibDeprecationWarning)
    import oidc_provider_mock

CLIENT = 'madoguchi'


@dataclass
class LocalProvider:
    """url: the issuer. asked: the paths that were asked for, without their queries."""

    url: str
    asked: list[str] = field(default_factory=list)

    def know(self, subject: str, **claims: str) -> None:
        """A person who can be chosen on its page."""
        httpx.put(f'{self.url}/users/{subject}', json=claims, trust_env=False).raise_for_status()

    def choose(self, address: str, subject: str = 'subject-1') -> str:
        """What a person does on its page; where the browser is sent then."""
        answer = httpx.post(address, data={'sub': subject}, trust_env=False)
        assert answer.status_code == 302, answer.text
        return answer.headers['location']


def with_query(address: str, **changed: str) -> str:
    """The address with parts of its query replaced."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(query=urlencode({**dict(parse_qsl(parts.query)), **changed})))


@contextmanager
def local_provider(lasting: timedelta = timedelta(hours=1)) -> Iterator[LocalProvider]:
    """Served until the end of the block."""
    known = LocalProvider('')
    app = _keeping_pkce(oidc_provider_mock.app(access_token_max_age=lasting), known.asked)
    server = make_server('127.0.0.1', 0, app, threaded=True, request_handler=_Quiet)
    known.url = f'http://127.0.0.1:{server.server_port}'
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield known
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _keeping_pkce(app: Any, asked: list[str]) -> Callable[[dict[str, Any], Any], Iterable[bytes]]:
    """Remembers the challenge of every code, and refuses a verifier that does not fit it."""
    challenges: dict[str, str] = {}

    def wrapped(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        request = Request(environ)
        asked.append(request.path)
        if request.path == '/oauth2/token':
            body = request.get_data()
            if challenge_of(request.form.get('code_verifier', '')) != challenges.get(request.form.get('code', '')):
                return Response('{"error": "invalid_grant"}', 400, content_type='application/json')(environ, start)
            environ['wsgi.input'] = io.BytesIO(body)
        answer = Response.from_app(app, environ)
        if request.path == '/oauth2/authorize' and answer.location:
            code = parse_qs(urlsplit(answer.location).query).get('code', [''])[0]
            challenges[code] = request.args.get('code_challenge', '')
        return answer(environ, start)

    return wrapped


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Nothing: the address holds codes."""

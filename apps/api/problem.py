"""Problem details (RFC 9457) in Japanese: what every refused request gets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from starlette.responses import JSONResponse

from forms.message import Message

KINDS: dict[str, tuple[int, str]] = {
    'invalid': (422, '入力の内容を確認してください'),
    'reused': (422, '送信の番号が重なっています'),
    'conflict': (409, 'ほかの人が先に変更しました'),
    'unauthorized': (401, 'サインインが必要です'),
    'forbidden': (403, 'この操作はできません'),
    'not_found': (404, '見つかりません'),
    'closed': (422, 'いまは受け付けていません'),
    'too_large': (413, 'ファイルが大きすぎます'),
    'unsupported': (415, 'このファイルは受け取れません'),
    'not_json': (415, 'この形式では受け取れません'),
    'wrong_method': (405, 'この方法では使えません'),
    'no_revision': (428, '見ていた版がわかりません'),
    'too_many': (429, 'しばらく待ってください'),
    'unknown_outcome': (503, '結果を確認できません'),
    'not_stored': (503, '保存できませんでした'),
    'failure': (500, '内部の誤りです'),
}
"""Kind of refusal -> HTTP status and title. The kind is the `type`, and never changes."""

DETAILS = {
    'not_json': '内容をJSONで送り、Content-Type を application/json にしてください。',
    'wrong_method': 'このアドレスでは、その方法(メソッド)は使えません。',
    'no_revision': '見ていたレコードの版を、rev か If-Match で送ってください。',
    'unknown_outcome': '結果を確認できません。もう一度送信しても二重登録にはなりません。',
    'not_stored': '保存できませんでした。少し待ってから、もう一度送信してください。',
    'failure': 'うまく処理できませんでした。管理者に知らせてください。',
}


def problem(kind: str, detail: str = '', errors: Iterable[Message] = (), **more: Any) -> dict[str, Any]:
    """The JSON body: type, title, status, detail, errors [{path, code, message}] and what the kind adds."""
    status, title = KINDS[kind]
    listed = [{'path': each.path, 'code': each.code, 'message': each.text} for each in errors]
    told = detail or DETAILS.get(kind) or ' '.join(each['message'] for each in listed[:3])
    return {'type': kind, 'title': title, 'status': status, 'detail': told, 'errors': listed, **more}


def problem_response(kind: str, detail: str = '', errors: Iterable[Message] = (), **more: Any) -> JSONResponse:
    """The answer. retry_after, in seconds, is told in the header of that name as well."""
    body = problem(kind, detail, errors, **more)
    headers = {'Retry-After': str(more['retry_after'])} if 'retry_after' in more else None
    return JSONResponse(body, body['status'], headers, media_type='application/problem+json')

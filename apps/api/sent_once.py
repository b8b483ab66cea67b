"""What a change says about itself, in its headers or its content: which sending it is, over which revision."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated

from fastapi import Header
from pydantic import Field

from apps.outcome import Refused
from forms.message import Message

_REQUEST_ID = r'[A-Za-z0-9._:-]{8,64}'
_REVISION = re.compile(r'"(\d{1,15})"')

RequestId = Annotated[
    str,
    Field(
        min_length=8,
        max_length=64,
        pattern=f'^{_REQUEST_ID}$',
        description='送信の番号。送る側が作ります。同じ番号で2回送っても1回だけ行います',
    ),
]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias='Idempotency-Key',
        pattern=f'^"?{_REQUEST_ID}"?$',
        description='送信の番号。内容の request_id の代わりに書けます',
    ),
]
IfMatch = Annotated[
    str | None,
    Header(
        alias='If-Match',
        pattern=r'^"\d{1,15}"$',
        description='見ていた版(ETag)。内容の rev の代わりに書けます。例 "3"',
    ),
]


def one_request_id(header: str | None, content: str | None) -> str:
    """The id of this sending, from either place. Raises Refused 'invalid' when there is none, or there are two."""
    shown = header.strip('"') if header else None
    if shown and content and shown != content:
        raise _refused('request_id', 'two_request_ids', 'request_id と Idempotency-Key が違っています。')
    if found := shown or content:
        return found
    raise _refused('request_id', 'missing', 'request_id か Idempotency-Key が必要です。')


def aware(moment: datetime | None) -> datetime | None:
    """When the work began. A time without a zone is nobody's; it is left out rather than guessed."""
    return moment if moment is not None and moment.tzinfo is not None else None


def one_revision(header: str | None, content: int | None) -> int | None:
    """The revision the sender had seen, None when neither place tells it. Raises Refused 'invalid' for two."""
    found = _REVISION.fullmatch(header) if header else None
    shown = int(found[1]) if found else None
    if shown is not None and content is not None and shown != content:
        raise _refused('rev', 'two_revisions', 'rev と If-Match が違っています。')
    return content if shown is None else shown


def known_revision(header: str | None, content: int | None) -> int:
    """The same where nothing may be written over unseen. Raises Refused 'no_revision' as well."""
    found = one_revision(header, content)
    if found is None:
        raise Refused('no_revision')
    return found


def etag(rev: int) -> str:
    return f'"{rev}"'


def _refused(path: str, code: str, text: str) -> Refused:
    return Refused('invalid', [Message(path, code, text)])

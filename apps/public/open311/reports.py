"""A report from another system: the parameters of Open311 as an application by the app's public form."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

from starlette.requests import Request

from apps.outcome import Refused
from apps.people import PUBLIC
from apps.public.open311.answers import Wrong
from apps.public.open311.jurisdiction import Told, service
from apps.rate_limits import TooMany
from forms.capabilities.open311 import number_field
from forms.capabilities.public_form import PublicForm
from forms.evaluation import context_of
from forms.field import Value
from forms.fields.select_multiple import SelectMultiple
from forms.submission import clean
from storage.journal import of_request

if TYPE_CHECKING:
    from apps.context import AppContext

LONGEST_DESCRIPTION: Final = 4000
_MOST_BYTES: Final = 200_000
_MOST_PARAMETERS: Final = 300
_ATTRIBUTE: Final = re.compile(r'attribute\[([^\[\]]+)\](?:\[[^\[\]]*\])?')
_STATUS: Final = {'not_found': 404, 'too_many': 429, 'not_stored': 503, 'unknown_outcome': 503}
_IDENTITY: Final = ('account_id', 'device_id', 'email', 'phone')
_AGAIN: Final = 300
"""Seconds. A report counts as sent again in the span in which it came, and in the next one."""
_TEST_NOTICE: Final = '試験用のアドレスなので、内容を確かめただけで、登録していません。'

Parameters = list[tuple[str, str]]


async def parameters(request: Request) -> Parameters:
    """Names and values of a POST, the blank ones left out. Raises Wrong."""
    if request.headers.get('content-type', '').partition(';')[0].strip() != 'application/x-www-form-urlencoded':
        raise Wrong(400, 'Content-Type must be application/x-www-form-urlencoded')
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise Wrong(400, f'more than {_MOST_BYTES} bytes')
    try:
        return parse_qsl(body.decode(), max_num_fields=_MOST_PARAMETERS, errors='strict')
    except ValueError as error:
        raise Wrong(400, 'the body cannot be read') from error


async def report(  # noqa: PLR0913 - a report and its sender
    context: AppContext, apps: list[Told], given: Parameters, *, test: bool, sender: str, key: str
) -> dict[str, Any]:
    """POST requests. test: judged by the same rules, and not kept. Raises Wrong with every message.

    sender: the address it came from. key: what the sender calls this sending (Idempotency-Key), or ''.
    """
    single = dict(given)
    if not single.get('service_code'):
        raise Wrong(400, 'service_code was not provided')
    app, choice = service(apps, single['service_code'])
    if not app.open311.accepts:
        raise Wrong(400, f'service_code {single["service_code"]} takes no requests')
    raw = {app.open311.service: choice.value, **_said(app, single), **_attributes(app, given)}
    try:
        if test:
            _judge(context, app, raw)
            return {'service_request_id': 'TEST', 'service_notice': _TEST_NOTICE, 'account_id': None}
        saved = await context.operations.apply(app.app, raw, request_id=_request_id(context, given, sender, key))
    except TooMany as refused:
        raise Wrong(429, refused.detail, seconds=refused.seconds) from refused
    except Refused as refused:
        texts = [each.text for each in refused.messages] or [refused.detail]
        raise Wrong(_STATUS.get(refused.kind, 400), *texts) from refused
    number = str(saved.values[number_field(app.definition)])
    return {'service_request_id': number, 'service_notice': None, 'account_id': None}


def _said(app: Told, single: Mapping[str, str]) -> dict[str, Value]:
    """What the parameters of the standard mean in this app; those it has no field for are not kept."""
    open311 = app.open311
    words, lat, long = (single.get(key, '').strip() for key in ('description', 'lat', 'long'))
    address = single.get('address_string', '').strip()
    if len(words) > LONGEST_DESCRIPTION:
        raise Wrong(400, f'description is longer than {LONGEST_DESCRIPTION} characters')
    if not (lat and long) and not address:
        raise Wrong(400, 'lat and long, or address_string, must be provided')
    if single.get('media_url', '').startswith(('https://', 'http://')):
        # The photo is not fetched: this server asks nothing of the outside. Staff get its address.
        words = f'{words}\n写真: {single["media_url"]}'.strip()
    name = ' '.join(filter(None, (single.get('last_name'), single.get('first_name'))))
    said: dict[str, Value] = {
        open311.description: words,
        open311.address: address or f'緯度 {lat} 経度 {long}',
        open311.sender.name: name,
        open311.sender.phone: single.get('phone', ''),
        open311.sender.email: single.get('email', ''),
        open311.location: {'lat': lat, 'lon': long, 'place': address} if lat or long else '',
    }
    return {field: value for field, value in said.items() if field and value}


def _attributes(app: Told, given: Iterable[tuple[str, str]]) -> dict[str, Value]:
    """attribute[code]=value, and attribute[code][]=value once for each of several values. Raises Wrong."""
    fields = {each.name: each for each in app.attributes()}
    found: dict[str, Value] = {}
    for parameter, value in given:
        match = _ATTRIBUTE.fullmatch(parameter)
        if match is None:
            continue
        if match[1] not in fields:
            raise Wrong(400, f'attribute {match[1]} was not found')
        if isinstance(fields[match[1]], SelectMultiple):
            found.setdefault(match[1], []).append(value)
        else:
            found[match[1]] = value
    return found


def _request_id(context: AppContext, given: Parameters, sender: str, key: str) -> str:
    """The same for a report that is sent again: one that says the same, by the same sender, within five minutes.

    Open311 has no number of the sending, and a client that heard no answer sends once more. With a key of the
    sender's own there is no limit in time. Who says who they are may have changed their address meanwhile.
    """
    single = dict(given)
    who = [single[name] for name in _IDENTITY if single.get(name)] or [sender]
    same = hashlib.sha256(repr((sorted(given), who, key)).encode()).hexdigest()[:32]
    if key:
        return f'open311/{same}'
    span = int(context.clock.now().timestamp()) // _AGAIN
    before, now = (f'open311/{same}/{each}' for each in (span - 1, span))
    return before if next(iter(of_request(context.store, before)), None) is not None else now


def _judge(context: AppContext, app: Told, raw: Mapping[str, Value]) -> None:
    """Raises Refused as saving would, but for what only the record's place among the others could tell."""
    form = app.definition.capabilities['public_form']
    assert isinstance(form, PublicForm), 'checked at load'
    cleaned = clean(
        app.definition,
        raw,
        old=None,
        around=context.reading.world(PUBLIC),
        context=context_of(app.definition, app.moment),
        moment=app.moment,
        ruled=form.decided(app.definition, app.moment),
    )
    if cleaned.messages:
        raise Refused('invalid', cleaned.messages)

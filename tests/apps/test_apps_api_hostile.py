"""Thousands of right, odd and wrong requests made from the OpenAPI document: schemathesis finds nothing to say."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from city_hall import LEADER, ROAD, SHIPPED, STAFF, inspected, opened, password_of
from fastapi import FastAPI
from schemathesis import engine
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import StopReason, events

from apps.api.routes import install
from apps.clock import TOKYO, StillClock
from apps.context import AppContext
from apps.settings import Settings

pytestmark = pytest.mark.api

SETTINGS: dict[str, Any] = {
    'generation': {'max-examples': 15, 'deterministic': True, 'no-shrink': True},
    # The rules of an app are in no OpenAPI document: what has the right form may well be refused.
    'checks': {'positive_data_acceptance': {'enabled': False}},
}


@pytest.fixture(scope='module')
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The API of a small office, its description narrowed to apps and records that are there (and one that is not)."""
    place = tmp_path_factory.mktemp('hostile')
    office = opened(
        Settings(data=place / 'data', definitions=Path(SHIPPED), upload_mb=1, rate_api=60_000, rate_uploads=6_000),
        StillClock(datetime(2026, 11, 20, 10, 0, tzinfo=TOKYO)),
    )

    async def people_and_records() -> tuple[str, list[str]]:
        for person in (STAFF, LEADER):
            parts = {'roles': person.roles, 'sections': person.sections, 'by': LEADER}
            await office.accounts.add(person.account, person.name, password_of(person), **parts)
        made = [await office.operations.submit('road_requests', ROAD, by=STAFF) for _ in range(3)]
        inspection = await inspected(office)
        scopes = ['read', 'write', 'act', 'files']
        text, _ = await office.tokens.make(STAFF.account, '試験', scopes, by=STAFF)
        return text, [*(each.id for each in made), inspection]

    text, records = asyncio.run(people_and_records())
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    install(app, office)
    token = {'Authorization': f'Bearer {text}'}
    config = SchemathesisConfig.from_dict({**SETTINGS, 'headers': token})
    schema = schemathesis.openapi.from_asgi('/api/v1/openapi.json', app, headers=token, config=config)
    paths = schema.raw_schema['paths']
    paths.update(of_every_app(office, paths['/api/v1/apps/{app}/records']))
    known = {'app': ['road_requests', 'inspections', 'nothing'], 'record': [*records, 'nothing']}
    for each in (each for path in paths.values() for one in path.values() for each in one.get('parameters', ())):
        if each['name'] in known and each['in'] == 'path':
            each['schema'] = {'type': 'string', 'enum': known[each['name']]}
    yield schema
    office.close()


def of_every_app(office: AppContext, records: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each app's own list and registration, with all its fields: any text as a filter, any JSON as a value."""
    for app in office.catalogue.all():
        one = deepcopy(records)
        for operation in one.values():
            operation['parameters'] = [each for each in operation['parameters'] if each['in'] != 'path']
            operation.pop('operationId', None)
        keys = [f'filter.{name}{end}' for name in app.fields for end in ('', '.from', '.to', '.not', '.blank')]
        text = {'type': 'string'}
        one['get']['parameters'] += [{'name': each, 'in': 'query', 'schema': text} for each in keys]
        values = {'type': 'object', 'properties': {name: {} for name in app.fields}}
        sent = {'request_id': {'type': 'string', 'pattern': '^[a-z]{8,20}$'}, 'values': values}
        body = {'type': 'object', 'properties': sent, 'required': list(sent)}
        one['post']['requestBody'] = {'required': True, 'content': {'application/json': {'schema': body}}}
        yield f'/api/v1/apps/{app.name}/records', one


def test_no_request_finds_the_api_unprepared(described: Any) -> None:
    sent, found, ended = 0, {}, None
    for event in engine.from_schema(described).execute():
        match event:
            case events.ScenarioFinished(recorder=recorder):
                sent += len(recorder.cases)
                found.update(findings(recorder))
            case events.NonFatalError() | events.FatalError():
                found[type(event).__name__] = str(event)
            case events.EngineFinished(stop_reason=reason):
                ended = reason
    assert not found, '\n\n'.join(f'{name}: {text}' for name, text in found.items())
    assert ended == StopReason.COMPLETED and sent > 1_000


def findings(recorder: Any) -> Iterator[tuple[str, str]]:
    """What the checks have to say of the requests to one address, with the request that shows it."""
    for checks in recorder.checks.values():
        for each in checks:
            if each.failure_info is not None:
                told = each.failure_info
                yield f'{recorder.label} {told.failure.title}', f'{told.failure.message}\n{told.code_sample}'

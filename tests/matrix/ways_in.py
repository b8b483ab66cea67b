"""Every way in to a record, through its real entrance: each tries something and answers what it is told."""

from __future__ import annotations

import argparse
import asyncio
import csv
import importlib
import io
import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from board_way import Board
from fastapi import FastAPI
from matrix_office import APP, CLERK, FORM, NAME, RIGHT, Office
from rules import ACT, CHANGE, ENTER, Rule, Told

from apps import context
from apps.api.routes import install
from apps.context import AppContext
from apps.excel.tables import RECORD_ID
from apps.outcome import Refused
from apps.public import files
from apps.public.form import pages
from apps.security import COOKIE

RECORDS = f'/api/v1/apps/{APP}/records'
_numbers = count(1)


def sending() -> str:
    """A request id of its own."""
    return f'matrix-request-{next(_numbers):010}'


class Operations:
    """The reference: the operation itself, without any way in."""

    deeds = (ENTER, CHANGE, ACT)

    def __init__(self, office: Office) -> None:
        self._office = office

    async def tried(self, deed: str, rule: Rule) -> Told:
        operations, record = self._office.context.operations, getattr(self._office, rule.on)
        rev = self._office.rev(record) - rule.stale
        with pytest.raises(Refused) as refused:
            if deed == ENTER:
                await operations.submit(APP, {**RIGHT, **rule.values}, by=CLERK)
            elif deed == CHANGE:
                await operations.change(APP, record, rule.values, by=CLERK, if_rev=rev)
            else:
                await operations.act(APP, record, rule.action, given(rule), by=CLERK, if_rev=rev)
        found = refused.value
        return tuple((each.code, each.text) for each in found.messages) or ((found.kind, found.detail),)


def given(rule: Rule) -> Mapping[str, Any]:
    """What goes with the action: only 対応を始める asks for values."""
    return rule.values if rule.action == '対応を始める' else {}


class Web:
    """HTTP, as the entry form of the screens sends it (a session) or a program (a token)."""

    deeds = (ENTER, CHANGE, ACT)

    def __init__(self, office: Office, web: httpx.AsyncClient) -> None:
        self._office = office
        self._web = web

    async def tried(self, deed: str, rule: Rule) -> Told:
        record = getattr(self._office, rule.on)
        rev = self._office.rev(record) - rule.stale
        body: dict[str, Any] = {'request_id': sending(), 'opened_at': '2026-11-20T09:59:00+09:00', 'version': 'v'}
        if deed == ENTER:
            answer = await self._web.post(RECORDS, json={**body, 'values': {**RIGHT, **rule.values}})
        elif deed == CHANGE:
            answer = await self._web.patch(f'{RECORDS}/{record}', json={**body, 'rev': rev, 'values': rule.values})
        else:
            address = f'{RECORDS}/{record}/actions/{rule.action}'
            answer = await self._web.post(address, json={**body, 'rev': rev, 'values': given(rule)})
        return told(answer)


def told(answer: httpx.Response) -> Told:
    """The messages of a problem; the problem itself where it is about no field."""
    problem = answer.json()
    assert answer.status_code >= 400, problem
    errors = tuple((each['code'], each['message']) for each in problem['errors'])
    return errors or ((problem['type'], problem['detail']),)


class BulkEdit:
    """The preview tells; carrying out is refused with the same messages."""

    deeds = (CHANGE, ACT)

    def __init__(self, office: Office, web: httpx.AsyncClient) -> None:
        self._office = office
        self._web = web

    async def tried(self, deed: str, rule: Rule) -> Told:
        record, address = getattr(self._office, rule.on), f'/api/v1/apps/{APP}/bulk'
        seen = {'id': record, 'rev': self._office.rev(record) - rule.stale}
        acting = {'action': rule.action, 'values': given(rule)}
        wanted = {'records': [seen], **(acting if deed == ACT else {'values': rule.values})}
        (refusal,) = (await self._web.post(f'{address}/preview', json=wanted)).json()['refusals']
        previewed = tuple((each['code'], each['message']) for each in refusal['errors'])
        answer = await self._web.post(address, json={**wanted, 'request_id': sending()})
        if previewed:
            assert told(answer) == previewed
        else:
            assert answer.json()['type'] == refusal['type'] and answer.json()['detail'].endswith(refusal['detail'])
        return previewed or ((refusal['type'], refusal['detail']),)


def csv_of(values: Mapping[str, Any]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([values.keys(), values.values()])
    return text.getvalue().encode()


def row_of(deed: str, record: str, rule: Rule) -> dict[str, Any]:
    """A new record, or one that is known by its id and called as it is."""
    return {**RIGHT, **({RECORD_ID: record, '件名': NAME} if deed == CHANGE else {}), **rule.values}


class Import:
    """A file of one row: checked without writing, and not taken in."""

    deeds = (ENTER, CHANGE)

    def __init__(self, office: Office, web: httpx.AsyncClient, patch: pytest.MonkeyPatch) -> None:
        self._office = office
        self._web = web
        self._patch = patch

    async def tried(self, deed: str, rule: Rule) -> Told:
        record = getattr(self._office, rule.on)
        row = row_of(deed, record, rule)
        query = '?clear_blanks=true' + ('&key=_id' if deed == CHANGE else '')
        if rule.stale:
            saved_after_the_check(self._office, self._patch, record)
            return told(await self._sent(row, f'{query}&dry_run=false'))
        checked = (await self._sent(row, query)).json()
        assert (await self._sent(row, f'{query}&dry_run=false')).status_code == 422
        return tuple((each['code'], each['detail']) for each in checked['problems'])

    async def _sent(self, row: Mapping[str, Any], query: str) -> httpx.Response:
        return await self._web.post(f'/api/v1/apps/{APP}/imports{query}', files={'file': ('a.csv', csv_of(row))})


def saved_after_the_check(office: Office, patch: pytest.MonkeyPatch, record: str) -> None:
    """Somebody saves the record when the file has been checked and is not taken in yet."""
    desk = office.context.imports
    check = desk.check

    async def then_saved(*args: Any, **parts: Any) -> Any:
        report = await check(*args, **parts)
        await office.change_meanwhile(record)
        return report

    patch.setattr(desk, 'check', then_saved)


class PublicForm:
    """A phone in the street."""

    deeds = (ENTER,)

    def __init__(self, web: httpx.AsyncClient) -> None:
        self._web = web

    async def tried(self, deed: str, rule: Rule) -> Told:
        return await self.sent({**RIGHT, **rule.values})

    async def sent(self, values: Mapping[str, Any], **more: Any) -> Told:
        body = {'request_id': sending(), 'values': values, **more}
        return told(await self._web.post(f'/public/forms/{FORM}/applications', json=body))


class CommandLine:
    """`main.py import`, the one command that writes records: what it says on stderr, which names no codes."""

    deeds = (ENTER, CHANGE)

    def __init__(self, office: Office, folder: Path, patch: pytest.MonkeyPatch, printed: Callable[[], str]) -> None:
        self._office = office
        self._folder = folder
        self._patch = patch
        self._printed = printed

    async def tried(self, deed: str, rule: Rule) -> Told:
        record = getattr(self._office, rule.on)
        row = row_of(deed, record, rule)
        if rule.stale:
            saved_after_the_check(self._office, self._patch, record)
        lines = await self.said(row, '--by', CLERK.account, *(('--key', '_id') if deed == CHANGE else ()))
        return tuple(('', re.sub(r'.*?![^ ]+?(:| 「.*?」) ', '', each)) for each in lines if '!' in each)

    async def said(self, row: Mapping[str, Any], *options: str) -> list[str]:
        """The lines on stderr of a run that must not end well."""
        file = self._folder / 'matrix.csv'
        file.write_bytes(csv_of(row))
        command = importlib.import_module('apps.commands.import')
        parser = argparse.ArgumentParser()
        command.arguments(parser)

        @contextmanager
        def this_office(*_: object) -> Iterator[AppContext]:
            yield self._office.context

        self._patch.setattr(context, 'opened', this_office)
        typed = parser.parse_args([APP, str(file), '--take', '--clear-blanks', *options])
        assert await asyncio.to_thread(command.run, typed) == 1
        return self._printed().splitlines()


@asynccontextmanager
async def street(office: Office, **headers: str) -> AsyncIterator[httpx.AsyncClient]:
    """A browser or a program somewhere: all addresses, the public ones too."""
    if not office.served:
        app = FastAPI()
        install(app, office.context)
        files.register()
        pages.register(app, office.context)
        office.served.append(app)
    transport = httpx.ASGITransport(app=office.served[0])
    async with httpx.AsyncClient(transport=transport, base_url='http://hall.example', headers=headers) as client:
        yield client


@asynccontextmanager
async def way_in(
    name: str, office: Office, folder: Path, patch: pytest.MonkeyPatch, printed: Callable[[], str]
) -> AsyncIterator[Any]:
    """The way in of that name, with the clerk signed in where the way asks for somebody."""
    if name == 'board drag':
        async with Board.opened(office) as board:
            yield board
        return
    if name == 'API':
        token, _ = await office.context.tokens.make(CLERK.account, '月報', ('write', 'act'), by=CLERK)
        async with street(office, Authorization=f'Bearer {token}') as web:
            yield Web(office, web)
        return
    async with street(office) as web:
        if name == 'public form':
            yield PublicForm(web)
            return
        web.cookies.set(COOKIE, office.session())
        match name:
            case 'screen':
                yield Web(office, web)
            case 'bulk edit':
                yield BulkEdit(office, web)
            case 'import':
                yield Import(office, web, patch)
            case 'command line':
                yield CommandLine(office, folder, patch, printed)

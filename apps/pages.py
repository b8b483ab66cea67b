"""Which address shows which screen. Staff work inside one page whose screens change without loading it anew."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from nicegui import app, background_tasks, ui
from starlette.requests import Request
from starlette.responses import Response

from apps import design
from apps.addresses import (
    ACCOUNTS,
    ACCOUNTS_FILE,
    AUDIT,
    HOME,
    ME,
    NEW_ACCOUNT,
    NOTIFICATIONS,
    OWNERS,
    PROBLEMS,
    SHARED_DEVICES,
    TRANSFERS,
    UNUSED_ACCOUNTS,
    prefix_of,
)
from apps.design import design_address
from apps.frame import Builder, Frame
from apps.public import files, waiting_board
from apps.public import maps as public_maps
from apps.public.form import pages as public_form
from apps.public.open311 import routes as open311
from apps.public.reply import pages as reply_pages
from apps.public.ticket import own_tickets
from apps.screens import (
    app_page,
    audit,
    call,
    detail,
    door,
    entry,
    home,
    importing,
    inner_door,
    notices,
    notifications,
    own_page,
    own_tokens,
    owners,
    permissions,
    problems,
    refusal,
    retention,
    route,
    same,
)
from apps.screens.accounts import devices, file, person, transfers, unused
from apps.screens.accounts import register as register_page
from apps.screens.queue import replay as queue_replay
from apps.screens.queue import statistics as queue_statistics
from apps.sheets import routes as sheets

if TYPE_CHECKING:
    from apps.context import AppContext


def register(context: AppContext) -> None:
    """Make every staff page known to NiceGUI. Called once, before the server starts."""
    design.register()
    door.register(context)
    inner_door.register(context)
    files.register()
    public_form.register(app, context)
    public_maps.register(app, context)
    open311.register(app, context)
    sheets.register(app, context)
    own_tickets.register(context)
    reply_pages.register(app, context)
    waiting_board.register(context)
    own_page.own_part(own_tokens.draw)

    def page() -> None:
        _head(ui.context.client.request)
        Frame(context).draw(_routes)

    own = (HOME, PROBLEMS, NOTIFICATIONS, ME, OWNERS, AUDIT, ACCOUNTS)
    for address in (*own, f'{ACCOUNTS}/{{rest:path}}', '/apps/{rest:path}'):
        ui.page(address, title='窓口', language='ja', reconnect_timeout=60)(page)
    app.on_page_exception(refusal.draw_page_failure)
    app.add_exception_handler(404, _not_found)
    app.add_exception_handler(Exception, _failed)


def _routes(frame: Frame) -> dict[str, Builder]:
    """Path -> what draws it. Names in braces arrive as arguments, percent signs and all."""

    def show_app(app: str, view: str = '') -> None:
        app_page.draw(frame, unquote(app), view)

    def show_new(app: str) -> None:
        entry.draw_new(frame, unquote(app))

    def show_call(app: str) -> None:
        call.draw(frame, unquote(app))

    def show_import(app: str) -> None:
        importing.draw(frame, unquote(app))

    def show_record(app: str, record: str) -> None:
        detail.draw(frame, unquote(app), unquote(record))
        person = frame.person()
        if person is not None:
            background_tasks.create(frame.context.inbox.read_about(unquote(app), unquote(record), by=person))

    def show_route(app: str) -> None:
        route.draw(frame, unquote(app))

    def show_notices(app: str, event: str = '') -> None:
        notices.draw(frame, unquote(app), unquote(event))

    def show_statistics(app: str, span: str = '', at: str = '') -> None:
        queue_statistics.draw(frame, unquote(app), span, at)

    def show_replay(app: str, day: str = '') -> None:
        queue_replay.draw(frame, unquote(app), day)

    def show_edit(app: str, record: str) -> None:
        entry.draw_edit(frame, unquote(app), unquote(record))

    def show_same(app: str, record: str, other: str = '') -> None:
        same.draw(frame, unquote(app), unquote(record), other)

    def show_permissions(app: str, account: str = '', role: str = '', section: str = '') -> None:
        permissions.draw(frame, unquote(app), permissions.Asked(account, role, section))

    def show_retention(app: str, disposal: str = '') -> None:
        retention.draw(frame, unquote(app), unquote(disposal))

    return {
        HOME: lambda: home.draw(frame),
        NOTIFICATIONS: lambda: notifications.draw(frame),
        PROBLEMS: lambda: problems.draw(frame),
        ME: lambda: own_page.draw(frame),
        OWNERS: lambda: owners.draw(frame),
        AUDIT: lambda: audit.draw(frame),
        **_accounts(frame),
        '/apps/{app}': show_app,
        '/apps/{app}/new': show_new,
        '/apps/{app}/call': show_call,
        '/apps/{app}/import': show_import,
        '/apps/{app}/permissions': show_permissions,
        '/apps/{app}/retention': show_retention,
        '/apps/{app}/retention/{disposal}': show_retention,
        '/apps/{app}/notices': show_notices,
        '/apps/{app}/route': show_route,
        '/apps/{app}/notices/{event}': show_notices,
        '/apps/{app}/queue/statistics': show_statistics,
        '/apps/{app}/queue/replay': show_replay,
        '/apps/{app}/records/{record}': show_record,
        '/apps/{app}/records/{record}/edit': show_edit,
        '/apps/{app}/records/{record}/same': show_same,
    }


def _accounts(frame: Frame) -> dict[str, Builder]:
    """The pages of the administrators."""

    def show_person(account: str) -> None:
        person.draw(frame, unquote(account))

    return {
        ACCOUNTS: lambda: register_page.draw(frame),
        NEW_ACCOUNT: lambda: person.draw_new(frame),
        f'{ACCOUNTS}/person/{{account}}': show_person,
        ACCOUNTS_FILE: lambda: file.draw(frame),
        TRANSFERS: lambda: transfers.draw(frame),
        UNUSED_ACCOUNTS: lambda: unused.draw(frame),
        SHARED_DEVICES: lambda: devices.draw(frame),
    }


def _head(request: Request) -> None:
    prefix = prefix_of(request)
    ui.add_head_html(f'<link rel="stylesheet" href="{prefix}{design_address("screens.css")}">')
    ui.add_head_html(f'<script type="module" src="{prefix}{design_address("frame.js")}"></script>')
    ui.add_head_html(f'<script type="module" src="{prefix}{design_address("operator.js")}"></script>')


async def _not_found(request: Request, error: Exception) -> Response:
    return await refusal.not_found_response(request, error, prefix_of(request) + design_address('screens.css'))


async def _failed(request: Request, error: Exception) -> Response:
    return await refusal.failure_response(request, error, prefix_of(request) + design_address('screens.css'))

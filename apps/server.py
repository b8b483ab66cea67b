"""Serving the apps: NiceGUI set up for a closed network, the API beside it, and what the terminal tells."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import secrets
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from apps import audit_retention, fault_log, lottery_rounds
from apps.context import open_context
from apps.demo import NotForDemo, make_demo
from apps.demo.mark import refuse_samples
from apps.map.tiles.opening import doubts_about
from apps.notifications import retention
from apps.outbox import retention as outbox_retention
from apps.searched_words import KEPT, WHERE
from apps.settings import Settings
from apps.single_sign_on.flow import AT_MOST, BEGUN
from storage import StorageError

if TYPE_CHECKING:
    from nicegui import App

    from apps.context import AppContext

logger = logging.getLogger(__name__)

_FRESH_COLLECTIONS = 50_000
"""Objects before the garbage collector looks: with 500 people its default stops everybody for half a second."""


def serve(settings: Settings) -> int:
    """Serve until stopped. Returns the exit code; what went wrong is on stderr, in Japanese."""
    try:
        context = open_context(settings)
    except (StorageError, OSError) as error:
        print(f'記録を開けません: {error}', file=sys.stderr)
        return 1
    try:
        whole = not settings.demo or make_demo(context, rest=False, told=print)
        if not settings.demo:
            refuse_samples(context.store)
    except NotForDemo as error:
        context.close()
        print(error, file=sys.stderr)
        return 1
    announce(context)
    run(context, beside=None if whole else demo_command(settings))
    return 0


def demo_command(settings: Settings) -> list[str]:
    """What makes the earlier years of the sample city in a process of its own, while people already work."""
    main = str(Path(__file__).resolve().parents[1] / 'main.py')
    return [sys.executable, main, 'demo', '--data', str(settings.data), '--definitions', str(settings.definitions)]


def announce(context: AppContext) -> None:
    """Where to open it, the one-time link while there is no administrator, and the mistakes in definitions."""
    settings = context.settings
    address = settings.origins[0] if settings.origins else f'http://{_shown(settings.host)}:{settings.port}'
    print(f'開くアドレス: {address}', flush=True)
    if token := context.set_up.issue():
        print(f'最初の管理者を作るリンク(1回だけ、24時間): {address}/set-up/{token}', flush=True)
    if short := audit_retention.warning(settings.audit_days):
        print(f'注意 {short}', file=sys.stderr)
    if settings.tiles is not None:
        for doubt in doubts_about(settings.tiles, settings.tiles_attribution):
            print(f'注意 {doubt}', file=sys.stderr)
    for each in context.catalogue.problems:
        print(each, file=sys.stderr)


def run(context: AppContext, beside: list[str] | None = None) -> None:
    """Hand over to NiceGUI until the server stops. beside: a command to run meanwhile, ended with the server."""
    from nicegui import app, ui
    from nicegui import run as workers

    from apps.api.routes import install
    from apps.pages import register
    from apps.slow_connections import PatientProtocol

    settings = context.settings
    fault_log.install()
    gc.set_threshold(_FRESH_COLLECTIONS, 50, 50)
    workers.process_pool_start_method = 'spawn'
    install(app, context)
    register(context)
    _accompany(app, context, beside)
    ui.run(
        host=settings.host,
        port=settings.port,
        title='窓口',
        language='ja',
        reload=False,
        show=False,
        tailwind=False,
        prod_js=True,
        reconnect_timeout=10,
        binding_refresh_interval=None,
        storage_secret=storage_secret(settings.data),
        session_middleware_kwargs={
            'session_cookie': 'madoguchi_page',
            'https_only': settings.https,
            'same_site': 'lax',
            'max_age': settings.session_hours * 3600,
        },
        show_welcome_message=False,
        fastapi_docs=False,
        http=PatientProtocol,
        # A call goes to hundreds of screens at once: packing it for each of them would take longer than the way.
        ws_per_message_deflate=False,
        proxy_headers=False,
        server_header=False,
        access_log=False,
    )


def _accompany(app: App, context: AppContext, beside: list[str] | None) -> None:
    """What lives as long as the server does."""
    watching: list[asyncio.Task[None]] = []
    children: list[subprocess.Popen[bytes]] = []

    def start() -> None:
        watching.append(asyncio.create_task(context.catalogue.watch()))
        watching.append(asyncio.create_task(_tidy_up(context)))
        watching.append(asyncio.create_task(_take_back_imports(context)))
        watching.append(asyncio.create_task(lottery_rounds.go_round(context)))
        watching.append(asyncio.create_task(context.inbox.watch()))
        watching.append(asyncio.create_task(context.reminders.run()))
        if context.outbox.sender is not None:
            context.outbox.sender.start()
        if beside:
            children.append(subprocess.Popen(beside))

    async def stop() -> None:
        for task in watching:
            task.cancel()
        if context.outbox.sender is not None:
            await context.outbox.sender.stop()
        for child in children:
            child.terminate()
            child.wait()
        context.close()

    app.on_startup(start)
    app.on_shutdown(stop)


async def _take_back_imports(context: AppContext) -> None:
    """What an import that was killed has left behind goes, before anybody counts on it."""
    for each in await context.imports.back.recover_at_start():
        logger.warning('import %s was left in the middle and is %s now', each.id, each.state)


async def _tidy_up(context: AppContext) -> None:
    """Every hour: throw away what nobody can use any more."""
    while True:
        await asyncio.to_thread(tidy_up, context)
        await asyncio.sleep(3600)


def tidy_up(context: AppContext) -> None:
    """Dead sessions; wrong passwords and PINs of long ago; sign-ins that were not finished; words searched for some
    days ago; formula failures that are settled; uploads that no record named within a day, with their notes; what the
    audit has kept long enough; notifications of half a year ago; the texts of notices sent long ago; personal data
    whose time is over, where an erasing was broken off or needs nobody's approval."""
    context.sessions.purge()
    context.store.scratch.purge(context.clock.now() - timedelta(days=2), 'attempts/')
    context.store.scratch.purge(context.clock.now() - timedelta(days=30), 'pin_failures/')
    context.store.scratch.purge(context.clock.now() - AT_MOST, BEGUN)
    context.store.scratch.purge(context.clock.now() - KEPT, WHERE)
    context.failures.tidy()
    context.store.scratch.purge(context.clock.now() - timedelta(days=1), 'file/')
    context.store.blobs.collect()
    audit_retention.expire(context)
    retention.expire(context.store, context.clock.now())
    outbox_retention.expire(context.store, context.clock.now(), context.settings.outbox_days)
    context.retention.go_on()
    context.retention.automatic()


def storage_secret(data: Path) -> str:
    """The secret that signs NiceGUI's cookie: made once, beside the records, readable by the server's user only."""
    path = data / 'secret.txt'
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, 'w') as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text('ascii')


def _shown(host: str) -> str:
    """An address that a browser on this machine can open."""
    return '127.0.0.1' if host in {'0.0.0.0', '::'} else host

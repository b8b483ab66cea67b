"""Whether the server can do its work: 200 only when it can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.responses import JSONResponse

if TYPE_CHECKING:
    from apps.context import AppContext


def register(router: APIRouter, context: AppContext) -> None:
    @router.get('/healthz', summary='動いているか')
    def healthz() -> JSONResponse:
        """Reads from the store and asks whether it still writes; tells nothing about records or people."""
        stopped = context.store.stopped
        if stopped is None:
            context.store.count('_accounts')
        state = 'ok' if stopped is None else 'stopped'
        return JSONResponse({'state': state, 'apps': len(context.catalogue.all())}, 200 if stopped is None else 503)

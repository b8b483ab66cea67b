"""The address that the QR code of a ticket holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request

from apps.addresses import prefix_of
from apps.public.addresses import ticket_address

if TYPE_CHECKING:
    from apps.context import AppContext


def phone_address(context: AppContext, request: Request, app: str, record: str) -> str:
    """The page of a visit's tickets as a phone opens it: by the public origin, else as the staff came here."""
    here = f'{request.url.scheme}://{request.url.netloc}'
    origin = context.settings.public_origin or here + prefix_of(request)
    return origin + ticket_address(context.own_codes.in_address(app, record))

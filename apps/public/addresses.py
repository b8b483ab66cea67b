"""The addresses that answer without sign-in."""

from __future__ import annotations

from urllib.parse import quote

FORMS = '/public/forms'
"""The list of the forms that citizens may fill in."""
TICKETS = '/public/q'
"""Short, because it stands in the QR code of a ticket."""


REPLIES = '/public/reply'
"""Where somebody outside answers one task; the rest of the address is a secret."""


def form_address(address: str) -> str:
    """A public form, by the address its definition gives it."""
    return f'{FORMS}/{quote(address)}'


def own_address(address: str) -> str:
    """Where an applicant looks up their own application, by receipt number and code."""
    return f'{form_address(address)}/own'


def draw_address(address: str) -> str:
    """What everybody may know of the lottery behind a public form."""
    return f'{form_address(address)}/draw'


def reports_address(address: str) -> str:
    """The released records of the app behind a public form, as a list and a map."""
    return f'{form_address(address)}/reports'


def status_address(address: str) -> str:
    """Where anybody asks by number how far a record has come."""
    return f'{form_address(address)}/status'


def board_address(app: str) -> str:
    """The display in the waiting room."""
    return f'/public/{quote(app)}'


def ticket_address(code: str) -> str:
    """One's own tickets on one's own phone."""
    return f'{TICKETS}/{quote(code)}'


def reply_address(token: str) -> str:
    """The page of one task."""
    return f'{REPLIES}/{quote(token, safe="")}'

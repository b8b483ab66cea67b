"""The addresses of the screens, written in one place so that links, mails and tests agree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

if TYPE_CHECKING:
    from starlette.requests import Request

HOME = '/'
NOTIFICATIONS = '/notifications'
PROBLEMS = '/problems'
ACCOUNTS = '/accounts'
ACCOUNTS_CSV = '/accounts.csv'
NEW_ACCOUNT = '/accounts/new'
ACCOUNTS_FILE = '/accounts/file'
TRANSFERS = '/accounts/transfers'
UNUSED_ACCOUNTS = '/accounts/unused'
SHARED_DEVICES = '/accounts/devices'
OWNERS = '/owners'
AUDIT = '/audit'
ME = '/me'
SIGN_IN = '/sign-in'
LOCKED = '/sign-in/locked'
NEW_PASSWORD = '/sign-in/password'
SINGLE_SIGN_ON = '/sign-in/single'
SIGN_OUT = '/sign-out'
SET_UP = '/set-up'


def app_address(app: str, view: str = '', query: Mapping[str, str] | None = None) -> str:
    """A view of an app (its first one without `view`), with filters and page in the query."""
    parts = {**({'view': view} if view else {}), **(query or {})}
    return f'/apps/{quote(app)}' + (f'?{urlencode(parts)}' if parts else '')


def permissions_address(app: str, query: Mapping[str, str] | None = None) -> str:
    """Who may do what in an app, what a person sees of it, and to whom it is lent."""
    return f'/apps/{quote(app)}/permissions' + (f'?{urlencode(query)}' if query else '')


def notices_address(app: str, event: str = '') -> str:
    """What an app sends to people outside: all its texts, or one of them."""
    return f'/apps/{quote(app)}/notices' + (f'/{quote(event, safe="")}' if event else '')


def retention_address(app: str, disposal: str = '') -> str:
    """Personal data whose time is over in an app: all its lists, or one of them."""
    return f'/apps/{quote(app)}/retention' + (f'/{quote(disposal, safe="")}' if disposal else '')


def paper_address(app: str, event: str, kind: str, batch: str = '') -> str:
    """What was frozen for paper. kind: letters (a page to print), merge.xlsx or merge.csv."""
    asked = {'event': event, **({'batch': batch} if batch else {})}
    return f'/api/v1/apps/{quote(app)}/notices/{kind}?{urlencode(asked)}'


def account_address(account: str) -> str:
    """The administrators' page about one person."""
    return f'{ACCOUNTS}/person/{quote(account)}'


def new_address(app: str) -> str:
    """The empty form."""
    return f'/apps/{quote(app)}/new'


def call_address(app: str) -> str:
    """The phone screen."""
    return f'/apps/{quote(app)}/call'


def record_address(app: str, record_id: str) -> str:
    """One record."""
    return f'/apps/{quote(app)}/records/{quote(record_id, safe="")}'


def same_address(app: str, record_id: str, other: str = '') -> str:
    """A record beside another one that may be about the same thing."""
    return f'{record_address(app, record_id)}/same' + (f'?{urlencode({"other": other})}' if other else '')


def sheet_address(app: str, record_id: str, name: str, *, printing: bool = False) -> str:
    """A sheet of one record (`sheets:` of the definition). printing: the print window opens by itself."""
    return f'{record_address(app, record_id)}/sheets/{quote(name, safe="")}' + ('?print=1' if printing else '')


def sheet_excel_address(app: str, record_id: str, name: str) -> str:
    """The same sheet in the office's own Excel file."""
    return f'{sheet_address(app, record_id, name)}/excel'


def sheets_address(app: str, name: str, query: Mapping[str, str]) -> str:
    """A sheet of each of several records, or a list. query: `records` (ids with commas between), or that of a list."""
    return f'/apps/{quote(app)}/sheets/{quote(name, safe="")}?{urlencode(query)}'


def route_address(app: str) -> str:
    """One's own way through the places of today."""
    return f'/apps/{quote(app)}/route'


def tickets_address(app: str, record_id: str) -> str:
    """The tickets of a visit, to be printed."""
    return f'/api/v1/apps/{quote(app)}/records/{quote(record_id, safe="")}/tickets'


def queue_statistics_address(app: str, query: Mapping[str, str] | None = None) -> str:
    """What happened at the counters of a queue, over a day, a month or a 年度."""
    return f'/apps/{quote(app)}/queue/statistics' + (f'?{urlencode(query)}' if query else '')


def queue_workbook_address(app: str, begin: str, end: str) -> str:
    """The same in Excel. begin, end: days (ISO)."""
    return f'/api/v1/apps/{quote(app)}/queue-statistics?{urlencode({"begin": begin, "end": end})}'


def replay_address(app: str, day: str = '') -> str:
    """One day of a queue, step by step. day: ISO; today without."""
    return f'/apps/{quote(app)}/queue/replay' + (f'?day={day}' if day else '')


def edit_address(app: str, record_id: str) -> str:
    """The form over a record."""
    return f'{record_address(app, record_id)}/edit'


def import_address(app: str) -> str:
    """Where files are taken in."""
    return f'/apps/{quote(app)}/import'


def import_drafts_address(app: str) -> str:
    """Where a file to be taken in is sent."""
    return f'/api/v1/apps/{quote(app)}/import-drafts'


def corrections_address(app: str, draft: str) -> str:
    """The rows that could not be taken in, marked."""
    return f'{import_drafts_address(app)}/{quote(draft)}/corrections.xlsx'


def summary_address(app: str, view: str, filters: Mapping[str, str]) -> str:
    """The Excel sheet of a summary view with these filters."""
    asked = {'view': view, **{f'filter.{name}': value for name, value in filters.items() if value}}
    return f'/api/v1/apps/{quote(app)}/summary?{urlencode(asked)}'


def draw_address(app: str) -> str:
    """The published result of a lottery."""
    return f'/api/v1/apps/{quote(app)}/draw.csv'


def draw_rules_address(app: str) -> str:
    """The rules of a lottery, for the checkers."""
    return f'/api/v1/apps/{quote(app)}/draw-rules.json'


def lottery_numbers_address(app: str) -> str:
    """The numbers of a lottery in Excel."""
    return f'/api/v1/apps/{quote(app)}/lottery-numbers.xlsx'


def file_address(digest: str, *, thumb: bool = False) -> str:
    """A photo or an attached file."""
    return f'/api/v1/files/{quote(digest)}' + ('?thumb=1' if thumb else '')


def query_of(address: str) -> dict[str, str]:
    """The query of an address; of a key given twice the last one counts."""
    return dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))


def prefix_of(request: Request) -> str:
    """What stands before every address when a proxy serves us under a folder (/city), else ''."""
    told = quote(request.headers.get('X-Forwarded-Prefix', ''), safe="/:@!$&'()*+,;=%")
    return told + str(request.scope.get('root_path', ''))

"""The register of people as CSV: written, read again, and compared with what is registered, row by row."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from apps.account import Account
from apps.accounts import wrong_id, wrong_parts
from apps.people import ROLES
from apps.sign_ins import account_id_of
from forms.japanese.era import parse_date
from forms.japanese.person_name import clean
from forms.japanese.unreadable import UnreadableText

COLUMNS = ('利用者ID', '氏名', '役割', '所属', '停止')
TRANSFER_COLUMNS = ('発令日', '利用者ID', '所属', '役割')
LARGEST = 500_000
"""Bytes; some ten thousand people."""

_LIVE = ('=', '+', '-', '@')
_BETWEEN = re.compile('[・、,;；/\n]+')
_YES, _NO = {'停止', '停止中', '1', '○', 'はい', 'true', 'yes'}, {'', '0', '×', 'いいえ', 'false', 'no', '利用中'}


class Unreadable(Exception):
    """The file as a whole cannot be read. str() is Japanese, with the way out."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file. number: as Excel counts them, the heading being 1. kind: new, changed, same or refused.

    wanted: name, roles, sections, disabled, as far as the file has their columns (of a new person all of them).
    told: what changes, or why it is refused, for people to read.
    """

    number: int
    account: str
    name: str
    kind: str
    told: tuple[str, ...] = ()
    wanted: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TransferRow:
    """A row of a file of transfers. mistakes: why it is refused."""

    number: int
    account: str
    name: str
    day: date | None
    sections: tuple[str, ...]
    roles: tuple[str, ...]
    mistakes: tuple[str, ...] = ()


def written(people: Sequence[Account]) -> bytes:
    """The file, UTF-8 with the mark by which Excel knows it."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for each in people:
        roles = '・'.join(ROLES[role] for role in each.roles if role in ROLES)
        stopped = '停止' if each.disabled else ''
        rows.writerow([_harmless(part) for part in (each.account, each.name, roles, '・'.join(each.sections), stopped)])
    return text.getvalue().encode('utf-8-sig')


def compared(content: bytes, registered: Mapping[str, Account]) -> list[Row]:
    """Every row beside the register. Raises Unreadable."""
    lines = list(_lines(content, COLUMNS, ('利用者ID', '氏名')))
    ids = [account_id_of(each['利用者ID']) for _, each in lines]
    rows = []
    for (number, line), account in zip(lines, ids, strict=True):
        again = ('同じ利用者IDが、この表に2回あります。',) if ids.count(account) > 1 else ()
        rows.append(_row(number, account, line, registered.get(account), again))
    return rows


def planned(content: bytes, registered: Mapping[str, Account], today: date) -> list[TransferRow]:
    """Every row of a file of transfers. Raises Unreadable."""
    rows = []
    for number, line in _lines(content, TRANSFER_COLUMNS, TRANSFER_COLUMNS[:3]):
        account = account_id_of(line['利用者ID'])
        person = registered.get(account)
        day = day_of(line['発令日'])
        roles = _roles(line['役割']) if line.get('役割') else (person.roles if person else ())
        mistakes = [each.text for each in wrong_parts({'roles': roles})]
        if person is None:
            mistakes.append(f'利用者ID「{account}」はありません。')
        if day is None:
            mistakes.append('発令日は 2027-04-01 か 令和9年4月1日 の形で書いてください。')
        elif day < today:
            mistakes.append('発令日は、今日かそれよりあとの日にしてください。')
        name = person.name if person else ''
        rows.append(TransferRow(number, account, name, day, _several(line['所属']), roles, tuple(mistakes)))
    return rows


def day_of(text: str) -> date | None:
    """A day as offices write it; None when it cannot be read."""
    try:
        return parse_date(text).value
    except UnreadableText:
        return None


def _row(number: int, account: str, line: Mapping[str, str], person: Account | None, again: tuple[str, ...]) -> Row:
    name = clean(line['氏名'])
    wanted: dict[str, Any] = {'name': name}
    mistakes = [*again]
    if told := wrong_id(account):
        mistakes.append(told)
    if '役割' in line:
        wanted['roles'] = list(_roles(line['役割'])) or ['staff']
    if '所属' in line:
        wanted['sections'] = list(_several(line['所属']))
    if '停止' in line:
        word = _folded(line['停止']).lower()
        wanted['disabled'] = word in _YES
        if word not in _YES | _NO:
            mistakes.append('「停止」には「停止」と書くか、空にしてください。')
    mistakes += [each.text for each in wrong_parts(wanted)]
    if mistakes:
        return Row(number, account, name, 'refused', tuple(mistakes))
    if person is None:
        whole = {'roles': ['staff'], 'sections': [], 'disabled': False, **wanted}
        return Row(number, account, name, 'new', (), whole)
    return _beside(number, person, wanted)


def _beside(number: int, person: Account, wanted: Mapping[str, Any]) -> Row:
    is_now: dict[str, Any] = {
        'name': person.name,
        'roles': list(person.roles),
        'sections': list(person.sections),
        'disabled': person.disabled,
    }
    changes = {name: value for name, value in wanted.items() if value != is_now[name]}
    told = tuple(f'{_LABELS[name]}: {_told(name, is_now[name])} → {_told(name, new)}' for name, new in changes.items())
    kind = 'changed' if changes else 'same'
    return Row(number, person.account, wanted['name'], kind, told, changes)


_LABELS = {'name': '氏名', 'roles': '役割', 'sections': '所属', 'disabled': '停止'}


def _told(name: str, value: Any) -> str:
    if name == 'roles':
        return '・'.join(ROLES.get(each, each) for each in value) or 'なし'
    if name == 'disabled':
        return '停止' if value else '利用中'
    return value if isinstance(value, str) else '・'.join(value) or 'なし'


def _lines(content: bytes, columns: Sequence[str], needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """(row number, column -> text) of every row that is not empty; only columns that the file has."""
    rows = list(csv.reader(io.StringIO(_text(content))))
    heading = [_folded(each) for each in rows[0]] if rows else []
    if missing := [each for each in needed if each not in heading]:
        raise Unreadable(f'1行目に「{"」「".join(missing)}」の列がありません。列の名前: {"、".join(columns)}')
    places = {name: heading.index(name) for name in columns if name in heading}
    for number, row in enumerate(rows[1:], 2):
        if any(each.strip() for each in row):
            yield number, {name: _cell(row[place]) if place < len(row) else '' for name, place in places.items()}


def _text(content: bytes) -> str:
    if len(content) > LARGEST:
        raise Unreadable(f'ファイルが大きすぎます。{LARGEST // 1000}KBまでに分けてください。')
    for encoding in ('utf-8-sig', 'cp932'):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable('文字コードが読めません。CSV(UTF-8)かCSV(コンマ区切り)で保存してください。')


def _roles(text: str) -> tuple[str, ...]:
    """Role words; an unknown one stays as written, for the message that refuses it."""
    by_label = {label: role for role, label in ROLES.items()}
    return tuple(by_label.get(each, each) for each in _several(text))


def _several(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (part.strip() for part in _BETWEEN.split(text)))))


def _folded(text: str) -> str:
    return unicodedata.normalize('NFKC', text).strip()


def _harmless(text: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(_LIVE) else text


def _cell(text: str) -> str:
    """What was written by `_harmless`, and what people type."""
    plain = text.strip()
    return plain[1:] if plain[:1] == "'" and plain[1:].startswith(_LIVE) else plain

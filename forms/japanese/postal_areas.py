"""Which towns a postal code stands for, by the lines that Japan Post publishes (KEN_ALL, and JIGYOSYO for offices).

Source: 日本郵便「郵便番号データの説明」. KEN_ALL: 15 columns, the code in the third, prefecture, city and town in the
seventh to ninth. JIGYOSYO: 13 columns, the office in the third, its address in the fourth to seventh, the code in the
eighth.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Line = Sequence[str]

_PLACES, _OFFICES = 15, 13
_NO_TOWN = re.compile(r'以下に掲載がない場合|.+の次に.*番地がくる場合|.+一円')
"""Words in the place of a town: the code is that of the whole municipality. A town may be called 一円 itself."""
_REMARK = re.compile(r'（.*')


@dataclass(frozen=True, slots=True)
class Area:
    """One place of a postal code. town: '' when the code is the whole municipality's. office: of a large sender."""

    code: str
    prefecture: str
    city: str
    town: str = ''
    office: str = ''

    @property
    def address(self) -> str:
        return f'{self.prefecture}{self.city}{self.town}'


def areas(lines: Iterable[Line]) -> Iterator[Area]:
    """Every area of the file, in its order; a line that has another form is passed over."""
    for line in _whole(lines):
        if len(line) >= _PLACES and _is_code(line[2]):
            yield Area(line[2], line[6], line[7], _town(line[8]))
        elif len(line) == _OFFICES and _is_code(line[7]):
            yield Area(line[7], line[3], line[4], f'{line[5]}{line[6]}', line[2])


def _whole(lines: Iterable[Line]) -> Iterator[Line]:
    """A long town is written over several lines: they belong together until its bracket is closed."""
    begun: list[str] | None = None
    for line in lines:
        if begun is not None and len(line) >= _PLACES and line[2] == begun[2]:
            begun[8] += line[8]
        elif begun is not None:
            yield begun
            begun = list(line)
        else:
            begun = list(line)
        if not (len(begun) >= _PLACES and begun[8].count('（') > begun[8].count('）')):
            yield begun
            begun = None
    if begun is not None:
        yield begun


def _town(written: str) -> str:
    """見本町（１～３丁目） -> 見本町: which part of a town it is, the person types."""
    return '' if _NO_TOWN.fullmatch(written) else _REMARK.sub('', written)


def _is_code(text: str) -> bool:
    return len(text) == 7 and text.isascii() and text.isdecimal()

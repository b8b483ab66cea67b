"""Places by name: towns, crossings, bridges, poles and facilities, found by what somebody says on the phone."""

from __future__ import annotations

import heapq
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Final

from forms.japanese.kanji_number import kanji_to_int
from forms.japanese.search_key import search_key

KINDS: Final = ('町名', '交差点', '橋', '施設', '電柱番号')
"""Kinds in the order in which equally good answers stand; any other kind comes after them."""

_MOST_WORDS = 6
_KANJI_NUMBER = re.compile('[一二三四五六七八九十百千〇]+(?=丁目|番地|番|号|条|線|区|の|ノ)')
_LAST_KANJI_NUMBER = re.compile('(?<=.)[一二三四五六七八九十]+$')
_COUNTED = re.compile('(?<=\\d)(?:丁目|番地ノ|番地|番|号|[ノの](?=\\d))')
_SPOKEN_BLOCKS = (
    'イッ', 'ニ', 'サン', 'ヨン', 'ゴ', 'ロク', 'ナナ', 'ハッ', 'キュウ', 'ジュウ', 'ジュッ', 'ジッ'
)  # fmt: skip
_BLOCK_NUMBER = dict(zip(_SPOKEN_BLOCKS, ('1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '10', '10'), strict=True))
_BLOCK = re.compile(f'({"|".join(sorted(_SPOKEN_BLOCKS, key=len, reverse=True))}|(?<=\\d))チョウメ')
_OF = re.compile('(?<=[一-龠々])[ガケ](?=[一-龠々])')
_LAST_NUMBER = re.compile('(?<=.)-?\\d+$')
_END = '\n'
"""Stands before and behind every key of a place, so that one search tells whether a word begins or equals a key."""


@dataclass(frozen=True, slots=True)
class Place:
    """A named point. latitude, longitude: decimal degrees, WGS 84."""

    name: str
    kana: str
    kind: str
    latitude: float
    longitude: float


class Gazetteer:
    """Places ready to be searched; the keys are made once. Of the same place twice, only the first counts."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places: Sequence[Place] = tuple(dict.fromkeys(places))
        self._keys = [f'{_END}{_END.join(keys_of(each))}{_END}' for each in self.places]
        self._all = ''.join(self._keys)
        self._ends = list(accumulate(map(len, self._keys)))
        in_order = sorted(range(len(self.places)), key=lambda number: _order(self.places[number]))
        self._order = {number: position for position, number in enumerate(in_order)}
        self._kinds: dict[str, set[int]] = {}
        self._exact: dict[str, list[int]] = {}
        for number, each in enumerate(self.places):
            self._kinds.setdefault(search_key(each.kind), set()).add(number)
            self._exact.setdefault(numbered_key(each.name).strip('-'), []).append(number)

    def search(self, text: str, limit: int = 10) -> list[Place]:
        """The places that hold every word of `text`, best first: the whole name, its beginning, inside; then by kind.

        An address that goes further than the gazetteer ('見本町1-2-3') finds the block or the town it lies in.
        """
        words = [forms for word in text.split()[:_MOST_WORDS] if (forms := _forms_of(word))[0].strip('-')]
        if not words:
            return []
        whole = _forms_of(''.join(text.split()))
        found = set.intersection(*map(self._with, words))
        levels = _levels(words, whole)
        ranked = ((_rank(self._keys[number], levels), self._order[number], number) for number in found)
        best = [number for _, _, number in heapq.nsmallest(limit, ranked)]
        return [self.places[number] for number in best or islice(self._around(whole[1]), limit)]

    def goes_further(self, text: str, place: Place) -> bool:
        """Whether `text` is an address inside `place`, so that its words say more than the place's name."""
        return any(self.places[number] == place for number in self._around(numbered_key(text)))

    def _with(self, forms: Sequence[str]) -> set[int]:
        """The places that hold a word in one of its forms, or are of the kind it names."""
        found = {number for kind, numbers in self._kinds.items() if forms[0] in kind for number in numbers}
        for form in dict.fromkeys(forms):
            at = self._all.find(form)
            while at >= 0:
                if form[0].isdigit() and self._all[at - 1].isdigit():  # 1丁目 is not in 11丁目
                    at = self._all.find(form, at + 1)
                    continue
                number = bisect_right(self._ends, at)
                found.add(number)
                at = self._all.find(form, self._ends[number])
        return found

    def _around(self, key: str) -> Iterator[int]:
        """The places whose name is the address without its last numbers, the narrowest first."""
        key = key.strip('-')
        while (shorter := _LAST_NUMBER.sub('', key)) != key:
            key = shorter
            yield from self._exact.get(key, ())


def keys_of(place: Place) -> Sequence[str]:
    """What is looked through: the name, with its numbers made alike, without dashes (poles), and the reading."""
    name, numbered, kana = search_key(place.name), numbered_key(place.name), numbered_key(place.kana)
    plain = '' if place.kind == KINDS[0] else name.replace('-', '')
    return [each for each in dict.fromkeys((name, numbered, kana, search_key(place.kana), plain)) if each]


def numbered_key(text: str) -> str:
    """'見本町一丁目2番3' and '見本町１－２－３' are one key, and so are 書式が丘 and 書式ヶ丘.

    '見本町1-' for 見本町1丁目: the dash behind keeps it from being the beginning of 見本町10丁目.
    """
    return _counted(search_key(_KANJI_NUMBER.sub(_digits, text)))


def _counted(key: str) -> str:
    spoken = _BLOCK.sub(lambda found: f'{_BLOCK_NUMBER.get(found[1], "")}丁目', key)
    return _OF.sub('ケ', _COUNTED.sub('-', spoken)).replace('--', '-').lstrip('-')


def _digits(found: re.Match[str]) -> str:
    try:
        return str(kanji_to_int(found[0]))
    except ValueError:
        return found[0]


def _forms_of(word: str) -> tuple[str, ...]:
    """How a typed word may stand among the keys: as it is, with its numbers made alike, half typed, without dashes."""
    key, numbered = search_key(word), numbered_key(word)
    begun = numbered_key(_LAST_KANJI_NUMBER.sub(_digits, word))
    return key, numbered or key, begun or key, key.replace('-', '') or key


def _levels(words: Sequence[Sequence[str]], whole: Sequence[str]) -> Sequence[Sequence[str]]:
    """What to look for among the keys: all of the text, a beginning with it, a beginning with one of the words."""
    exact = dict.fromkeys(f'{_END}{form}{_END}' for form in whole)
    begins = dict.fromkeys(f'{_END}{form}' for form in whole)
    begins_with_word = dict.fromkeys(f'{_END}{form}' for word in words for form in word)
    return list(exact), list(begins), [each for each in begins_with_word if each not in begins]


def _rank(keys: str, levels: Sequence[Sequence[str]]) -> int:
    for rank, level in enumerate(levels):
        for each in level:
            if each in keys:
                return rank
    return len(levels)


def _order(place: Place) -> tuple[int, int, str]:
    """Equally good answers: by kind, then the shorter name, then by name."""
    kind = KINDS.index(place.kind) if place.kind in KINDS else len(KINDS)
    return kind, len(place.name), place.name

"""Something wrong in a definition file: where it is, what it is, and the way out."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from forms.problem_texts import PROBLEMS

At = tuple[str | int, ...]
"""Keys and positions that lead to a setting: ('actions', 2, 'to')."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a definition file; line and column count from 1. Line 0: not known yet."""

    file: str
    line: int
    column: int = 1


NOWHERE = Place('', 0)


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. code: permanent, like D012. text, advice: Japanese; the advice gives two ways out, the nearest name.

    at: where a checker that knows no places found it (keys below the setting it was given); the loader adds the place.
    """

    place: Place
    code: str
    text: str
    advice: str = ''
    also: Place | None = None
    at: At = ()

    def found_in(self, place: Place) -> Problem:
        """The same problem, now with its place."""
        return replace(self, place=place, at=())

    def __str__(self) -> str:
        seen_too = f' (もう1か所: {self.also.line}行目)' if self.also else ''
        where = f'{self.place.file}:{self.place.line}:{self.place.column}'
        return f'{where}: {self.code} {self.text}{seen_too} {self.advice}'.rstrip()


def problem(code: str, place: Place = NOWHERE, *, at: At = (), also: Place | None = None, **words: object) -> Problem:
    """A problem with text and advice from the catalogue.

    A capability or field type gives `at` (keys below its own setting) instead of a place.
    Raises KeyError for a code or word that the catalogue does not know (a mistake of ours, never of the writer).
    """
    text, advice = PROBLEMS[code]
    return Problem(place, code, text.format(**words), advice.format(**words), also, at)


def nearest(name: str, known: Iterable[str]) -> str:
    """The right name that was probably meant, or ''; width and case do not matter."""
    folded = {unicodedata.normalize('NFKC', each).casefold(): each for each in known}
    wanted = unicodedata.normalize('NFKC', name).casefold()
    close = difflib.get_close_matches(wanted, folded, n=1, cutoff=0.5)
    if close:
        return folded[close[0]]
    part = [each for key, each in folded.items() if len(wanted) > 1 and (wanted in key or key in wanted)]
    return min(part, key=len) if part else ''


def instead(name: str, known: Iterable[str]) -> str:
    """What to write instead, for an advice: the nearest name, else the first few permitted ones, in 「」."""
    names = [each for each in known if each]
    if not name.isdigit() and (best := nearest(name, names)):
        return f'「{best}」'
    if not names:
        return '正しい名前'
    more = ' など' if len(names) > 12 else ''
    return '、'.join(f'「{each}」' for each in names[:12]) + more + ('のどれか' if len(names) > 1 else '')

"""Something wrong in a definition file: where it is, what it is, and the way out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a definition file; line and column count from 1."""

    file: str
    line: int
    column: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. code: permanent, like D012. text: Japanese. advice: «AかBのどちらか» in Japanese, with the nearest right name."""

    place: Place
    code: str
    text: str
    advice: str = ''
    also: Place | None = None

    def __str__(self) -> str:
        seen_too = f' (もう1か所: {self.also.line}行目)' if self.also else ''
        return f'{self.place.file}:{self.place.line}:{self.place.column}: {self.code} {self.text}{seen_too} {self.advice}'.rstrip()

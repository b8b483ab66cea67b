"""How alike two texts are: by the pairs of characters they share, rare pairs counting for more than common ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt

from forms.japanese.search_key import search_key

Pairs = frozenset[str]


def pairs_of(text: str) -> Pairs:
    """Pairs of neighbouring characters of the search key: Japanese has no spaces between words. One character: itself.

    Width, kana and old forms of kanji make no difference; punctuation is no part of a pair.
    """
    key = ''.join(each if each.isalnum() else ' ' for each in search_key(text))
    parts = key.split()
    return frozenset(pair for part in parts for pair in (map(''.join, pairwise(part)) if len(part) > 1 else (part,)))


@dataclass(frozen=True, slots=True)
class Rarity:
    """What a shared pair of characters tells, learned from the texts that are compared: 「です」 tells nothing."""

    seen: Mapping[str, int]
    texts: int

    @staticmethod
    def among(texts: Iterable[Pairs]) -> Rarity:
        known = list(texts)
        return Rarity(Counter(pair for each in known for pair in each), len(known))

    def likeness(self, one: Pairs, other: Pairs) -> float:
        """0 (nothing shared) to 1 (the same pairs); 0 when either is empty."""
        if not one or not other:
            return 0.0
        shared = self._weight(one & other)
        return shared / sqrt(self._weight(one) * self._weight(other))

    def _weight(self, pairs: Pairs) -> float:
        return sum(log(1 + (self.texts + 1) / (1 + self.seen.get(pair, 0))) for pair in pairs)

"""What a search found that had to read every text: kept until the next change, for a page and its total."""

from collections import OrderedDict
from typing import Final, NamedTuple

import apsw

from storage import history
from storage.dialect import text_literal

MANY: Final = 3_000
"""Up to so many hits lead a statement by their numbers; a page of more is soon full when the documents are walked."""

KEPT: Final = 200


class Found(NamedTuple):
    """How many documents, and by which numbers they are stored (a JSON list), None when there are too many."""

    number: int
    stored: str | None


class FoundTexts:
    """By collection and words. Several threads may ask at once; then each reads for itself."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], tuple[int, Found]] = OrderedDict()

    def kept(self, db: apsw.Connection, coll: str, text: str) -> Found | None:
        """What was found since the last change, if anybody asked."""
        seq, found = self._kept.get((coll, text), (-1, None))
        return found if seq == history.last(db)[0] else None

    def read(self, db: apsw.Connection, coll: str, text: str) -> Found:
        """Read the text of every document of the collection, unless that was done since the last change."""
        if known := self.kept(db, coll, text):
            return known
        seq, words = history.last(db)[0], text.split()
        condition = f'd.coll = {text_literal(coll)}' + ' AND instr(w.text, ?)' * len(words)
        sql = f'SELECT d.n FROM doc d CROSS JOIN words w ON w.n = d.n WHERE {condition}'
        [(count, stored)] = db.execute(
            f'SELECT count(*), CASE WHEN count(*) <= {MANY} THEN json_group_array(n) END FROM ({sql})', words
        )
        found = Found(int(count), None if stored is None else str(stored))
        self._kept[coll, text] = seq, found
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return found

"""Published definitions, kept in the store: names that records use stay for ever, and a broken file takes no app away."""

from __future__ import annotations

from pathlib import Path

from apps.operations.transaction import Transactions
from apps.people import SYSTEM
from forms.definition import AppDefinition
from forms.loader import load_text
from forms.problems import Problem
from storage import Store, Tx
from storage.record import ANY

PUBLISHED = '_definitions'


class Published:
    """The `Publisher` of the catalogue. A definition is published from its first record on; before, names are free."""

    def __init__(self, store: Store, transactions: Transactions) -> None:
        self._store = store
        self._transactions = transactions

"""Published definitions, kept in the store: names in use stay for ever, and a broken file takes no app away."""

from __future__ import annotations

from pathlib import Path

from apps.audit import Audit
from apps.definition_changes import definition_changes
from apps.people import SYSTEM
from apps.transactions import Transactions
from forms.definition import AppDefinition
from forms.loader import load_text
from forms.problems import Problem
from forms.versions import compare, published
from storage import Store, Tx
from storage.record import ANY

PUBLISHED = '_definitions'
"""`<app>`: its permanent names and newest version. `<app>@<version>`: the text of that version, as records name it."""


class Published:
    """The `Publisher` of the catalogue. Names are free until an app has its first record; from then on they stay."""

    def __init__(self, store: Store, transactions: Transactions, audit: Audit) -> None:
        self._store = store
        self._transactions = transactions
        self._audit = audit

    def vanished(self, definition: AppDefinition) -> tuple[Problem, ...]:
        """What this version lacks of the names that records use."""
        kept = self._store.get(PUBLISHED, definition.name)
        if kept is None or not self._store.find(definition.name, limit=1).docs:
            return ()
        return compare(kept['names'], definition)

    def publish(self, definition: AppDefinition) -> None:
        """Remember the names and the text of a version that is served from now on."""
        kept = self._store.get(PUBLISHED, definition.name)
        if kept is not None and kept['version'] == definition.version:
            return
        used = kept is not None and self._store.find(definition.name, limit=1).docs
        names = published(kept['names'] if used and kept is not None else {}, definition)
        text = Path(definition.source).read_text('utf-8-sig')
        earlier = self.last_good(definition.name, Path(definition.source).parent)

        def work(tx: Tx) -> None:
            tx.put(PUBLISHED, {'names': names, 'version': definition.version}, definition.name, ANY)
            version = {'app': definition.name, 'version': definition.version, 'text': text}
            tx.put(PUBLISHED, version, f'{definition.name}@{definition.version}', ANY)

        self._transactions.run_blocking(work, by=SYSTEM, reason='定義の公開')
        before = kept['version'] if kept is not None else ''
        changes = definition_changes(earlier, definition)
        self._audit.note_blocking(
            'definition', SYSTEM, app=definition.name, before=before, after=definition.version, **changes
        )

    def last_good(self, name: str, folder: Path) -> AppDefinition | None:
        """The version served before a restart, when its file can no longer be read."""
        kept = self._store.get(PUBLISHED, name)
        version = self._store.get(PUBLISHED, f'{name}@{kept["version"]}') if kept is not None else None
        if version is None:
            return None
        loaded = load_text(version['text'], name, choices_dir=folder / 'choices', file=str(folder / f'{name}.yaml'))
        return loaded if isinstance(loaded, AppDefinition) else None

"""What one person may see and do in one app: which deeds, on which records, and which fields are withheld."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, TypeVar

from tinydb import where
from tinydb.queries import QueryInstance

from apps.filters import query_of
from apps.people import SYSTEM, Person, is_outside, may
from forms.capabilities.permissions.rule import WITHHOLDING, Permission, assignees_in
from forms.capability import Moment
from forms.evaluation import Evaluation
from forms.field import Masked, Value
from storage import Doc

if TYPE_CHECKING:
    from forms.definition import AppDefinition

Values = Mapping[str, Value]
Names = frozenset[str]
Rule = tuple[int, Permission]
Record = TypeVar('Record', bound=Values)
USE = 'records'
"""Under which the formula of a rule is kept; one that fails shows nothing."""
_NOTHING: Names = frozenset()
_NOBODY = where('_created_by').one_of([])


@dataclass(frozen=True, slots=True)
class Sight:
    """Asked by everything that reads or writes. rules: those about this person; None where nothing is withheld.

    A citizen's public form says itself what it asks and tells (forms/capabilities/public_form.py): nothing more here.

    definition: the whole one. moment: of this person, for formulas in rules. granted: lent to them to look at for a
    while (apps/grants.py), all records and all fields of it.
    """

    definition: AppDefinition
    person: Person
    moment: Moment
    rules: tuple[Rule, ...] | None
    granted: bool = False

    @staticmethod
    def of(definition: AppDefinition, person: Person, moment: Moment, *, granted: bool = False) -> Sight:
        permissions: Any = definition.capabilities.get('permissions')
        whole = permissions is None or person is SYSTEM or is_outside(person)
        return Sight(definition, person, moment, None if whole else tuple(permissions.about(moment)), granted)

    # ---- deeds

    def may(self, verb: str) -> bool:
        """Whether this person may do that in this app at all."""
        if self.granted and verb == 'see':
            return self.person.reach is None or self.person.reach.allows(self.definition.name, verb)
        return may(self.person, self.definition, verb)

    def may_on(self, verb: str, record: Values) -> bool:
        """The same for one record as it is stored, reserved keys included; nothing with one they may not see."""
        if not self.may(verb) or not self.may('see'):
            return False
        if self.rules is None:
            return True
        seen = self.granted or any('see' in rule.can and self._holds(index, rule, record) for index, rule in self.rules)
        if verb == 'see' or not seen:
            return seen
        return any(verb in rule.can and self._holds(index, rule, record) for index, rule in self.rules)

    def sees(self, record: Values) -> bool:
        return self.may_on('see', record)

    # ---- records

    @property
    def sees_all(self) -> bool:
        """Whether no record of the app is kept from this person, once they may see the app."""
        return self.is_whole or any(rule.records == 'all' for _, rule in self._seeing)

    def condition(self) -> QueryInstance | None:
        """The records this person may see, as a query of the store; None for all of them."""
        return None if self.sees_all else self._condition(self._seeing)

    def condition_for(self, verb: str) -> QueryInstance | None:
        """The records with which this person may do that, among those they see."""
        rules = [each for each in self.rules or () if verb in each[1].can]
        if self.rules is None or any(rule.records == 'all' for _, rule in rules):
            return self.condition()
        own, seen = self._condition(rules), self.condition()
        return own if seen is None else seen & own

    def _condition(self, rules: Iterable[Rule]) -> QueryInstance:
        return _any(self._query(index, rule) for index, rule in rules)

    def _query(self, index: int, rule: Permission) -> QueryInstance:
        match rule.records:
            case 'own':
                return where('_created_by') == self.person.account
            case 'own_section':
                names, sections = rule.sections_in(self.definition), list(self.person.sections)
                return _any(where(name).one_of(sections) for name in names)
            case 'assigned':
                account = self.person.account
                return _any(where(name) == account for name in assignees_in(self.definition))
        path = f'permissions.{index}'
        formula = self.definition.formula(path, USE)
        return query_of(formula, self._evaluation(), path, use=USE) if formula is not None else _NOBODY

    def _holds(self, index: int, rule: Permission, record: Values) -> bool:
        match rule.records:
            case 'all':
                return True
            case 'own':
                return record.get('_created_by') == self.person.account
            case 'own_section':
                return any(record.get(name) in self.person.sections for name in rule.sections_in(self.definition))
            case 'assigned':
                return any(record.get(name) == self.person.account for name in assignees_in(self.definition))
        path = f'permissions.{index}'
        formula = self.definition.formula(path, USE)
        return formula is not None and self._evaluation().holds(path, USE, record)

    def _evaluation(self) -> Evaluation:
        return Evaluation.at(self.definition, self.moment)

    # ---- fields

    @property
    def withholds(self) -> bool:
        """Whether anything is withheld from this person, records or fields."""
        if self.is_whole:
            return False
        return not self.sees_all or any(getattr(rule, key) for _, rule in self._seeing for key in WITHHOLDING)

    @property
    def never_seen(self) -> Names:
        """Fields hidden on every record."""
        return self._by_every(self._seeing, ('hide',))

    @property
    def veiled(self) -> Names:
        """Fields hidden or masked on some record: nobody may sort, filter, group or search by them."""
        if not self.withholds:
            return _NOTHING
        everywhere = tuple(each for each in self._seeing if each[1].records == 'all')
        some = _NOTHING.union(*(self._of(rule, ('hide', 'mask')) for _, rule in self._seeing))
        return some & self._by_every(everywhere, ('hide', 'mask')) if everywhere else some

    def hidden(self, record: Values | None) -> Names:
        """Fields of this record that must not be shown at all; None: of a record that is to be made."""
        return self._by_every(self._about(record), ('hide',))

    def masked(self, record: Values | None) -> Names:
        """Fields of this record of which only a mask is shown."""
        rules = self._about(record)
        return self._by_every(rules, ('hide', 'mask')) - self._by_every(rules, ('hide',))

    def readonly(self, record: Values | None) -> Names:
        """Fields of this record that are shown and not to be written."""
        rules = self._about(record)
        return self._by_every(rules, WITHHOLDING) - self._by_every(rules, ('hide', 'mask'))

    def locked(self, record: Values | None) -> Names:
        """Fields of this record that this person may not write, for whatever reason."""
        return self._by_every(self._about(record), WITHHOLDING)

    def told(self, record: Record) -> Record:
        """The record as this person may get it: hidden fields left out, masked ones as `Masked` text."""
        if not self.withholds:
            return record
        hidden, masked, fields = self.hidden(record), self.masked(record), self.definition.fields
        values = {
            name: Masked(fields[name].masked(value)) if name in masked and value is not None else value
            for name, value in record.items()
            if name not in hidden
        }
        if isinstance(record, Doc):
            return Doc(values, record.doc_id, record.rev, record.coll)  # type: ignore[return-value]
        return values  # type: ignore[return-value]

    def readable(self, record: Values) -> dict[str, Value]:
        """The values of a record that may be read as they are: neither hidden nor masked, no reserved keys."""
        unread = self.hidden(record) | self.masked(record) if self.withholds else _NOTHING
        return {name: value for name, value in record.items() if name not in unread and not name.startswith('_')}

    @property
    def is_whole(self) -> bool:
        """Whether every record of the app is there with every field, for whoever may see the app at all."""
        return self.rules is None or self.granted

    @property
    def _seeing(self) -> tuple[Rule, ...]:
        """The rules that let this person see anything."""
        return tuple(each for each in self.rules or () if 'see' in each[1].can)

    def _about(self, record: Values | None) -> tuple[Rule, ...]:
        """The rules by which this person sees this record, or would make a new one."""
        if record is None:
            return tuple(each for each in self.rules or () if {'see', 'create'} & {*each[1].can})
        return tuple((index, rule) for index, rule in self._seeing if self._holds(index, rule, record))

    def _by_every(self, rules: tuple[Rule, ...], keys: Iterable[str]) -> Names:
        """Withheld by every one of the rules: one that shows a field suffices. Without a rule everything is."""
        if self.is_whole:
            return _NOTHING
        keys = tuple(keys)
        if not rules:
            return frozenset(self.definition.fields)
        return frozenset.intersection(*(self._of(rule, keys) for _, rule in rules))

    def _of(self, rule: Permission, keys: Iterable[str]) -> Names:
        return _NOTHING.union(*(rule.withholds(self.definition, key) for key in keys))


def _any(queries: Iterable[QueryInstance]) -> QueryInstance:
    """Records for which one of the queries holds; none where there is no query."""
    known = list(queries)
    return reduce(or_, known) if known else _NOBODY

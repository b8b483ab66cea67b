"""A capability: behaviour switched on by a top-level key of a definition, and the register of capabilities.

A capability is pure: it sees values and the moment, and answers what should follow. The operation (apps/operations.py)
asks, and does all of it in one transaction.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, TypeVar

from forms.field import Field, FormulaText, Surroundings, Value
from forms.message import Message

if TYPE_CHECKING:
    from forms.area_files import AreaFiles
    from forms.definition import AppDefinition
    from forms.evaluation import FormulaFailure
    from forms.problems import Problem

Values = Mapping[str, Value]

UNDO = 'undo'
"""Name under which an undo stands in the history, as a step of its own."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When and by whom something is done; always an argument, never asked of the system.

    now: aware, Asia/Tokyo. opened_at: when the form was opened (aware), or None when unknown. around: what may be
    asked about other records and people; None where nothing else is at hand. failed: told of every formula that fails.
    outside: whether it is somebody without an account, at a public form.
    """

    now: datetime
    account: str = ''
    name: str = ''
    sections: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    opened_at: datetime | None = None
    around: Surroundings | None = None
    failed: Callable[[FormulaFailure], None] | None = None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class NumberWish:
    """A number to be taken inside the transaction.

    `field` becomes `render(next number of series(values so far), values so far)`. Wishes are granted in order, each
    seeing what the earlier ones filled in: a branch number counts under a receipt number given just before, and several
    tickets are appended to the steps of one visit. `series` is a name within the app; a series begins with `start`.
    After the number `end` (0: there is none) nothing is saved, and `used_up` says why.
    """

    field: str
    series: Callable[[Values], str]
    render: Callable[[int, Values], Value]
    start: int = 1
    end: int = 0
    used_up: Message | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that only one living record may hold; `refusal` is given when another holds it."""

    scope: str
    value: str
    refusal: Message


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A record to be made in another app, in the same transaction.

    values: raw values, to be cleaned by that app like any submission. origin: the row it comes from, «点検表/外壁»;
    the operation puts app and record id before it and keeps it as `_origin`. back_to: field of the new record that
    links here.
    """

    app: str
    values: Values
    origin: str
    back_to: str = ''


@dataclass(frozen=True, slots=True)
class Offer:
    """An action a person may take on a record now.

    name: permanent word of the action. asks: names of fields to fill in together with it; needs: those of them that may
    not stay blank. given: arguments that this offer fixes (the section of a ticket). confirm: question, or ''.
    closed: why it cannot be taken now (Japanese), or '' when it can.
    """

    name: str
    label: str
    asks: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    given: Values = field(default_factory=dict)
    confirm: str = ''
    closed: str = ''
    main: bool = False


@dataclass(frozen=True, slots=True)
class Performed:
    """What an action does: new values of fields, or the reasons why not (then nothing happens)."""

    updates: Values = field(default_factory=dict)
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier change of one record, told from its history: values before and after of the fields it touched."""

    at: datetime
    by: str
    action: str
    before: Values
    after: Values


@dataclass(frozen=True, slots=True)
class FormulaSetting:
    """A formula among a capability's settings, for the loader to compile and check.

    path: keys below the capability's own key, list items by number: ('actions', 0, 'guard').
    gives: kind of value wanted ('boolean', 'number' ...), or '' for any. rows_of: subtable in whose rows it works.
    Found again with `definition.formula(*FormulaSetting.key(KEY))`.
    """

    path: tuple[str | int, ...]
    text: FormulaText
    gives: str = ''
    rows_of: str = ''

    def key(self, capability: str) -> tuple[str, str]:
        """(path, use) in `AppDefinition.formulas`: ('workflow.actions.0', 'guard')."""
        *place, use = map(str, self.path)
        return '.'.join((capability, *place)), use


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability:
    """Settings are dataclass fields made with `forms.field.setting`; hooks are the methods a capability overrides.

    A setting may itself be a frozen dataclass of settings, a tuple of them, or a Mapping[str, str | FormulaText]. A
    Python word as key (`from`) is written with an underscore behind (`from_`). What is written in YAML as a list
    (numbering, unique, follow_up, permissions) goes whole into the setting named by LIST.

    `clean` asks fill; the operation then asks, in this order: refuse, numbers, derive, claims, follow_ups.
    """

    KEY: ClassVar[str] = ''
    TITLE: ClassVar[str] = ''
    LIST: ClassVar[str] = ''
    DEEDS: ClassVar[Mapping[str, str]] = {}
    """Name of an action -> what the history calls it, where the name is no Japanese word."""
    FIRST: ClassVar[bool] = False
    """Whether `fill` comes before that of the others, because theirs may follow from it (deadline from urgency)."""

    def with_files(self, files: AreaFiles) -> Capability:
        """The same with what it reads from files beside the definition."""
        return self

    def added_fields(self) -> Sequence[Field]:
        """Fields that this capability adds to the app (状態, 受付番号, 当落)."""
        return ()

    def formula_settings(self) -> Iterable[FormulaSetting]:
        """The formulas among the settings."""
        return ()

    def statuses_given(self) -> Iterable[str]:
        """Statuses of the workflow that this capability gives and takes away again, so that no action has to."""
        return ()

    def indexed(self, definition: AppDefinition) -> Iterable[tuple[str, ...]]:
        """Fields, `_created_at` among them, by which this capability looks up records again and again."""
        return ()

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        """What contradicts itself or the rest of the definition: `problem(code, at=...)`; the loader adds the place."""
        return ()

    def warnings(self, definition: AppDefinition) -> Iterable[Problem]:
        """What may be a mistake and stops nothing; told as `problems` are."""
        return ()

    def fill(self, definition: AppDefinition, old: Values | None, new: Values, moment: Moment) -> Values:
        """Values that this capability sets at every save (first status, deadline); None makes a field blank."""
        return {}

    def refuse(
        self, definition: AppDefinition, old: Values | None, new: Values, moment: Moment
    ) -> Iterable[Message]:
        """Reasons why this save must not happen."""
        return ()

    def numbers(
        self, definition: AppDefinition, old: Values | None, new: Values, moment: Moment
    ) -> Iterable[NumberWish]:
        """Numbers to take in the same transaction."""
        return ()

    def derive(self, definition: AppDefinition, values: Values, moment: Moment) -> Values:
        """Values that follow from the others (整理券 from the steps); computed last, when the numbers are in."""
        return {}

    def claims(self, definition: AppDefinition, new: Values) -> Iterable[Claim]:
        """Values of which there may be only one."""
        return ()

    def follow_ups(
        self, definition: AppDefinition, old: Values | None, new: Values, moment: Moment
    ) -> Iterable[FollowUp]:
        """Records to make elsewhere in the same transaction."""
        return ()

    def offers(self, definition: AppDefinition, values: Values, moment: Moment) -> Sequence[Offer]:
        """Actions on this record, those that are closed now included (with the reason)."""
        return ()

    def takes(self, action: str) -> bool:
        """Whether `perform` knows this action."""
        return False

    def perform(
        self, definition: AppDefinition, action: str, values: Values, given: Values, moment: Moment
    ) -> Performed:
        """Take an action. given: cleaned values of the asked fields, and the action's own arguments."""
        raise NotImplementedError(action)

    def maps_for_everybody(self, definition: AppDefinition) -> bool:
        """Whether a page that anybody may open shows a map because of this capability."""
        return False

    def undo(
        self, definition: AppDefinition, values: Values, past: Sequence[Past], given: Values, moment: Moment
    ) -> Performed | None:
        """Take back the last action, as a step of its own. past: newest first. None: nothing here can be undone."""
        return None


CapabilityClass = TypeVar('CapabilityClass', bound=type[Capability])
_CAPABILITIES: dict[str, type[Capability]] = {}


def capability(key: str, *, title: str) -> Callable[[CapabilityClass], CapabilityClass]:
    """Register a capability under its top-level YAML key. Raises ValueError when the key is taken."""

    def register(cls: CapabilityClass) -> CapabilityClass:
        if key in _CAPABILITIES:
            raise ValueError(f'capability {key!r} is registered twice')
        cls.KEY, cls.TITLE = key, title
        _CAPABILITIES[key] = cls
        return cls

    return register


def capabilities() -> Mapping[str, type[Capability]]:
    """All capabilities by key, found by scanning forms/capabilities once."""
    _scan()
    return MappingProxyType(_CAPABILITIES)


@cache
def _scan() -> None:
    package = importlib.import_module('forms.capabilities')
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f'forms.capabilities.{module.name}')

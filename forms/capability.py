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
from typing import TYPE_CHECKING, ClassVar, TypeVar

from forms.field import Field, Value
from forms.message import Message

if TYPE_CHECKING:
    from forms.definition import AppDefinition
    from forms.problems import Problem

Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Moment:
    """When and by whom something is done; always an argument, never asked of the system.

    now: aware, Asia/Tokyo. opened_at: when the form was opened (aware), or None when unknown.
    """

    now: datetime
    account: str = ''
    name: str = ''
    sections: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    opened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NumberWish:
    """A number to be taken inside the transaction: `field` becomes `render(next number of series)`."""

    field: str
    series: str
    render: Callable[[int], Value]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that only one living record may hold; `refusal` is given when another holds it."""

    scope: str
    value: str
    refusal: Message


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A record to be made in another app, in the same transaction. `back_to`: field of the new record that links here."""

    app: str
    values: Values
    origin: str
    back_to: str = ''


@dataclass(frozen=True, slots=True)
class Offer:
    """An action a person may take on a record now.

    name: permanent word of the action. asks: names of fields to fill in together with it. confirm: question, or ''.
    closed: why it cannot be taken now (Japanese), or '' when it can.
    """

    name: str
    label: str
    asks: tuple[str, ...] = ()
    confirm: str = ''
    closed: str = ''
    main: bool = False


@dataclass(frozen=True, slots=True)
class Performed:
    """What an action does: new values of fields, or the reasons why not (then nothing happens)."""

    updates: Values = field(default_factory=dict)
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability:
    """Settings are dataclass fields made with `forms.field.setting`; hooks are the methods a capability overrides."""

    KEY: ClassVar[str] = ''
    TITLE: ClassVar[str] = ''

    def added_fields(self) -> Sequence[Field]:
        """Fields that this capability adds to the app (状態, 受付番号, 当落)."""
        return ()

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        """What contradicts the rest of the definition."""
        return ()

    def fill(self, definition: AppDefinition, old: Values | None, new: Values, moment: Moment) -> Values:
        """Values that this capability sets at every save (first status, deadline, measured minutes)."""
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

    def perform(
        self, definition: AppDefinition, action: str, values: Values, given: Values, moment: Moment
    ) -> Performed:
        """Take an offered action. `given`: already cleaned values of the asked fields and the action's own arguments."""
        raise KeyError(action)


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
    """All capabilities, found by scanning forms/capabilities once."""
    if not _CAPABILITIES:
        package = importlib.import_module('forms.capabilities')
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f'forms.capabilities.{module.name}')
    return _CAPABILITIES

"""The register of functions: what each is called, takes, gives and is for. One decorator, one place per function."""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from forms.formula.value_type import ANY, BOOLEAN, DATE, DATETIME, NUMBER, TEXT, TIME, ValueType

if TYPE_CHECKING:
    from forms.formula.check import Checker
    from forms.formula.syntax import Called
    from forms.formula.tree import Call, Node

FIRST_SLOT: Final = 2
"""Where the slots begin in a frame, after the record and the run."""
Closure = Callable[[list[Any]], Any]
"""A compiled piece of a formula: takes the frame [record, run, slot 0, slot 1 …], gives the value."""

_TYPES: Final[dict[str, ValueType]] = {
    'number': NUMBER,
    'text': TEXT,
    'boolean': BOOLEAN,
    'date': DATE,
    'datetime': DATETIME,
    'time': TIME,
    'any': ANY,
    'table': ValueType('table'),
    'unit': ValueType('text', enum='TimeUnit'),
    'week': ValueType('number', enum='StartOfWeek'),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """optional: may be left out.

    repeats: may be given again and again. keeps_blank: gets None for a blank, not 0 or ''.
    """

    name: str
    type: ValueType
    optional: bool = False
    repeats: bool = False
    keeps_blank: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A formula without fields, and its result as staff read it in the manual (a text in its quotation marks)."""

    source: str
    shown: str


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the language.

    call takes values; check and build replace the usual checking and compiling of a call.
    """

    name: str
    group: str
    parameters: tuple[Parameter, ...]
    result: ValueType
    description: str
    examples: tuple[Example, ...]
    call: Callable[..., Any]
    needs_run: bool = False
    may_be_blank: bool = False
    lazy: bool = False
    never_fails: bool = False
    check: 'Callable[[Checker, Called, Function], Node] | None' = None
    refine: 'Callable[[Checker, Called, Call], Node] | None' = None

    @property
    def least(self) -> int:
        return sum(not (parameter.optional or parameter.repeats) for parameter in self.parameters)

    @property
    def most(self) -> float:
        repeats = any(parameter.repeats for parameter in self.parameters)
        return float('inf') if repeats else len(self.parameters)

    @property
    def usage(self) -> str:
        """`Left(文字列, 文字数)`; what may be left out stands in brackets."""
        shown = [f'[{p.name}, …]' if p.repeats else f'[{p.name}]' if p.optional else p.name for p in self.parameters]
        return f'{self.name}({", ".join(shown)})'

    def parameter(self, position: int) -> Parameter:
        return self.parameters[min(position, len(self.parameters) - 1)]


_register: dict[str, Function] = {}
_loaded: list[str] = []


def function(  # noqa: PLR0913 - each part is a line of the manual
    name: str,
    signature: str,
    result: str,
    description: str,
    *examples: tuple[str, str],
    group: str,
    needs_run: bool = False,
    may_be_blank: bool = False,
    lazy: bool = False,
    never_fails: bool = False,
    check: 'Callable[[Checker, Called, Function], Node] | None' = None,
    refine: 'Callable[[Checker, Called, Call], Node] | None' = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Registers a function.

    signature: '文字列:text, 文字数:number?' with ? for optional, * for none or more, ~ for parameters that get None
    for a blank. A lazy function gets the node and the closures of its arguments and gives a closure; any other gets
    values (after the run, with needs_run) and gives a value. check writes the whole tree of a call; refine only looks
    at the finished call. never_fails: only its arguments raise, so their range is the error's.
    """

    def register(call: Callable[..., Any]) -> Callable[..., Any]:
        if name.lower() in _register:
            raise ValueError(f'function {name} is registered twice')
        _register[name.lower()] = Function(
            name,
            group,
            _parameters(signature),
            _TYPES[result],
            description,
            tuple(Example(*example) for example in examples),
            call,
            needs_run,
            may_be_blank,
            lazy,
            never_fails,
            check,
            refine,
        )
        return call

    return register


def functions() -> dict[str, Function]:
    """Every function by its name in small letters.

    The modules of this folder register theirs when they are first needed.
    """
    if not _loaded:
        package = importlib.import_module('forms.formula.functions')
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f'forms.formula.functions.{module.name}')
        _loaded.append(package.__name__)
    return _register


def _parameters(signature: str) -> tuple[Parameter, ...]:
    return tuple(_parameter(part.strip()) for part in signature.split(',') if part.strip())


def _parameter(part: str) -> Parameter:
    name, _, kind = part.partition(':')
    marks = kind[len(kind.rstrip('?*~')) :]
    return Parameter(name, _TYPES[kind.rstrip('?*~')], '?' in marks, '*' in marks, '~' in marks)

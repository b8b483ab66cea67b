"""What holds when a rule fails on a record: each use has a default that harms nobody."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, Literal

from forms.formula.errors import FormulaError
from forms.formula.formula import Formula
from forms.formula.messages import failure
from forms.formula.run import Run

Use = Literal[
    'relevant', 'required', 'readonly', 'constraint', 'calculation', 'default', 'choice_filter', 'guard', 'filter'
]

USES: Final[Mapping[Use, Any]] = MappingProxyType(
    {
        'relevant': True,
        'required': False,
        'readonly': False,
        'constraint': False,
        'calculation': None,
        'default': None,
        'choice_filter': True,
        'guard': False,
        'filter': True,
    }
)
"""Use -> its value when the formula fails: what is asked is shown, what is judged is refused, nothing gets locked."""

_YES_NO: Final = frozenset(('relevant', 'required', 'readonly', 'constraint', 'choice_filter', 'guard', 'filter'))
_WHEN_BLANK: Final = frozenset(('constraint',))


def evaluate_as(
    use: Use, formula: Formula, values: Mapping[str, object], run: Run
) -> tuple[Any, FormulaError | None]:
    """The value for this use, and the error when it is the safe default. Never raises.

    A condition that gives blank counts as no; a constraint that gives blank is met: an empty field breaks no rule.
    """
    try:
        value = formula.evaluate_in(values, run)
        if use in _YES_NO and value is not None and not isinstance(value, bool):
            raise failure('InvalidArgument', 'not-a-boolean', text=value)
    except FormulaError as error:
        return USES[use], error
    if use in _YES_NO and value is None:
        return use in _WHEN_BLANK, None
    return value, None

"""The expression language of the definitions: a subset of Power Fx with Excel's spellings."""

from forms.formula.errors import FormulaError, Mistake
from forms.formula.formula import Formula, compile_formula
from forms.formula.reference import reference
from forms.formula.run import Context
from forms.formula.safe_defaults import USES, evaluate_as
from forms.formula.scope import Scope
from forms.formula.value_type import (
    ANY,
    BLANK,
    BOOLEAN,
    CHOICES,
    DATE,
    DATETIME,
    NUMBER,
    TEXT,
    TIME,
    ValueType,
    record,
    table,
)

__all__ = [
    'ANY',
    'BLANK',
    'BOOLEAN',
    'CHOICES',
    'DATE',
    'DATETIME',
    'NUMBER',
    'TEXT',
    'TIME',
    'USES',
    'Context',
    'Formula',
    'FormulaError',
    'Mistake',
    'Scope',
    'ValueType',
    'compile_formula',
    'evaluate_as',
    'record',
    'reference',
    'table',
]

"""Formulas evaluated on a fixed Monday: 2024-04-01 09:05 in Japan."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from forms.formula import Context, Formula, Scope, compile_formula

NOW = dt.datetime(2024, 4, 1, 9, 5)


@pytest.fixture
def context() -> Context:
    return Context(NOW, user='見本 太郎', department='総務課')


@pytest.fixture
def evaluate(context: Context) -> Callable[..., Any]:
    """evaluate('単価 * 数', {'単価': 'number', '数': 'number'}, {'単価': 100, '数': 2}) -> 200"""

    def run(source: str, fields: Mapping[str, Any] | None = None, values: Mapping[str, Any] | None = None) -> Any:
        formula = compile_formula(source, Scope(fields or {}))
        assert isinstance(formula, Formula), formula
        return formula.evaluate(values or {}, context)

    return run


@pytest.fixture
def mistakes() -> Callable[..., dict[str, str]]:
    """mistakes('a == 1') -> {code: the piece of source it marks}"""

    def run(source: str, scope: Scope | None = None, expects: Any = None) -> dict[str, str]:
        found = compile_formula(source, scope or Scope(), expects)
        assert isinstance(found, tuple), f'{source} was taken for right'
        return {each.code: source[each.start : each.end] for each in found}

    return run

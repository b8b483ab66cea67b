"""Whatever is written, and whatever stands in the record: nothing but the language's own errors, and within its bounds.

The long test tries 100,000 formulas, or as many as MADOGUCHI_FUZZ_SOURCES says.
"""

import json
import os
import time
from datetime import datetime

import pytest
from formula_generator import SCOPE, Writer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.formula import Context, Formula, FormulaError, Mistake, compile_formula
from forms.formula.run import Run
from forms.formula.values import LONGEST_TEXT

SOURCES = int(os.environ.get('MADOGUCHI_FUZZ_SOURCES', '100000'))
PER_SEED = 200
AT_ONCE = 2_000
LONGEST_SECONDS = 5.0
_PLAIN = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))


@pytest.mark.long
@settings(_PLAIN, max_examples=AT_ONCE // PER_SEED)
@given(seed=st.integers(0, 2**32 - 1))
def test_generated_formulas_end_well(seed: int) -> None:
    formulas_end_well(seed)


@pytest.mark.long
@settings(_PLAIN, max_examples=max(1, SOURCES // PER_SEED))
@given(seed=st.integers(0, 2**32 - 1))
def test_very_many_generated_formulas_end_well(seed: int) -> None:
    formulas_end_well(seed)


@settings(_PLAIN, max_examples=500)
@given(source=st.text(max_size=80), seed=st.integers(0, 99))
def test_any_text_ends_well(source: str, seed: int) -> None:
    ends_well(source, Writer(seed))


def formulas_end_well(seed: int) -> None:
    writer = Writer(seed)
    for _ in range(PER_SEED):
        ends_well(writer.source(), writer)


def ends_well(source: str, writer: Writer) -> None:
    start = time.perf_counter()
    formula = compile_formula(source, SCOPE)
    if isinstance(formula, tuple):
        assert formula, source
        for each in formula:
            assert isinstance(each, Mistake)
            assert 0 <= each.start <= each.end <= len(source), (source, each)
    else:
        evaluates_well(formula, writer)
    assert time.perf_counter() - start < LONGEST_SECONDS, source


def evaluates_well(formula: Formula, writer: Writer) -> None:
    try:
        value = formula.evaluate_in(writer.record(), RUN)
    except FormulaError as error:
        assert -1 <= error.start <= error.end <= len(formula.source), formula.source
    else:
        shown = json.dumps(value, allow_nan=False)
        assert not isinstance(value, str) or len(value) <= LONGEST_TEXT, shown


RUN = Run(Context(datetime(2024, 4, 1, 9, 5), user='見本 太郎'))

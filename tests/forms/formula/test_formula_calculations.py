"""Calculated fields: computed in order, only those a change touches, never in a circle."""

from collections import Counter
from collections.abc import Mapping

import pytest

from forms.formula import Calculations, Context, Formula, Scope, compile_formula

FORM = Scope(
    {f'項目{number}': 'number' for number in range(100)} | {f'計算{number}': 'number' for number in range(200)}
)


def formulas(sources: Mapping[str, str]) -> dict[str, Formula]:
    compiled = {name: compile_formula(source, FORM) for name, source in sources.items()}
    assert all(isinstance(each, Formula) for each in compiled.values()), compiled
    return compiled  # type: ignore[return-value]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each formula is evaluated, by its source."""
    counts: Counter[str] = Counter()
    evaluate = Formula.evaluate

    def counting(self: Formula, values: Mapping[str, object], context: Context) -> object:
        counts[self.source] += 1
        return evaluate(self, values, context)

    monkeypatch.setattr(Formula, 'evaluate', counting)
    return counts


def test_a_change_on_a_form_of_200_calculations_touches_only_what_depends_on_it(counted, context: Context) -> None:
    """計算0…99 read one field each, 計算100…198 their neighbours, 計算199 the first five of them."""
    sources = {f'計算{number}': f'項目{number} + 1' for number in range(100)}
    sources |= {f'計算{number}': f'計算{number - 100} * 2' for number in range(100, 199)}
    sources['計算199'] = ' + '.join(f'計算{number}' for number in range(100, 105))
    calculations = Calculations(formulas(sources))
    values: dict[str, object] = {f'項目{number}': number for number in range(100)}
    values |= calculations.compute_all(values, context).values
    assert counted.total() == 200
    counted.clear()

    changed = calculations.recompute(values | {'項目3': 10}, {'項目3'}, context)

    assert dict(changed.values) == {'計算3': 11, '計算103': 22, '計算199': 2 + 4 + 6 + 22 + 10}
    assert counted == {'項目3 + 1': 1, '計算3 * 2': 1, sources['計算199']: 1}


def test_order_follows_what_is_read_not_what_is_written_first(context: Context) -> None:
    calculations = Calculations(formulas({'計算2': '計算1 + 1', '計算1': '計算0 + 1', '計算0': '項目0 + 1'}))
    assert calculations.order == ('計算0', '計算1', '計算2')
    assert calculations.compute_all({'項目0': 1}, context).values == {'計算0': 2, '計算1': 3, '計算2': 4}


@pytest.mark.parametrize(
    'sources', [{'計算1': '計算2', '計算2': '計算3 + 項目1', '計算3': '計算1 * 2'}, {'計算1': '計算1 + 1'}]
)
def test_a_circle_is_named(sources: dict[str, str]) -> None:
    calculations = Calculations(formulas(sources))
    assert calculations.cycle[0] == calculations.cycle[-1]
    assert set(calculations.cycle) == set(sources)
    for reader, read in zip(calculations.cycle, calculations.cycle[1:], strict=False):
        assert read in sources[reader]
    (mistake,) = calculations.mistakes()
    assert mistake.code == 'cycle'
    assert ' → '.join(calculations.cycle) in mistake.text


def test_a_calculation_that_fails_leaves_its_field_blank_and_says_so(context: Context) -> None:
    calculations = Calculations(formulas({'計算1': '1 / 項目1', '計算2': '項目2 + 1', '計算3': 'IsBlank(計算1)'}))
    computed = calculations.compute_all({'項目1': 0, '項目2': 1}, context)
    assert computed.values == {'計算1': None, '計算2': 2, '計算3': True}
    assert {name: error.kind for name, error in computed.errors.items()} == {'計算1': 'Div0'}

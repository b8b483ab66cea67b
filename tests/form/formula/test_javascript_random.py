"""Formulas made at random give the same in JavaScript as in Python."""

from collections import Counter
from random import Random

import pytest
from both_sides import NOW, Asked, answers, told
from random_formulas import FIELDS, MORE_FIELDS, NAMES, formula, values

from forms.formula import Context, Formula, Scope, compile_formula

SEED = 20240401
SOME, MANY = 1000, 10_000
OLD = {'数': 3, '日': '2024-03-01', '施設': {'名称': '旧校舎'}, '明細': [{'品名': '水', '単価': 5}]}
CONTEXT = Context(NOW, user='見本 太郎', old=OLD)
SCOPE = Scope({**FIELDS, **MORE_FIELDS})


def generated(seed: int, count: int) -> list[Asked]:
    random = Random(seed)
    asked: list[Asked] = []
    while len(asked) < count:
        kind = random.choice([*NAMES, 'table'])
        compiled = compile_formula(formula(random, kind, random.randrange(2, 6)), SCOPE)
        if isinstance(compiled, Formula):
            asked.append(Asked(compiled, values(random), CONTEXT))
    return asked


@pytest.mark.parametrize('count', [SOME, pytest.param(MANY, marks=pytest.mark.long)])
def test_random_formulas_evaluate_alike_on_both_sides(count: int) -> None:
    asked = generated(SEED, count)
    results = answers(asked)
    assert [told(*each) for each in results if each[1] != each[2]] == []
    failed = sum(python.error is not None for _, python, _ in results)
    assert 0.1 * count < failed < 0.5 * count, 'neither almost all nor almost none may fail'
    assert len(Counter(python.literal for _, python, _ in results)) > count / 8

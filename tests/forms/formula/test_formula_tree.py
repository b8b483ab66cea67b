"""The tree as JSON: the shapes promised to the browser's runtime, and nothing else."""

import json
from typing import Any

import pytest
from formula_generator import SCOPE, Writer

from forms.formula import Context, Formula, FormulaError, compile_formula
from forms.formula.closures import plain_closure
from forms.formula.run import Run
from forms.formula.swift import swift
from forms.formula.tree import walk

SHAPES = {
    'num': {'v'},
    'text': {'v'},
    'bool': {'v'},
    'blank': set(),
    'field': {'n', 't'},
    'slot': {'d'},
    'old': {'t'},
    'dot': {'a', 'n'},
    'op': {'o', 'a'},
    'join': {'a'},
    'as': {'t', 'z', 'a'},
    'call': {'f', 'a'},
    'each': {'d', 'a'},
    'record': {'f'},
    'table': {'a'},
    'fail': {'e', 'c'},
}


def tree_of(source: str) -> dict[str, Any]:
    formula = compile_formula(source, SCOPE)
    assert isinstance(formula, Formula), formula
    return formula.tree()


def without_places(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: without_places(value) for key, value in node.items() if key != 's'}
    return [without_places(each) for each in node] if isinstance(node, list) else node


@pytest.mark.parametrize(
    ('source', 'tree'),
    [
        ('数', {'k': 'field', 'n': '数', 't': 'number'}),
        ('Blank()', {'k': 'blank'}),
        ('1 + 2', {'k': 'op', 'o': '+', 'a': [{'k': 'num', 'v': 1.0}, {'k': 'num', 'v': 2.0}]}),
        (
            '-数',
            {
                'k': 'op',
                'o': 'neg',
                'a': [{'k': 'as', 't': 'number', 'z': True, 'a': {'k': 'field', 'n': '数', 't': 'number'}}],
            },
        ),
        (
            '日 - 時',
            {
                'k': 'op',
                'o': '-',
                'a': [
                    {'k': 'as', 't': 'number', 'z': True, 'a': {'k': 'field', 'n': '日', 't': 'date'}},
                    {'k': 'as', 't': 'number', 'z': True, 'a': {'k': 'field', 'n': '時', 't': 'datetime'}},
                ],
            },
        ),
        (
            '"水" in 選',
            {
                'k': 'op',
                'o': 'in',
                'a': [{'k': 'text', 'v': '水'}, {'k': 'field', 'n': '選', 't': ['table', {'Value': 'text'}]}],
                'c': 'Value',
            },
        ),
        (
            'Sum([1], Value)',
            {
                'k': 'call',
                'f': 'Sum',
                'a': [
                    {'k': 'table', 'a': [{'k': 'record', 'f': [['Value', {'k': 'num', 'v': 1.0}]]}]},
                    {'k': 'each', 'd': 0, 'a': {'k': 'dot', 'a': {'k': 'slot', 'd': 0}, 'n': 'Value'}},
                ],
            },
        ),
        ('5 - Today()', {'k': 'fail', 'e': 'NotSupported', 'c': 'number-minus-date'}),
    ],
)
def test_shapes(source: str, tree: dict[str, Any]) -> None:
    assert without_places(tree_of(source)) == tree


def test_places_count_characters_of_the_source() -> None:
    tree = tree_of('If(可, 数 * 2, 0)')
    assert tree['s'] == [0, 15]
    assert tree['a'][1]['s'] == [6, 11]


def test_every_node_is_of_a_promised_shape() -> None:
    """Over generated formulas: no kind, key or type beyond those described at the head of tree.py."""
    seen = set()
    for seed in range(10):
        writer = Writer(seed)
        for _ in range(200):
            formula = compile_formula(writer.source(), SCOPE)
            if isinstance(formula, Formula):
                seen |= kinds_in(json.loads(json.dumps(formula.tree(), allow_nan=False)))
    assert seen | {'fail'} == set(SHAPES)


def kinds_in(node: dict[str, Any]) -> set[str]:
    keys = set(node) - {'k', 's'}
    assert keys in (SHAPES[node['k']], SHAPES[node['k']] | ({'c'} if node['k'] == 'op' else set())), node
    inside = node.get('a', [each for _, each in node.get('f', [])] if node['k'] == 'record' else [])
    kinds = {node['k']}
    for each in inside if isinstance(inside, list) else [inside]:
        kinds |= kinds_in(each)
    return kinds


@pytest.mark.parametrize(
    'source',
    [
        '文 = "水"',
        '文 <> "水"',
        'Left(文, 1) = "水"',
        '数 * 齢',
        '数 >= 2',
        '数 < 2',
        'IsBlank(文)',
        'IsBlank(数)',
        'IsBlank(人)',
        'If(可, "a", "b")',
        'If(可, "a", 文)',
        'Left(文, 2)',
    ],
)
def test_shortcuts_give_what_the_general_closures_give(
    source: str, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    scope = type(SCOPE)({**SCOPE.fields, '齢': 'number'})
    formula = compile_formula(source, scope)
    assert isinstance(formula, Formula)
    assert any(swift(node, plain_closure, plain_closure) for node in walk(formula.checked))
    monkeypatch.setattr('forms.formula.closures.swift', lambda node, general, plain: None)
    general = plain_closure(formula.checked)
    odd = [None, '', '水', '水辺', 0, 1, 2.5, -1, 1e300, 10**400, float('inf'), True, False, [], {}, {'名': 'a'}, '5']
    for one in odd:
        for other in odd:
            values = {'文': one, '数': one, '齢': other, '可': one, '人': one}
            assert outcome(formula._closure, values, context) == outcome(general, values, context), values


def outcome(closure: Any, values: dict[str, Any], context: Context) -> object:
    try:
        return closure([values, Run(context)])
    except FormulaError as error:
        return (error.kind, error.text)

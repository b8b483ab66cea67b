"""If, IFS, Switch, IfError, Coalesce: functions that evaluate only the argument they need."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from forms.formula.culture import JAPANESE
from forms.formula.errors import ERROR_KINDS, FormulaError
from forms.formula.functions.registry import FIRST_SLOT, Closure, Function, function
from forms.formula.messages import failure
from forms.formula.number_text import read_number
from forms.formula.tree import Each, Literal
from forms.formula.value_type import ANY, BLANK, BOOLEAN, TEXT, ValueType, record, union
from forms.formula.values import equal

if TYPE_CHECKING:
    from forms.formula.check import Checker
    from forms.formula.syntax import Called, Syntax
    from forms.formula.tree import Call, Node

GROUP: Final = '条件'
_ERROR: Final = record(
    {
        'Kind': ValueType('number', enum='ErrorKind'),
        'Message': TEXT,
        'Source': TEXT,
        'Observed': TEXT,
    }
)
_ERRORS: Final = ValueType('table', _ERROR.columns)


def results(checker: 'Checker', syntax: 'Called', function: Function, given: Sequence['Node']) -> ValueType:
    """The type that holds every result, led by the first that is not blank; a mistake when there is none."""
    merged = BLANK
    for node in given:
        wider = union(merged, node.type)
        if wider is None:
            checker.note(
                'results-differ',
                syntax.start,
                syntax.end,
                name=function.name,
                first=merged.japanese,
                second=node.type.japanese,
            )
            return ANY
        merged = wider
    if merged.kind == 'number':
        _warn_of_words(checker, given)
    return merged


def _warn_of_words(checker: 'Checker', given: Sequence['Node']) -> None:
    """The first result makes all of them numbers; a word among them can only fail."""
    for node in (each.body if isinstance(each, Each) else each for each in given):
        if isinstance(node, Literal) and isinstance(node.value, str) and not _is_number(node.value):
            checker.warn('word-among-numbers', node.start, node.end, text=node.value)


def _is_number(text: str) -> bool:
    try:
        read_number(text, JAPANESE)
    except FormulaError:
        return False
    return True


def _check_if(checker: 'Checker', syntax: 'Called', function: Function) -> 'Node':
    given = [checker.check(argument) for argument in syntax.arguments]
    tests = [*range(0, len(given) - 1, 2)]
    _warn_of_settled(checker, function, [given[index] for index in tests])
    if function.name == 'IFS' and len(given) % 2:
        checker.note('odd-arguments', syntax.start, syntax.end, name='IFS', count=len(given), usage=function.usage)
    merged = results(checker, syntax, function, [node for index, node in enumerate(given) if index not in tests])
    arguments = [
        checker.wanted(node, BOOLEAN, function.name, 'はい・いいえになる条件')
        if index in tests
        else checker.coerced(node, merged)
        for index, node in enumerate(given)
    ]
    return checker.call(syntax, function, arguments, merged)


@function(
    'If',
    '条件:boolean, 値:any, 条件か値:any*',
    'any',
    '条件が成り立つときの値を返します。条件と値は続けて書けます。最後に1つ余った値は、どの条件も成り立たないときの値です。',
    ('If(3 > 2, "多い", "少ない")', '"多い"'),
    ('If(1 > 2, "A", 2 > 1, "B", "C")', '"B"'),
    group=GROUP,
    lazy=True,
    never_fails=True,
    may_be_blank=True,
    check=_check_if,
)
def if_(node: 'Call', arguments: list[Closure]) -> Closure:
    if len(arguments) == 3:
        test, yes, no = arguments
        return lambda frame: yes(frame) if test(frame) else no(frame)
    pairs = list(zip(arguments[0::2], arguments[1::2], strict=False))
    otherwise = arguments[-1] if len(arguments) % 2 else None

    def choose(frame: list[Any]) -> Any:
        for test, result in pairs:
            if test(frame):
                return result(frame)
        return otherwise(frame) if otherwise else None

    return choose


@function(
    'IFS',
    '条件:boolean, 値:any, 条件と値:any*',
    'any',
    '最初に成り立った条件の値を返します。どの条件も成り立たないときはエラーになります。',
    ('IFS(1 > 2, "A", true, "その他")', '"その他"'),
    group=GROUP,
    lazy=True,
    may_be_blank=True,
    check=_check_if,
)
def ifs(node: 'Call', arguments: list[Closure]) -> Closure:
    pairs = list(zip(arguments[0::2], arguments[1::2], strict=False))

    def choose(frame: list[Any]) -> Any:
        for test, result in pairs:
            if test(frame):
                return result(frame)
        raise failure('NotApplicable', 'no-branch')

    return choose


def _warn_of_settled(checker: 'Checker', function: Function, tests: list['Node']) -> None:
    """A condition written as true or false leaves branches that are never reached; IFS ends with true on purpose."""
    for index, test in enumerate(tests):
        last_of_ifs = function.name == 'IFS' and index == len(tests) - 1
        if isinstance(test, Literal) and isinstance(test.value, bool) and not last_of_ifs:
            checker.warn('never-reached', test.start, test.end)


def _check_switch(checker: 'Checker', syntax: 'Called', function: Function) -> 'Node':
    given = [checker.check(argument) for argument in syntax.arguments]
    matches = [*range(1, len(given) - 1, 2)]
    for index in matches:
        checker.same_kind(given[0], given[index])
    outcomes = [node for index, node in enumerate(given) if index and index not in matches]
    merged = results(checker, syntax, function, outcomes)
    arguments = [
        node if index == 0 or index in matches else checker.coerced(node, merged) for index, node in enumerate(given)
    ]
    return checker.call(syntax, function, arguments, merged)


@function(
    'Switch',
    '値:any, 候補:any, 結果:any, 候補か結果:any*',
    'any',
    '値と等しい候補を探し、その結果を返します。最後に1つ余った値は、どの候補とも等しくないときの値です。',
    ('Switch("B", "A", 1, "B", 2, 0)', '2'),
    group=GROUP,
    lazy=True,
    never_fails=True,
    may_be_blank=True,
    check=_check_switch,
)
def switch(node: 'Call', arguments: list[Closure]) -> Closure:
    value, *rest = arguments
    pairs = list(zip(rest[0::2], rest[1::2], strict=False))
    otherwise = rest[-1] if len(rest) % 2 else None

    def choose(frame: list[Any]) -> Any:
        wanted = value(frame)
        for match, result in pairs:
            if equal(wanted, match(frame)):
                return result(frame)
        return otherwise(frame) if otherwise else None

    return choose


def _check_if_error(checker: 'Checker', syntax: 'Called', function: Function) -> 'Node':
    count = len(syntax.arguments)
    given: list[Node] = []
    for index, argument in enumerate(syntax.arguments):
        given.append(_after_error(checker, argument) if index % 2 else checker.check(argument))
    last = count - 1 if count % 2 else count - 2
    outcomes = [given[last], *(node for index, node in enumerate(given) if index % 2)]
    merged = results(checker, syntax, function, outcomes)
    arguments = [
        checker.coerced_each(node, merged) if index % 2 else checker.coerced(node, merged) if index == last else node
        for index, node in enumerate(given)
    ]
    return checker.call(syntax, function, arguments, merged)


def _after_error(checker: 'Checker', argument: 'Syntax') -> 'Each':
    with checker.row(_ERROR, 'FirstError') as depth, checker.row(_ERRORS, 'AllErrors'):
        return checker.each(argument, depth)


@function(
    'IfError',
    '値:any, エラーのときの値:any, 値か結果:any*',
    'any',
    '値がエラーのとき、代わりの値を返します。値と代わりの値は続けて書けます。'
    '代わりの値の中では FirstError でエラーの内容を使えます。',
    ('IfError(1 / 0, 0)', '0'),
    ('IfError(Text(1 / 0), "計算できません")', '"計算できません"'),
    group=GROUP,
    lazy=True,
    never_fails=True,
    may_be_blank=True,
    check=_check_if_error,
)
def if_error(node: 'Call', arguments: list[Closure]) -> Closure:
    pairs = list(zip(arguments[0::2], arguments[1::2], strict=False))
    places = [each.depth + FIRST_SLOT for each in node.arguments[1::2]]  # type: ignore[attr-defined]
    otherwise = arguments[-1] if len(arguments) % 2 else None

    def attempt(frame: list[Any]) -> Any:
        value = None
        for (tried, fallback), place in zip(pairs, places, strict=True):
            try:
                value = tried(frame)
            except FormulaError as error:
                frame[place] = error_record(error)
                frame[place + 1] = [frame[place]]
                return fallback(frame)
        return otherwise(frame) if otherwise else value

    return attempt


def error_record(error: FormulaError) -> dict[str, Any]:
    return {'Kind': float(ERROR_KINDS[error.kind]), 'Message': error.text, 'Source': None, 'Observed': None}


def _check_coalesce(checker: 'Checker', syntax: 'Called', function: Function) -> 'Node':
    given = [checker.check(argument) for argument in syntax.arguments]
    merged = results(checker, syntax, function, given)
    return checker.call(syntax, function, [checker.coerced(node, merged) for node in given], merged)


@function(
    'Coalesce',
    '値:any, 次の値:any*',
    'any',
    '空白でない最初の値を返します。',
    ('Coalesce("", "未定")', '"未定"'),
    group=GROUP,
    lazy=True,
    never_fails=True,
    may_be_blank=True,
    check=_check_coalesce,
)
def coalesce(node: 'Call', arguments: list[Closure]) -> Closure:
    def first(frame: list[Any]) -> Any:
        for argument in arguments:
            value = argument(frame)
            if value is not None and value != '':
                return value
        return None

    return first

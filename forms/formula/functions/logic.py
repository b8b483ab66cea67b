"""And, Or, Not, and the questions whether a value is blank, an error or a number."""

from typing import TYPE_CHECKING, Any, Final

from forms.formula.errors import FormulaError
from forms.formula.functions.registry import Closure, function
from forms.formula.number_text import read_number
from forms.formula.run import Run

if TYPE_CHECKING:
    from forms.formula.tree import Call

GROUP: Final = '条件'


@function(
    'And',
    '条件:boolean, 次の条件:boolean*',
    'boolean',
    'すべての条件が成り立つとき true を返します。',
    ('And(1 < 2, 2 < 3)', 'true'),
    group=GROUP,
    lazy=True,
    never_fails=True,
)
def and_(node: 'Call', arguments: list[Closure]) -> Closure:
    return lambda frame: all(argument(frame) for argument in arguments)


@function(
    'Or',
    '条件:boolean, 次の条件:boolean*',
    'boolean',
    'どれかの条件が成り立つとき true を返します。',
    ('Or(1 > 2, 2 < 3)', 'true'),
    group=GROUP,
    lazy=True,
    never_fails=True,
)
def or_(node: 'Call', arguments: list[Closure]) -> Closure:
    return lambda frame: any(argument(frame) for argument in arguments)


@function(
    'Not', '条件:boolean', 'boolean', '条件が成り立たないとき true を返します。', ('Not(1 > 2)', 'true'), group=GROUP
)
def not_(truth: bool) -> bool:
    return not truth


@function(
    'Blank',
    '',
    'any',
    '空白を返します。項目を空にするときに使います。',
    ('IsBlank(Blank())', 'true'),
    group=GROUP,
    may_be_blank=True,
    check=lambda checker, syntax, function: checker.blank(syntax),
)
def blank() -> None:
    return None


@function(
    'IsBlank',
    '値:any',
    'boolean',
    '値が空白（未入力）か空の文字列のとき true を返します。',
    ('IsBlank("")', 'true'),
    ('IsBlank("窓口")', 'false'),
    group=GROUP,
)
def is_blank(value: Any) -> bool:
    return value is None or value == ''


@function(
    'IsError',
    '値:any',
    'boolean',
    '値の計算がエラーになるとき true を返します。',
    ('IsError(1 / 0)', 'true'),
    group=GROUP,
    lazy=True,
    never_fails=True,
)
def is_error(node: 'Call', arguments: list[Closure]) -> Closure:
    value = arguments[0]

    def fails(frame: list[Any]) -> bool:
        try:
            value(frame)
        except FormulaError:
            return True
        return False

    return fails


@function(
    'IsBlankOrError',
    '値:any',
    'boolean',
    '値が空白か、計算がエラーになるとき true を返します。',
    ('IsBlankOrError(1 / 0)', 'true'),
    group=GROUP,
    lazy=True,
    never_fails=True,
)
def is_blank_or_error(node: 'Call', arguments: list[Closure]) -> Closure:
    value = arguments[0]

    def missing(frame: list[Any]) -> bool:
        try:
            return bool(is_blank(value(frame)))
        except FormulaError:
            return True

    return missing


@function(
    'IsNumeric',
    '値:any',
    'boolean',
    '値が数値か、数値として読める文字列のとき true を返します。',
    ('IsNumeric("12.5")', 'true'),
    ('IsNumeric("未定")', 'false'),
    group=GROUP,
    needs_run=True,
)
def is_numeric(run: Run, value: Any) -> bool:
    if value.__class__ is str:
        try:
            return read_number(value, run.culture) is not None
        except FormulaError:
            return False
    return not (value is None or value.__class__ in (bool, dict, list))


@function(
    'Boolean',
    '値:boolean~',
    'boolean',
    '文字列の "true" と "false"、数値（0は false）を、はい・いいえとして読みます。',
    ('Boolean("true")', 'true'),
    group=GROUP,
    may_be_blank=True,
)
def boolean(truth: bool | None) -> bool | None:
    return truth


@function(
    'CurrentUser',
    '',
    'text',
    '今使っている人の名前を返します。かっこは省けます。',
    ('IsBlank(CurrentUser)', 'true'),
    group=GROUP,
    needs_run=True,
    may_be_blank=True,
)
def current_user(run: Run) -> str | None:
    return run.context.user or None


@function(
    'CurrentDepartment',
    '',
    'text',
    '今使っている人の所属を返します。かっこは省けます。',
    ('IsBlank(CurrentDepartment)', 'true'),
    group=GROUP,
    needs_run=True,
    may_be_blank=True,
)
def current_department(run: Run) -> str | None:
    return run.context.department or None

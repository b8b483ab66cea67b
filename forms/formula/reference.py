"""The manual's page of functions, made from the register: what each is called, takes, gives and is for."""

from collections.abc import Iterable

from forms.formula.functions.registry import Function, Parameter, functions

_GROUPS = ('条件', '文字列', '数値', '日付と時刻', '集計', '表（明細・複数選択）', '日本の役所')


def reference() -> str:
    """Markdown in Japanese: one heading per group, one per function, with usage, arguments, result and examples."""
    known = sorted(functions().values(), key=lambda each: each.name.lower())
    groups = dict.fromkeys((*_GROUPS, *(each.group for each in known)))
    pages = [_group(group, [each for each in known if each.group == group]) for group in groups]
    return '\n'.join(['# 計算式の関数', '', '関数の名前は、大文字でも小文字でも書けます。', '', *pages])


def _group(group: str, members: Iterable[Function]) -> str:
    return '\n'.join([f'## {group}', '', *(_function(each) for each in members)])


def _function(function: Function) -> str:
    arguments = [f'- {_parameter(each)}' for each in function.parameters]
    examples = [f'- `{each.source}` → `{each.shown}`' for each in function.examples]
    return '\n'.join(
        [
            f'### {function.name}',
            '',
            f'`{function.usage}`',
            '',
            function.description,
            '',
            *([*arguments, ''] if arguments else []),
            f'結果: {function.result.japanese}',
            '',
            *examples,
            '',
        ]
    )


def _parameter(parameter: Parameter) -> str:
    note = '（いくつでも）' if parameter.repeats else '（省けます）' if parameter.optional else ''
    return f'{parameter.name}: {parameter.type.japanese}{note}'

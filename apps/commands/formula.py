"""Try a formula, or run a file of cases."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HELP = '計算式を1つ試します(--cases なら、例題のファイルを全部試します)。'


class Unusable(Exception):
    """What was given on the command line cannot be used; the text says why, in Japanese."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument('expression', nargs='?', metavar='EXPRESSION', help="計算式。例 'Sum(1, 2)'")
    parser.add_argument(
        '--record', metavar='FILE', help='項目の値のJSONファイル。\'{"人数": 3}\' のように直接書くこともできます。'
    )
    parser.add_argument('--locale', default='ja-JP', help='書式の言語。ja-JP(書かないとき)、en-US など。')
    parser.add_argument('--cases', type=Path, metavar='FILE', help='例題のファイル(1行に1つのJSON)。')


def run(options: argparse.Namespace) -> int:
    from forms.formula.command import run_expression

    try:
        if options.cases:
            code, text = _cases(_file(options.cases))
        elif options.expression is None:
            raise Unusable('計算式か --cases を書いてください。例 main.py formula "Sum(1, 2)"')
        else:
            code, text = run_expression(options.expression, _record(options.record), _locale(options.locale))
    except Unusable as unusable:
        print(unusable, file=sys.stderr)
        return 2
    print(text)
    return code


def _cases(path: Path) -> tuple[int, str]:
    from forms.formula.command import NotACase, run_cases

    try:
        return run_cases(path)
    except NotACase as error:
        raise Unusable(f'ファイル {path} の{error.line}行目は、例題のJSONではありません。') from None
    except UnicodeDecodeError:
        raise Unusable(f'ファイル {path} の文字コードがUTF-8ではありません。UTF-8で保存し直してください。') from None


def _record(given: str | None) -> Mapping[str, Any]:
    """The values of the fields: written out, or in a file."""
    if not given:
        return {}
    written_out = given.lstrip().startswith(('{', '['))
    where = '--record' if written_out else f'ファイル {given}'
    try:
        record = json.loads(given if written_out else _file(Path(given)).read_bytes().decode('utf-8-sig'))
    except UnicodeDecodeError:
        raise Unusable(f'{where} の文字コードがUTF-8ではありません。UTF-8で保存し直してください。') from None
    except json.JSONDecodeError as error:
        raise Unusable(f'{where} の{error.lineno}行目{error.colno}文字目が、JSONとして読めません。') from None
    if not isinstance(record, dict):
        raise Unusable(f'{where} には、項目の値を {{"項目名": 値}} の形で書いてください。')
    return record


def _locale(tag: str) -> str:
    from forms.formula.culture import culture_of
    from forms.formula.errors import FormulaError

    try:
        culture_of(tag)
    except FormulaError as error:
        raise Unusable(f'--locale: {error.text}') from None
    return tag


def _file(path: Path) -> Path:
    if not path.is_file():
        raise Unusable(f'ファイル {path} がありません。')
    return path

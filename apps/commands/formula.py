"""Try a formula, or run a file of cases."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

HELP = '計算式を1つ試します(--cases なら、例題のファイルを全部試します)。'


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument('expression', nargs='?', metavar='EXPRESSION', help="計算式。例 'Sum(1, 2)'")
    parser.add_argument('--record', metavar='JSON', help='項目の値。例 \'{"人数": 3}\'')
    parser.add_argument('--locale', default='ja-JP', help='書式の言語(はじめは ja-JP)。')
    parser.add_argument('--cases', type=Path, metavar='FILE', help='例題のファイル(1行に1つのJSON)。')


def run(options: argparse.Namespace) -> int:
    from forms.formula.command import run_cases, run_expression

    if options.cases:
        code, text = run_cases(options.cases)
    elif options.expression is None:
        print('計算式か --cases を書いてください。', file=sys.stderr)
        return 2
    else:
        try:
            values = json.loads(options.record or '{}')
        except json.JSONDecodeError as error:
            print(f'--record がJSONとして読めません({error})。', file=sys.stderr)
            return 2
        code, text = run_expression(options.expression, values, options.locale)
    print(text)
    return code

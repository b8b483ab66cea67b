"""Print the JSON Schema of the definition language, for editors."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

HELP = '定義の書き方をJSON Schemaで出します(エディターの補完に使います)。'


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument('-o', '--output', type=Path, metavar='FILE', help='書き出すファイル(書かなければ画面)。')


def run(options: argparse.Namespace) -> int:
    from forms.schema import definition_schema

    text = json.dumps(definition_schema(), ensure_ascii=False, indent=2)
    if options.output:
        options.output.write_text(f'{text}\n', 'utf-8')
    else:
        print(text)
    return 0

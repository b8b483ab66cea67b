"""Draw a lottery from files, without a server: the rules and the applications in, the published result out."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forms.capabilities.lottery import Entry, Lottery, Result, Rules

HELP = '抽選を画面なしで行い、公表する結果をCSVで出します(規則を試すためにも使えます)。'


class Wrong(Exception):
    """Nothing is drawn. code: exit code. args: lines to tell."""

    def __init__(self, *lines: str, code: int = 1) -> None:
        super().__init__(*lines)
        self.code = code


def arguments(parser: argparse.ArgumentParser) -> None:
    file = {'type': Path, 'required': True}
    parser.add_argument('--rules', **file, metavar='RULES.yaml', help='規則(lottery: の部分か、アプリ全体)。')
    parser.add_argument('--entries', **file, metavar='FILE.csv', help='申込みの一覧。')
    parser.add_argument('--seed', metavar='TEXT', help='種の文字。')
    parser.add_argument('--secret', metavar='TEXT', help='種の代わりに、受付の前に決めた秘密の値。')
    parser.add_argument('--public-value', metavar='TEXT', help='締切後に分かった公開の値(--secret と組で)。')
    parser.add_argument('--method', metavar='METHOD', help='抽選の方法(sha256、rfc3797、hoffman)。規則より優先します。')
    parser.add_argument('-o', '--output', type=Path, metavar='FILE.csv', help='結果を書くファイル(なければ画面)。')
    parser.add_argument('--rules-out', type=Path, metavar='FILE.json', help='検証に使う、公表する規則を書くファイル。')


def run(options: argparse.Namespace) -> int:
    try:
        _draw(options)
    except Wrong as wrong:
        print(*wrong.args, sep='\n', file=sys.stderr)
        return wrong.code
    return 0


def _draw(options: argparse.Namespace) -> None:
    from forms.capabilities.lottery.drawing import draw
    from forms.capabilities.lottery.published import published_result, published_rules

    seed = _seed(options)
    lottery, rules, entries = _read(options)
    try:
        result = draw(rules, entries, seed)
    except ValueError as error:
        raise Wrong('rfc3797 で抽選できるのは65,536件までです。') from error
    _write(published_result(entries, result), options.output)
    if options.rules_out:
        options.rules_out.write_bytes(published_rules(rules, lottery.told()).encode())
    _tell(entries, result)


def _seed(options: argparse.Namespace) -> str:
    from forms.capabilities.lottery.commitment import seed_of

    joined = bool(options.secret and options.public_value)
    if bool(options.seed) == joined or bool(options.secret) != bool(options.public_value):
        raise Wrong('--seed か、--secret と --public-value の組の、どちらか1つを書いてください。', code=2)
    return seed_of(options.secret, options.public_value) if joined else str(options.seed)


def _read(options: argparse.Namespace) -> tuple[Lottery, Rules, Sequence[Entry]]:
    from forms.capabilities.lottery import Lottery
    from forms.capabilities.lottery.entries_file import read_entries, values_in
    from forms.capabilities.lottery.rules_file import read_rules
    from forms.definition import AppDefinition

    for file in (options.rules, options.entries):
        if not file.is_file():
            raise Wrong(f'ファイル {file} がありません。', code=2)
    content = options.entries.read_bytes()
    found = read_rules(options.rules.read_bytes(), str(options.rules), lambda column: values_in(content, column))
    if not isinstance(found, AppDefinition):
        raise Wrong(*map(str, found))
    lottery = found.capabilities['lottery']
    assert isinstance(lottery, Lottery)
    rules = _by_method(lottery, options.method)
    entries, mistakes = read_entries(found, content, str(options.entries))
    if mistakes:
        raise Wrong(*mistakes, f'誤りが{len(mistakes)}件あります。')
    return lottery, rules, entries


def _by_method(lottery: Lottery, method: str | None) -> Rules:
    from forms.capabilities.lottery.methods import METHODS

    if method is None:
        return lottery.draw_rules()
    if method not in METHODS:
        raise Wrong(f'--method に「{method}」は使えません。{"、".join(METHODS)} のどれかにしてください。', code=2)
    if lottery.odds and method != 'sha256':
        raise Wrong(f'口数(odds)のある抽選は {method} ではできません。', code=2)
    return replace(lottery.draw_rules(), method=method)


def _write(text: str, output: Path | None) -> None:
    """Bytes, so that no system puts its own line ends; a file begins with the mark by which Excel knows UTF-8."""
    if output:
        output.write_bytes(text.encode('utf-8-sig'))
    else:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()


def _tell(entries: Sequence[Entry], result: Result) -> None:
    """What is published beside the result, on stderr."""
    from collections import Counter

    from forms.capabilities.lottery.drawing import OUTCOMES
    from forms.capabilities.lottery.published import list_hash

    counts = Counter(each.outcome for each in result.drawn)
    print(f'種: {result.seed}', file=sys.stderr)
    print(f'一覧のハッシュ: {list_hash(entries)}', file=sys.stderr)
    print('、'.join(f'{each} {counts[each]}件' for each in OUTCOMES if counts[each]), file=sys.stderr)
    if result.cancelled:
        print(f'中止の回: {"、".join(result.cancelled)}', file=sys.stderr)

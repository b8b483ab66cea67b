"""Writes the reference pages of the leaders' manual from the registers: `python -m docs.manual`."""

from __future__ import annotations

import dataclasses
import importlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from apps.settings import PREFIX, Settings
from forms.capability import capabilities
from forms.choices import Choice, ChoiceList
from forms.definition import AppDefinition
from forms.field import Field, field_types
from forms.formula.reference import reference
from forms.message import TEXTS
from forms.problem_texts import PROBLEMS
from forms.setting import Setting, Shape, settings_of
from main import command_names

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / 'docs' / 'ja'
NOTICE = '<!-- このページは python -m docs.manual が作ります。直すのは元のプログラムの説明文です。 -->'

NEEDED = '必ず書きます。'
"""With these words begins the help of a setting that has a default and yet cannot be left out."""

PROBLEM_GROUPS = {
    'D0': 'ファイルとYAML',
    'D1': 'キーと値',
    'D2': '項目と名前',
    'D3': '選択肢とCSV',
    'D4': '式',
    'D5': '一覧と呼び名',
    'D6': 'ほかのアプリ',
    'D7': '機能と、変わったときの規則',
    'D8': '見本(tests)',
    'D9': '公開ずみの名前',
}
SHAPES = {
    'text': '文字',
    'integer': '整数',
    'number': '数',
    'yes_no': '`true` か `false`',
    'formula': '式',
    'yes_no_or_formula': '`true`、`false`、式のどれか',
    'datetime': '日時',
    'date': '日付',
    'time': '時刻',
    'choices': '選択肢',
    'field': '項目',
    'any': '値',
}


def write() -> None:
    """Every reference page, over what stands there."""
    for name, page in pages().items():
        (FOLDER / name).write_text(page, 'utf-8')


def pages() -> Mapping[str, str]:
    """Page by file name, as they should stand in docs/ja."""
    made: Mapping[str, Callable[[], Iterable[str]]] = {
        '項目の種類.md': field_type_page,
        'アプリの設定.md': app_page,
        '機能の設定.md': capability_page,
        '関数.md': lambda: [reference().rstrip()],
        '定義の誤り.md': problem_page,
        '入力の誤り.md': message_page,
        '設定.md': settings_page,
        'コマンド.md': command_page,
    }
    return {name: '\n'.join((NOTICE, '', *lines())) + '\n' for name, lines in made.items()}


def field_type_page() -> Iterator[str]:
    yield from ('# 項目の種類', '', '`type:` に書く言葉と、その種類だけの設定です。', '')
    for word, cls in sorted(field_types().items()):
        anchor = word + re.sub(r'\W', '', cls.TITLE)
        yield f'- [{word}](#{anchor}) {cls.TITLE}'
    yield ''
    yield from ('## どの種類にも書ける設定', '', *_table(Field), '')
    common = settings_of(Field).keys()
    for word, cls in sorted(field_types().items()):
        yield from (f'## {word}({cls.TITLE})', '', cls.TAKES, '', '```yaml', cls.EXAMPLE.strip(), '```', '')
        yield from _parts(cls, without=common)


def app_page() -> Iterator[str]:
    yield from ('# アプリの設定', '', '定義ファイルのいちばん外側と、その中に書けるものです。', '')
    yield from ('## いちばん外側', '', *_parts(AppDefinition, level='##'))
    yield from ('## 選択肢(choices)', '', *_table(Choice), '')


def capability_page() -> Iterator[str]:
    yield from ('# 機能の設定', '', '何をする機能かと書き方の例は、[機能](機能.md)にあります。', '')
    for key, cls in sorted(capabilities().items()):
        yield from (f'## {key}({cls.TITLE})', '')
        if not cls.LIST:
            yield from _parts(cls)
            continue
        inside = settings_of(cls)[cls.LIST]
        yield from (f'{inside.help}`- ` を付けて、いくつでも書けます。', '')
        yield from _parts(_class_in(inside.shape))


def problem_page() -> Iterator[str]:
    yield from ('# 定義の誤り', '', '定義ファイルに間違いがあるときに出る番号です。「…」は実際の言葉です。', '')
    for prefix, title in PROBLEM_GROUPS.items():
        yield from (f'## {title}', '')
        for code, (text, advice) in sorted(PROBLEMS.items()):
            if code.startswith(prefix):
                yield from (f'### {code}', '', _plain(text), '', f'直し方: {_plain(advice)}', '')


def message_page() -> Iterator[str]:
    yield from ('# 入力の誤り', '', '入力した人が読む文です。見出しは、`tests:` の `messages:` に書く名前です。', '')
    for code, text in TEXTS.items():
        yield from (f'### {code}', '', _plain(text), '')


def settings_page() -> Iterator[str]:
    yield from ('# 設定', '', 'コマンド、環境変数、設定ファイル `madoguchi.toml` の順に強く働きます。', '')
    yield from ('設定ファイルには `port = 8080` のように1行に1つ書きます。', '')
    for each in dataclasses.fields(Settings):
        yield from (f'## {each.name}', '', each.metadata['help'], '')
        yield f'- 環境変数: `{PREFIX}{each.name.upper()}`'
        yield f'- はじめの値: {_value(each.default)}'
        if each.metadata['most']:
            yield f'- 書ける数: {each.metadata["least"]}から{each.metadata["most"]}まで'
        yield ''


def command_page() -> Iterator[str]:
    yield from ('# コマンド', '', '`main.py コマンド --help` でも同じ説明が出ます。', '')
    for name in command_names():
        command = importlib.import_module(f'apps.commands.{name}')
        arguments = Arguments()
        command.arguments(arguments)
        yield from (f'## {name}', '', command.HELP, '')
        if arguments.rows:
            yield from ('| 書くもの | 意味 |', '|---|---|', *arguments.rows, '')


class Arguments:
    """Stands in for argparse's parser, to note which arguments a command takes."""

    def __init__(self) -> None:
        self.rows: list[str] = []

    def add_argument(self, *names: str, **words: Any) -> None:
        flag = ', '.join(names)
        takes = words.get('metavar') or ''
        if words.get('choices'):
            takes = '、'.join(words['choices'])
        shown = f'{flag} {takes}'.strip() if flag.startswith('-') else takes or flag.upper()
        self.rows.append(f'| `{shown}` | {_cell(words["help"])} |')


def _parts(cls: type[Any], without: Iterable[str] = (), level: str = '###') -> Iterator[str]:
    """The table of settings, then one for each part that is itself made of settings."""
    own = [each for each in settings_of(cls).values() if each.key not in without]
    if own:
        yield from (*_table(cls, without), '')
    for each in own:
        inside = _class_in(each.shape)
        if inside is not None:
            yield from (f'{level} {each.label}({each.key})', '', *_parts(inside, level=f'{level}#'))


def _table(cls: type[Any], without: Iterable[str] = ()) -> Iterator[str]:
    defaults = {each.name: each for each in dataclasses.fields(cls)}
    yield from ('| キー | 意味 | 書くもの | 書かないとき |', '|---|---|---|---|')
    for each in settings_of(cls).values():
        if each.key not in without:
            needed = each.required or each.help.startswith(NEEDED)
            default = NEEDED.rstrip('。') if needed else _value(_default(defaults[each.name]))
            help_text = _cell(each.help.removeprefix(NEEDED))
            yield f'| `{each.key}` | {each.label}。{help_text} | {_written(each)} | {default} |'


def _written(each: Setting) -> str:
    words = '、'.join(f'`{word}`' for word in each.words if word)
    if words:
        return f'{words} の一覧' if each.shape.kind == 'list' else words
    return _shape(each.shape)


def _shape(shape: Shape) -> str:
    if shape.kind == 'list' and shape.of is not None:
        return f'{_shape(shape.of)}の一覧'
    if shape.kind == 'pairs' and shape.of is not None:
        return f'`{{名前: …}}` の組(…は{_shape(shape.of)})'
    return SHAPES.get(shape.kind, '下の表のキー')


def _class_in(shape: Shape | None) -> Any:
    """The dataclass whose settings are written inside, or None."""
    while shape is not None and shape.cls is None:
        shape = shape.of
    return shape.cls if shape else None


def _default(declared: dataclasses.Field[Any]) -> object:
    made = declared.default_factory
    return declared.default if made is dataclasses.MISSING else made()


def _value(default: object) -> str:
    if isinstance(default, bool):
        return f'`{str(default).lower()}`'
    if isinstance(default, Path) and default.is_absolute():
        return f'プログラムの `{default.relative_to(ROOT).as_posix()}`'
    nothing = default is None or (isinstance(default, str | tuple | Mapping | ChoiceList) and not len(default))
    if nothing or dataclasses.is_dataclass(default):
        return 'なし'
    return f'`{default:g}`' if isinstance(default, float) else f'`{default}`'


class _Words(dict[str, str]):
    def __missing__(self, word: str) -> str:
        return '…'


def _plain(text: str) -> str:
    """A text of a catalogue with its gaps shown as gaps."""
    return text.format_map(_Words(label='〈項目〉'))


def _cell(text: str) -> str:
    return text.replace('|', '\\|')


if __name__ == '__main__':
    write()

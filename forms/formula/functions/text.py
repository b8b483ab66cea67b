"""Functions on text: parts, search, replacement, capitals, characters."""

import re
from typing import Final

from forms.formula.functions.registry import function
from forms.formula.messages import failure
from forms.formula.values import within_length

GROUP: Final = '文字列'
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SPACES: Final = re.compile('[ \u3000]+')


def count_of(number: float) -> int:
    """A number of characters: fractions cut off, below zero refused."""
    if number < 0:
        raise failure('InvalidArgument', 'negative-count')
    return int(min(number, 1e9))


def position_of(number: float) -> int:
    """A position in a text, from 1: fractions cut off."""
    if number < 1:
        raise failure('InvalidArgument', 'bad-position')
    return int(min(number, 1e9))


@function(
    'Left',
    '文字列:text, 文字数:number',
    'text',
    '左から指定した文字数を取り出します。',
    ('Left("総務課", 2)', '"総務"'),
    group=GROUP,
)
def left(text: str, count: float) -> str:
    return text[: count_of(count)]


@function(
    'Right',
    '文字列:text, 文字数:number',
    'text',
    '右から指定した文字数を取り出します。',
    ('Right("総務課", 1)', '"課"'),
    group=GROUP,
)
def right(text: str, count: float) -> str:
    whole = count_of(count)
    return text[-whole:] if whole else ''


@function(
    'Mid',
    '文字列:text, 開始位置:number, 文字数:number?',
    'text',
    '開始位置（先頭は1）から指定した文字数を取り出します。文字数を省くと最後までです。',
    ('Mid("石川県金沢市", 4, 2)', '"金沢"'),
    group=GROUP,
)
def mid(text: str, start: float, count: float = 1e9) -> str:
    first = position_of(start) - 1
    return text[first : first + count_of(count)]


@function('Len', '文字列:text', 'number', '文字数を返します。', ('Len("窓口")', '2'), group=GROUP)
def length(text: str) -> float:
    return float(len(text))


@function(
    'Trim',
    '文字列:text',
    'text',
    '前後の空白を取り、途中に続く空白を1つにします。全角の空白も同じです。',
    ('Trim("  見本  太郎 ")', '"見本 太郎"'),
    group=GROUP,
)
def trim(text: str) -> str:
    return _SPACES.sub(lambda found: found[0][0], text.strip(' \u3000'))


@function(
    'TrimEnds',
    '文字列:text',
    'text',
    '前後の空白を取ります。',
    ('TrimEnds(" 見本  太郎 ")', '"見本  太郎"'),
    group=GROUP,
)
def trim_ends(text: str) -> str:
    return text.strip()


@function('Upper', '文字列:text', 'text', '英字を大文字にします。', ('Upper("abc")', '"ABC"'), group=GROUP)
def upper(text: str) -> str:
    return text.upper()


@function('Lower', '文字列:text', 'text', '英字を小文字にします。', ('Lower("ABC")', '"abc"'), group=GROUP)
def lower(text: str) -> str:
    return text.lower()


@function(
    'Proper',
    '文字列:text',
    'text',
    "単語の先頭を大文字、残りを小文字にします。アポストロフィの後は単語の続きです（Excelでは O'Neil）。",
    ('Proper("city HALL")', '"City Hall"'),
    group=GROUP,
)
def proper(text: str) -> str:
    return _WORD.sub(lambda found: found[0][0].upper() + found[0][1:].lower(), text)


@function(
    'Find',
    '探す文字列:text, 文字列:text, 開始位置:number?',
    'number',
    '探す文字列が最初に現れる位置（先頭は1）を返します。ないときは空白です。大文字と小文字を区別します。',
    ('Find("県", "石川県金沢市")', '3'),
    group=GROUP,
    may_be_blank=True,
)
def find(wanted: str, text: str, start: float = 1.0) -> float | None:
    first = position_of(start)
    if first > len(text) + 1:
        raise failure('InvalidArgument', 'bad-position')
    found = text.find(wanted, first - 1)
    return None if found < 0 else float(found + 1)


@function(
    'Substitute',
    '文字列:text, 検索文字列:text, 置換文字列:text, 何番目:number?',
    'text',
    '文字列の中の検索文字列を置き換えます。何番目かを書くと、そこだけを置き換えます。',
    ('Substitute("2024-04-01", "-", "/")', '"2024/04/01"'),
    ('Substitute("1-2-3", "-", "の", 2)', '"1-2の3"'),
    group=GROUP,
)
def substitute(text: str, old: str, new: str, instance: float | None = None) -> str:
    if instance is not None and instance < 1:
        raise failure('InvalidArgument', 'bad-position')
    if not old:
        return text
    if instance is None:
        return within_length(text.replace(old, new))
    start = -len(old)
    for _ in range(int(min(instance, 1e9))):
        start = text.find(old, start + len(old))
        if start < 0:
            return text
    return within_length(text[:start] + new + text[start + len(old) :])


@function(
    'Replace',
    '文字列:text, 開始位置:number, 文字数:number, 置換文字列:text',
    'text',
    '開始位置から指定した文字数を、置換文字列に置き換えます。',
    ('Replace("総務部総務課", 1, 3, "財政部")', '"財政部総務課"'),
    group=GROUP,
)
def replace(text: str, start: float, count: float, new: str) -> str:
    first = position_of(start) - 1
    return within_length(text[:first] + new + text[first + count_of(count) :])


@function(
    'Concatenate',
    '文字列:text, 次の文字列:text*',
    'text',
    '文字列をつなぎます。& と同じです。',
    ('Concatenate("令和", 6, "年")', '"令和6年"'),
    group=GROUP,
)
def concatenate(*texts: str) -> str:
    return within_length(''.join(texts))


@function(
    'StartsWith',
    '文字列:text, 先頭:text',
    'boolean',
    '文字列がその文字列で始まるとき true を返します。大文字と小文字を区別しません。',
    ('StartsWith("石川県金沢市", "石川県")', 'true'),
    group=GROUP,
)
def starts_with(text: str, start: str) -> bool:
    return text.lower().startswith(start.lower())


@function(
    'EndsWith',
    '文字列:text, 末尾:text',
    'boolean',
    '文字列がその文字列で終わるとき true を返します。大文字と小文字を区別しません。',
    ('EndsWith("石川県金沢市", "市")', 'true'),
    group=GROUP,
)
def ends_with(text: str, end: str) -> bool:
    return text.lower().endswith(end.lower())


@function('Char', '番号:number', 'text', '番号（1から255）に当たる文字を返します。', ('Char(65)', '"A"'), group=GROUP)
def char(number: float) -> str:
    code = int(number) if abs(number) < 1e9 else 0
    if not 1 <= code <= 255:
        raise failure('InvalidArgument', 'bad-code', text=code)
    return chr(code)


@function(
    'UniChar', '番号:number', 'text', 'Unicodeの番号に当たる文字を返します。', ('UniChar(12354)', '"あ"'), group=GROUP
)
def uni_char(number: float) -> str:
    code = int(number) if abs(number) < 1e9 else 0
    if not 1 <= code <= 0x10FFFF:
        raise failure('InvalidArgument', 'bad-code', text=code)
    if 0xD800 <= code <= 0xDFFF:
        raise failure('NotApplicable', 'bad-code', text=code)
    return chr(code)

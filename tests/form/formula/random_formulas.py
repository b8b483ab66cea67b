"""Makes formulas at random, each of the type that is asked for, over the fields of one small record."""

import re
from random import Random

from random_shapes import BRANCHES, SHAPES

from forms.formula import CHOICES, record, table

FIELDS = {
    '数': 'number',
    '量': 'number',
    '名': 'text',
    'メモ': 'text',
    '済': 'boolean',
    '日': 'date',
    '期限': 'date',
    '受付': 'datetime',
    '時刻': 'time',
    '不明': 'any',
}
MORE_FIELDS = {
    '施設': record({'名称': 'text', '定員': 'number'}),
    '選択': CHOICES,
    '明細': table({'品名': 'text', '単価': 'number'}),
}
NAMES = {
    'number': ['数', '量'],
    'text': ['名', 'メモ'],
    'boolean': ['済'],
    'date': ['日', '期限'],
    'datetime': ['受付'],
    'time': ['時刻'],
}
LITERALS = {
    'number': ['0', '1', '2.5', '-3', '1000', '0.1', '12345.678', '45000'],
    'text': ['""', '"12"', '"見本"', '"abc DEF"', '"2024-05-06"', '"令和6年4月1日"', '"9:30"', '"𠮷"', '"true"'],
    'boolean': ['true', 'false'],
    'date': ['Date(2024, 2, 29)', 'Today()', 'Date(1989, 1, 7)'],
    'datetime': ['DateTime(2024, 4, 1, 23, 59, 59)', 'Now()'],
    'time': ['Time(9, 30, 0)', 'Time(0, 0, 1, 500)'],
}


def formula(random: Random, kind: str, depth: int) -> str:
    """A formula of the kind (number, text, boolean, date, datetime, time, table), at most so many calls deep."""
    if kind == 'table' and depth <= 0:
        return '明細'
    if depth <= 0 or (kind != 'table' and random.random() < 0.25):
        return random.choice([*NAMES[kind], random.choice(LITERALS[kind])])
    shapes = SHAPES[kind] if kind == 'table' or random.random() < 0.85 else BRANCHES
    shape = random.choice(shapes).replace('«T»', f'«{kind}»')
    return re.sub('«(.+?)»', lambda place: formula(random, place[1], depth - 1), shape)


def values(random: Random) -> dict[str, object]:
    """The JSON values of a record, some of them missing, blank or of a wrong kind."""
    chosen = {name: random.choice(VALUES[kind]) for name, kind in FIELDS.items()}
    chosen['明細'] = [
        {'品名': random.choice(VALUES['text']), '単価': random.choice(VALUES['number'])}
        for _ in range(random.randrange(4))
    ]
    chosen['施設'] = random.choice([None, {}, {'名称': '第一小学校', '定員': 120}, {'定員': '多数'}])
    chosen['選択'] = random.sample(['水', '毛布', '見本', 'ABC'], random.randrange(4))
    return {name: value for name, value in chosen.items() if random.random() < 0.95}


VALUES: dict[str, list[object]] = {
    'number': [0, 1, -2, 3.5, 1e15, 1234567.891, 0.1, None, 2, 10, 45123.75],
    'text': ['見本 太郎', 'abc', '', None, 'ｶﾞｯｺｳ１２', '水', '12', '2024/4/1 9:05', '𠮷野'],
    'boolean': [True, False, None],
    'date': ['2024-04-01', '2023-12-31', '2020-02-29', '1926-12-25', None, '', '2024-13-01'],
    'datetime': ['2024-04-01T09:05:00+09:00', '2024-03-31T23:30:15.250000+00:00', None, '2024-04-01T00:00', '昨日'],
    'time': ['09:05', '23:59:59', None, '25:00'],
    'any': [None, 1, '文字', True, [1, 2], {'品名': '水'}],
}

"""Writes formulas at random: mostly sensible ones, some with a slip, some mere noise."""

import random
from typing import Any

from forms.formula import CHOICES, Scope, record
from forms.formula.functions.registry import functions

SCOPE = Scope(
    {
        '文': 'text',
        '数': 'number',
        '日': 'date',
        '時': 'datetime',
        '刻': 'time',
        '可': 'boolean',
        '選': CHOICES,
        '人': record({'名': 'text', '齢': 'number', '日': 'date'}),
        '任': 'any',
    },
    retired=frozenset(('旧',)),
    tables={'行': Scope({'品': 'text', '数': 'number', '日': 'date'})},
)
_NAMES = [
    '文',
    '数',
    '日',
    '時',
    '刻',
    '可',
    '選',
    '人',
    '任',
    '行',
    '人.齢',
    '行',
    '旧',
    '無',
    'Value',
    'ThisRecord',
    '品',
    'Old.数',
]
_NUMBERS = ['0', '1', '2', '-1', '3.5', '1e308', '1E-300', '100', '0.1', '4000000', '-1e15', '９']
_TEXTS = [
    '""',
    '"a"',
    '"令和6年4月1日"',
    '"2024-04-01"',
    '"12:34"',
    '"#,##0.0"',
    '"ggge年m月d日"',
    '"yyyy/mm/dd hh:mm:ss.000"',
]
_MORE_TEXTS = [
    '"true"',
    '"1,234円"',
    '"０"',
    '"𠮷"',
    '"0.00E+00"',
    '"%%%%"',
    '"Y"',
    '"MD"',
    '"ja-JP"',
    '"xx"',
    '$"{1}あ{"b"}"',
]
_OPERATORS = [
    '+',
    '-',
    '*',
    '/',
    '^',
    '&',
    '=',
    '<>',
    '<',
    '<=',
    '>',
    '>=',
    '&&',
    '||',
    ' in ',
    ' exactin ',
    ' And ',
    ' Or ',
]
_ENUMERATED = ['TimeUnit.Months', 'StartOfWeek.Monday', 'DateTimeFormat.LongDate', 'ErrorKind.Div0', 'FirstError.Kind']
_FITTING = {
    'number': [*_NUMBERS, '数', '人.齢', 'Sum(行, 数)', 'Value("12")', 'ErrorKind.Div0'],
    'text': [*_TEXTS, *_MORE_TEXTS, '文', '人.名', '数', 'First(行).品', '"x" & 文', '日'],
    'boolean': ['true', 'false', '可', 'IsBlank(文)', '数 > 2', '"水" in 選'],
    'date': ['日', 'Today()', 'Date(2024, 2, 29)', '人.日', '"R6.4.1"', '45000', '日 + 1', 'Blank()'],
    'datetime': ['時', 'Now()', 'DateTime(2024, 4, 1, 9, 5, 0)', '日', '日 + 刻', '45000.5', '時 - 10000'],
    'time': ['刻', 'Time(9, 5, 0)', '0.25', '"9:05"'],
    'table': [
        '行',
        '選',
        '[1, 2, 3]',
        '["a", "", Blank()]',
        '[1, 1/0]',
        'Table({a: 1}, {b: 日})',
        'Filter(行, 数 > 1)',
        '[]',
    ],
}
_NOISE = '()[]{},.:;\'"$%&|!=<>+-*/^#@~\\ 　\n０Ａ＝“”あ髙🎌e1_' + '\u3099\u200d\x00'


class Writer:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.functions = list(functions().values())

    def source(self) -> str:
        kind = self.random.random()
        if kind < 0.1:
            return ''.join(self.random.choices(_NOISE, k=self.random.randrange(60)))
        written = self.expression(self.random.randrange(1, 5))
        return self.slip(written) if kind < 0.3 else written

    def slip(self, source: str) -> str:
        place = self.random.randrange(len(source) + 1)
        return (
            source[:place]
            + self.random.choice(_NOISE) * self.random.randrange(3)
            + source[place + self.random.randrange(3) :]
        )

    def expression(self, depth: int) -> str:  # noqa: PLR0911 - one line per kind reads best
        choose = self.random.random()
        if depth <= 0 or choose < 0.15:
            return self.leaf()
        if choose < 0.6:
            return self.call(depth)
        if choose < 0.85:
            return f'({self.expression(depth - 1)}{self.random.choice(_OPERATORS)}{self.expression(depth - 1)})'
        if choose < 0.9:
            return f'{self.random.choice(["-", "!", "Not "])}({self.expression(depth - 1)})'
        if choose < 0.93:
            return f'[{self.listed(depth)}]'
        if choose < 0.96:
            fields = f'a: {self.expression(depth - 1)}, b: {self.expression(depth - 1)}'
            return f'{{{fields}}}{self.random.choice([".a", "", ".c"])}'
        return f'({self.expression(depth - 1)})%'

    def leaf(self) -> str:
        pool: list[str] = self.random.choice(
            [_NAMES, _NUMBERS, _TEXTS, _MORE_TEXTS, _ENUMERATED, ['true', 'Today()', 'Blank()']]
        )
        return self.random.choice(pool)

    def call(self, depth: int) -> str:
        """Mostly as many arguments as the function wants, mostly of the types it wants."""
        function = self.random.choice(self.functions)
        if self.random.random() < 0.05:
            return f'{function.name}({self.listed(depth)})'
        count = function.least + self.random.randrange(int(min(function.most - function.least, 2)) + 1)
        kinds = [function.parameter(number).type.kind for number in range(count)]
        return f'{function.name}({", ".join(self.wanted(kind, depth - 1) for kind in kinds)})'

    def wanted(self, kind: str, depth: int) -> str:
        if kind == 'any' or self.random.random() < 0.1:
            return self.expression(depth)
        if depth > 0 and self.random.random() < 0.5:
            fitting = [each for each in self.functions if each.result.kind == kind]
            if kind == 'boolean' and self.random.random() < 0.5:
                operator = self.random.choice(['=', '<>', '<', '>='])
                return f'{self.wanted("number", depth - 1)} {operator} {self.wanted("number", depth - 1)}'
            function = self.random.choice(fitting or self.functions)
            arguments = [self.wanted(function.parameter(n).type.kind, depth - 1) for n in range(function.least)]
            return f'{function.name}({", ".join(arguments)})'
        return self.random.choice(_FITTING.get(kind, _NUMBERS))

    def listed(self, depth: int) -> str:
        return ', '.join(self.expression(depth - 1) for _ in range(self.random.randrange(4)))

    def record(self) -> dict[str, Any]:
        """A record that may lack or mistake any field."""
        odd = [
            None,
            '',
            0,
            -1,
            2.5,
            10**30,
            'あ',
            '2024-04-01',
            '2024-04-01T09:05:00+09:00',
            '09:05',
            True,
            [],
            ['a'],
            {},
            [{}],
        ]
        sensible = {
            '文': '見本 太郎',
            '数': 3,
            '日': '2024-02-29',
            '時': '2024-04-01T23:59:59+09:00',
            '刻': '12:34',
            '可': True,
            '選': ['水', '米'],
            '人': {'名': '例示 花子', '齢': 40, '日': '1984-01-01'},
            '任': [1, 'a', {'b': None}],
            '行': [{'品': '水', '数': 5, '日': '2024-05-01'}, {'品': '', '数': None}, {}],
        }
        return {
            name: self.random.choice(odd) if self.random.random() < 0.2 else value for name, value in sensible.items()
        }

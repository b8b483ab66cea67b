"""Names, places and sentences of the sample city, all of them plainly made up."""

from __future__ import annotations

from random import Random

FAMILY = (
    ('見本', 'ミホン'),
    ('例示', 'レイジ'),
    ('試験', 'シケン'),
    ('架空', 'カクウ'),
    ('仮名', 'カメイ'),
    ('様式', 'ヨウシキ'),
)
GIVEN = (
    ('太郎', 'タロウ'),
    ('花子', 'ハナコ'),
    ('一郎', 'イチロウ'),
    ('桜', 'サクラ'),
    ('健', 'ケン'),
    ('葵', 'アオイ'),
    ('実', 'ミノル'),
    ('文', 'フミ'),
)
TOWNS = ('見本町', '例示町', '試し台', '仮橋町', '架空新町', '手本通', '写し町', 'ひな形町', '標準町', '書式ヶ丘')
MARKS = ('公園の前', '橋のたもと', '小学校の北', '郵便局の横', '集会所の前', '交差点', '坂の途中', '踏切の西')

ROAD = {
    '舗装': ('車道に直径30cmくらいの穴があいている。', '舗装がはがれて砂利が出ている。', '段差で転びそうになった。'),
    '側溝': ('側溝のふたが割れている。', '側溝が詰まって雨の日に水があふれる。', '側溝のふたがずれて音がする。'),
    '街路樹': ('枝が歩道まで伸びて通りにくい。', '枯れた枝が落ちそうになっている。', '落ち葉で側溝がふさがっている。'),
    '照明': ('街路灯が消えている。', '街路灯が夜に点滅している。', '昼間も街路灯がついたままになっている。'),
    '標識・白線': ('停止線が消えて見えない。', '標識が曲がっている。', '横断歩道の白線が薄くなっている。'),
    '除雪': ('除雪した雪が家の出入口をふさいでいる。', '歩道の雪で通学路が通れない。', '交差点の雪山で見通しが悪い。'),
    'その他': ('道路に土砂が出ている。', '道路わきにごみが捨てられている。', 'カーブミラーがくもって見えない。'),
}
DONE = ('現地を確認し、補修しました。', '委託業者が対応しました。', '清掃して解消しました。')
REPAIRS = ('ひび割れがある', 'さびて動きにくい', '固定がゆるんでいる', '一部が欠けている', '水がしみている')
FACILITIES = (
    ('小学校', '学校'),
    ('中学校', '学校'),
    ('公園', '公園'),
    ('集会所', '集会所'),
    ('体育館', '体育館'),
    ('支所', '庁舎'),
)


def person(chance: Random) -> tuple[str, str]:
    """(name, kana) of somebody who does not exist."""
    family, given = chance.choice(FAMILY), chance.choice(GIVEN)
    return f'{family[0]} {given[0]}', f'{family[1]} {given[1]}'


def phone(chance: Random) -> str:
    """A number out of the range that is given to nobody here."""
    return f'090-0000-{chance.randrange(10_000):04}'


def place(chance: Random) -> str:
    return f'{chance.choice(TOWNS)}{chance.randrange(1, 6)}丁目 {chance.choice(MARKS)}'

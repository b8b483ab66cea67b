"""Made-up requests about roads, about 780 bytes of JSON each, the same for every run."""

import random
from typing import Any

STATES = ['受付', '対応中', '完了', '保留', '取下げ']
PLACES = ['見本町', '例示町', '架空台', '仮名橋', '雛形通り']
TROUBLES = [
    '道路に穴があいています。',
    '側溝のふたが割れています。',
    '街灯が消えています。',
    '白線が消えかけています。',
]
SEARCHED = ['受付番号', '氏名', '場所', '内容']

RARE = '珍品発見'
RARE_EVERY = 20_000
COMMON = '道路'  # two characters, in most documents
ABSENT = '鯨鮫'


def request(number: int) -> dict[str, Any]:
    chance = random.Random(number)
    day = f'20{chance.randint(20, 26)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}'
    story = ' '.join(chance.choice(TROUBLES) for _ in range(6))
    return {
        '受付番号': f'R8-{number:07}',
        '状態': chance.choice(STATES),
        '受付日': day,
        '氏名': '見本 太郎' if number % 2 else '例示 花子',
        '電話': f'090-0000-{chance.randint(0, 9):04}',
        '場所': f'{chance.choice(PLACES)}{chance.randint(1, 9)}丁目{chance.randint(1, 40)}番地',
        '内容': story + (RARE if number % RARE_EVERY == 7 else ''),
        '用件': chance.sample(['舗装', '側溝', '街灯', '白線'], 2),
        '緯度': 35 + chance.random(),
        '経度': 135 + chance.random(),
        '担当': '道路課',
        '費用': chance.randint(0, 500_000),
        '急ぎ': chance.random() < 0.1,
        '備考': '',
    }


def search_text(record: dict[str, Any]) -> str:
    return ' '.join(record[name] for name in SEARCHED)

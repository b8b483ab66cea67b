"""main.py draw: rules and applications in, the published result out, and mistakes with file, row and column."""

import csv
import io
import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from forms.capabilities.lottery.commitment import commitment_of, seed_of
from forms.capabilities.lottery.methods import ticket_of

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
RULES = """\
lottery:
  sessions:
    - {name: 午前, capacity: 4}
    - {name: 午後, capacity: 4, waiting: 2}
  choices: [第1希望, 第2希望]
  size: 人数
  set_aside: {field: 住まい, values: [市内], share: 1/2}
  one_win: [電話番号]
"""
HEADER = '受付番号,第1希望,第2希望,人数,住まい,電話番号,取下げ,締切後の受付'
ROWS = [
    'A1,午前,午後,2,市内,090-0000-0001,,',
    'A2,午前,午後,2人,市外,090-0000-0002,,',
    'A3,午前,,1,市外,090-0000-0003,○,',
    'A4,午後,午前,3,市外,090-0000-0004,,',
    'A5,午前,午後,1,市内,０９０-0000-0001,,',
    'A6,午後,,2,市内,090-0000-0006,,',
    'A7,午後,,1,市内,090-0000-0007,,はい',
]
PUBLISHED = """\
番号,くじ,結果,回,抽選順,補欠順,人数,段,優先,口数,同じ方,希望1,希望2
A1,1d887c689ee26872f9378f5b24c09f3a8b2867c1f660348f6a9e2ec3426edad3,当選,午前,1,,2,1,1,1,A1,午前,午後
A6,4a9e1ecee2269c11d96b8b95ad25ad09f827e862ded17d5aa1098c15a791993b,当選,午後,2,,2,1,1,1,,午後,
A5,5dc503f312f98633f0213c9f73a2d149ec6bf4d61b63b2491c3745d6bc28b8a5,落選,,3,,1,1,1,1,A1,午前,午後
A2,86ce107e4e96e1ac6d67d09d82c859bd1559d3d306221ebeee9de69a1de2f85f,当選,午前,4,,2,1,0,1,,午前,午後
A4,d9f9d7b8df217287115471fe6cadcd05e32f09d4d772b38fa30b812117003357,補欠,午後,5,1,3,1,0,1,,午後,午前
A3,,取下げ,,,,1,1,0,1,,午前,
A7,,締切後,,,,1,1,1,1,,午後,
"""


def draw(folder, *arguments, rules=RULES, rows=ROWS, header=HEADER, encoding='utf-8', **environment):
    """(exit code, what stands on stdout as bytes, what stands on stderr)."""
    (folder / 'rules.yaml').write_text(rules, 'utf-8')
    (folder / 'entries.csv').write_bytes('\r\n'.join((header, *rows, '')).encode(encoding))
    files = ('--rules', 'rules.yaml', '--entries', 'entries.csv')
    done = subprocess.run(
        [sys.executable, str(ROOT / 'main.py'), 'draw', *files, *(arguments or ('--seed', 'x'))],
        cwd=folder, capture_output=True, check=False, timeout=60, env={**os.environ, 'PYTHONUTF8': '1', **environment},
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr.decode()


def test_it_prints_the_published_result(tmp_path):
    code, printed, told = draw(tmp_path)
    assert (code, printed.decode()) == (0, PUBLISHED)
    assert '当選 3件、補欠 1件、落選 1件' in told
    assert '一覧のハッシュ: ' in told


@pytest.mark.parametrize('encoding', ['utf-8', 'utf-8-sig', 'cp932'])
@pytest.mark.parametrize('order', [1, -1])
def test_encoding_and_order_of_the_rows_change_no_byte(encoding, order, tmp_path):
    """Also with another hash seed and where the system writes in another language."""
    again = {'PYTHONHASHSEED': '7', 'LC_ALL': 'C'}
    assert draw(tmp_path, rows=ROWS[::order], encoding=encoding, **again)[1].decode() == PUBLISHED


def test_secret_and_public_value_make_the_seed(tmp_path):
    joined = draw(tmp_path, '--secret', 'ひみつ', '--public-value', '38123.45')
    assert joined[:2] == draw(tmp_path, '--seed', seed_of('ひみつ', '38123.45'))[:2]
    for wrong in ((), ('--secret', 'ひみつ'), ('--seed', 'x', '--secret', 'a', '--public-value', 'b')):
        code, printed, told = draw(tmp_path, *(wrong or ('--method', 'sha256')))
        assert (code, printed) == (2, b'')
        assert 'どちらか1つ' in told


def test_the_checker_accepts_what_the_command_writes(tmp_path):
    draw(tmp_path, '--seed', 'x', '-o', '結果.csv', '--rules-out', '規則.json')
    assert (tmp_path / '結果.csv').read_bytes() == PUBLISHED.encode('utf-8-sig'), 'Excel knows UTF-8 by its mark'
    checker = ROOT / 'docs' / 'lottery' / 'check_draw.py'
    done = subprocess.run(
        [sys.executable, '-X', 'utf8', str(checker), '結果.csv', '規則.json', 'x'],
        cwd=tmp_path, capture_output=True, text=True, encoding='utf-8', check=False,
    )  # fmt: skip
    assert done.stdout.startswith('OK: 5件すべて一致しました。')


def test_a_whole_app_gives_the_rules_too(tmp_path):
    app = (ROOT / 'apps' / 'definitions' / 'event_lottery.yaml').read_text('utf-8')
    header = '受付番号,フリガナ,生年月日,電話番号,住まい,第1希望,第2希望,人数'
    rows = [f'陶{n:04},ミホン タロウ,1980-01-{n:02},090-0000-{n:04},市内,午前の部,午後の部,4' for n in range(1, 15)]
    code, printed, told = draw(tmp_path, rules=app, header=header, rows=rows)
    assert code == 0, told
    found = list(csv.DictReader(io.StringIO(printed.decode())))
    assert sum(each['結果'] == '当選' for each in found) == 10


@pytest.mark.parametrize('method', ['rfc3797', 'hoffman'])
def test_another_method_gives_another_order(method, tmp_path):
    code, printed, _ = draw(tmp_path, '--seed', 'x', '--method', method)
    order = [line.split(',')[0] for line in printed.decode().splitlines()[1:6]]
    assert code == 0
    assert sorted(order) == ['A1', 'A2', 'A4', 'A5', 'A6']
    assert order != ['A1', 'A6', 'A5', 'A2', 'A4']


@pytest.mark.parametrize(
    ('more', 'said'),
    [
        ({'header': HEADER.replace('第2希望', '第二希望')}, 'entries.csv 1行目: 列「第2希望」がありません。'),
        ({'header': HEADER.replace('第2希望', '第1希望')}, 'entries.csv 1行目: 列「第1希望」が2つあります。'),
        ({'rows': [*ROWS, 'A1,午前,,1,市内,,,']}, 'entries.csv 9行目「受付番号」: 番号「A1」が2行目にもあります。'),
        ({'rows': [*ROWS, ',午前,,1,市内,,,']}, 'entries.csv 9行目「受付番号」: 番号が空です。'),
        ({'rows': [*ROWS, 'A9,夜,,1,市内,,,']}, 'entries.csv 9行目「第1希望」: '),
        ({'rows': ['', *ROWS, 'A9,午前,,二十,市内,,,']}, 'entries.csv 10行目「人数」: '),
        ({'rows': [*ROWS, 'A9,午前,,9,市内,,,']}, 'entries.csv 9行目「人数」: '),
        ({'rows': [*ROWS, 'A9,午前,,,市内,,,']}, 'entries.csv 9行目「人数」: '),
        ({'rows': [*ROWS, 'A9,,午後,1,市内,,,']}, 'entries.csv 9行目「第1希望」: '),
        ({'rows': [*ROWS, 'A9,午前,,1,市内,,たぶん,']}, 'entries.csv 9行目「取下げ」: '),
        ({'rows': [*ROWS, 'A9,午前,,1,市内,,,,,x']}, 'entries.csv 9行目: 列の数(10)が1行目(8)より多く'),
        ({'rows': [*ROWS, 'A9,"午前,,1,市内,,,']}, 'entries.csv: 「"」が閉じていない'),
        ({'rows': []}, 'entries.csv: 申込みが1件もありません。'),
        ({'rules': RULES.replace('capacity: 4, waiting', 'capacity: 0, waiting')}, 'rules.yaml:4:'),
        ({'rules': RULES.replace('size:', 'seats:')}, 'rules.yaml:6:3: D102 「seats」という設定はありません'),
        ({'rules': RULES.replace('lottery:', 'lotery:')}, 'rules.yaml:1:1: D103 「lottery」がありません'),
        ({'rules': RULES.replace('第1希望', '第1 希望')}, 'rules.yaml:2:'),
        ({'rules': ''}, 'rules.yaml:1:1: D002'),
    ],
)
def test_mistakes_name_file_row_and_column_and_nothing_is_drawn(more, said, tmp_path):
    code, printed, told = draw(tmp_path, **more)
    assert (code, printed) == (1, b'')
    assert any(line.startswith(said) for line in told.splitlines()), told


def test_several_mistakes_are_told_at_once(tmp_path):
    _, _, told = draw(tmp_path, rows=[*ROWS, 'A9,夜,,0,市内,,,', ',午前,,1,,,,'])
    assert told.splitlines()[-1] == '誤りが4件あります。'


def test_files_that_are_not_there_and_methods_that_are_none(tmp_path):
    assert draw(tmp_path, '--seed', 'x', '--method', 'md5')[0] == 2
    odds = RULES + '  odds: {field: 住まい, tickets: {市内: 2}}\n'
    assert draw(tmp_path, rules=odds)[0] == 0
    code, _, told = draw(tmp_path, '--seed', 'x', '--method', 'hoffman', rules=odds)
    assert (code, told.strip()) == (2, '口数(odds)のある抽選は hoffman ではできません。')
    missing = draw(tmp_path, '--rules', 'nothing.yaml', '--seed', 'x')
    assert (missing[0], missing[2].strip()) == (2, 'ファイル nothing.yaml がありません。')


MANUAL = (ROOT / 'docs' / 'ja' / '抽選の検証.md').read_text('utf-8')


def test_what_the_manual_shows_can_be_drawn(tmp_path):
    shown = re.findall(r'^```text\n(.*?)^```$', MANUAL, re.MULTILINE | re.DOTALL)
    rules = next(each for each in shown if each.startswith('lottery:'))
    header, *rows = next(each for each in shown if each.startswith('受付番号,')).splitlines()
    code, printed, told = draw(tmp_path, rules=rules, header=header, rows=rows)
    assert code == 0, told
    assert printed.decode().count('当選') == 2


def test_the_vectors_of_the_manual_are_right():
    table = dict(re.findall(r'^\| ([^|`]+) \| `([^`]+)` \|$', MANUAL, re.MULTILINE))
    seed = seed_of(table['秘密の値'], table['公開の値'])
    assert (commitment_of(table['秘密の値']), seed) == (table['秘密の値のハッシュ'], table['種'])
    assert ticket_of(seed, '陶0001') == table['番号 陶0001 のくじ']
    assert ticket_of('2026-12-11', '陶0001') == table['種が 2026-12-11 のときの、陶0001 のくじ']
    (lines,) = re.findall(r'^```text\n(陶0001\t.*?)^```$', MANUAL, re.MULTILINE | re.DOTALL)
    assert f'`{sha256(lines.encode()).hexdigest()}`' in MANUAL

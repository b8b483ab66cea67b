"""The stand-alone checker agrees with every published lottery, and names what somebody has changed in one."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from random_draws import random_draw

from forms.capabilities.lottery.commitment import seed_of
from forms.capabilities.lottery.drawing import draw
from forms.capabilities.lottery.placing import Entry, Rules
from forms.capabilities.lottery.published import closed_list, list_hash, published_result, published_rules

CHECKER = Path(__file__).parents[2] / 'docs' / 'lottery' / 'check_draw.py'


def publish(folder, rules, entries, seed):
    """The two published files."""
    result, written = folder / '結果.csv', folder / '規則.json'
    result.write_bytes(published_result(entries, draw(rules, entries, seed)).encode('utf-8-sig'))
    written.write_text(published_rules(rules), 'utf-8')
    return result, written


def check(*arguments):
    done = subprocess.run(
        [sys.executable, '-I', '-X', 'utf8', str(CHECKER), *map(str, arguments)],
        capture_output=True, text=True, encoding='utf-8', check=False,
    )  # fmt: skip
    return done.returncode, (done.stdout + done.stderr).strip()


def changed(file, change):
    """The result with one cell changed, told by (column, row -> whether it is the one, new value)."""
    column, wanted, value = change
    rows = list(csv.DictReader(io.StringIO(file.read_text('utf-8-sig'))))
    row = next(each for each in rows if wanted(each))
    row[column] = value
    with file.open('w', encoding='utf-8', newline='') as written:
        writer = csv.DictWriter(written, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return row['番号']


def test_the_checker_is_short_and_needs_nothing_but_python():
    lines = CHECKER.read_text('utf-8').splitlines()
    assert len(lines) < 60
    assert [each for each in lines if each.startswith(('import', 'from'))] == [
        'import csv, hashlib, json, sys  # noqa: E401, I001 - the whole check in sight at once'
    ]


@pytest.mark.long
@pytest.mark.parametrize('number', range(60))
def test_it_agrees_with_lotteries_of_every_kind(number, tmp_path):
    rules, entries, seed = random_draw(number)
    result, written = publish(tmp_path, rules, entries, seed)
    code, said = check(result, written, seed)
    drawn = sum(each.is_drawn for each in entries)
    assert said == f'OK: {drawn}件すべて一致しました。一覧のハッシュ: {list_hash(entries)}'
    assert code == 0


def test_it_joins_secret_and_public_value(tmp_path):
    rules, entries, _ = random_draw(7)
    published = publish(tmp_path, rules, entries, seed_of('ひみつ', '38123.45'))
    assert check(*published, 'ひみつ', '38123.45')[0] == 0
    assert check(*published, 'ひみつ', '38123.46')[0] == 1


@pytest.mark.parametrize(
    ('change', 'said'),
    [
        (('結果', lambda row: row['結果'] == '補欠', '当選'), 'の「結果」は「当選」ではなく「補欠」のはずです。'),
        (('くじ', lambda row: row['抽選順'] == '3', '0' * 64), 'の「くじ」は'),
        (('抽選順', lambda row: row['抽選順'] == '2', '1'), 'の「抽選順」は「1」ではなく「2」のはずです。'),
        (('補欠順', lambda row: row['補欠順'] == '2', '1'), 'の「補欠順」は「1」ではなく「2」のはずです。'),
        (('回', lambda row: row['結果'] == '当選', '夜'), 'の「回」は「夜」ではなく「午前」のはずです。'),
    ],
    ids=['result', 'ticket', 'order', 'waiting', 'session'],
)
def test_it_names_the_first_difference(change, said, tmp_path):
    entries = [Entry(f'陶{number:04}', ('午前',)) for number in range(12)]
    result, written = publish(tmp_path, Rules(capacity={'午前': 5}), entries, 'たね')
    number = changed(result, change)
    code, told = check(result, written, 'たね')
    assert code == 1
    assert told.startswith(f'ちがい: {number} ')
    assert said in told


def test_another_capacity_is_found_out(tmp_path):
    entries = [Entry(f'陶{number:04}', ('午前',)) for number in range(12)]
    result, written = publish(tmp_path, Rules(capacity={'午前': 5}), entries, 'たね')
    rules = json.loads(written.read_text('utf-8'))
    rules['sessions'][0]['capacity'] = 4
    written.write_text(json.dumps(rules), 'utf-8')
    assert '「結果」は「当選」ではなく「補欠」' in check(result, written, 'たね')[1]


def test_it_says_when_a_method_is_not_its_own(tmp_path):
    entries = [Entry('陶0001', ('午前',))]
    published = publish(tmp_path, Rules(capacity={'午前': 5}, method='hoffman'), entries, 'たね')
    assert 'sha256 の抽選のためのものです' in check(*published, 'たね')[1]


def test_the_closed_list_states_its_bytes():
    """The vector of the manual; a late application is not in it, a withdrawn one is."""
    entries = [
        Entry('陶0002', ('午後', '午前'), 2, person='p'),
        Entry('陶0001', ('午前',), 1, withdrawn=True, priority=True, tickets=3, person='p'),
        Entry('陶0003', ('午前',), late=True),
    ]
    assert closed_list(entries) == '陶0001\t1\t1\t1\t3\t陶0001\t午前\n陶0002\t2\t1\t0\t1\t陶0001\t午後\t午前\n'
    assert list_hash(reversed(entries)) == '6cb0420f15a43d13af3ddf7738ff44d43c12d0b41a11810575c0d381057b57a7'


def test_nothing_personal_is_published():
    rules, entries, seed = random_draw(3)
    text = published_result(entries, draw(rules, entries, seed)) + closed_list(entries)
    assert not [each.person for each in entries if len(each.person) > 1 and each.person in text]

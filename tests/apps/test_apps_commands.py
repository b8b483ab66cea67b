"""The command line: what it says, how fast, and with which exit code."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from apps.clock import JapaneseClock
from apps.passwords import Passwords
from storage import open_store

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = ('serve', 'check', 'demo', 'export', 'backup', 'restore', 'doctor', 'users', 'schema', 'formula')


def run(*arguments: object, folder: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith('MADOGUCHI_')}
    return subprocess.run(
        [sys.executable, str(ROOT / 'main.py'), *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**clean, 'PYTHONPATH': str(ROOT), **environment},
        timeout=60,
        check=False,
    )


def test_help_says_each_command_in_one_line() -> None:
    lines = run('--help').stdout.splitlines()
    for command in COMMANDS:
        (line,) = [each for each in lines if each.strip().startswith(f'{command} ')]
        assert line.rstrip().endswith('。')


def test_the_shipped_definitions_are_right_and_checked_within_a_second() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = run('check')
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    shipped = len(list((ROOT / 'apps' / 'definitions').glob('*.yaml')))
    assert (done.returncode, done.stdout) == (0, f'誤りはありません({shipped}個のアプリ)。\n')
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1.0, 'seconds of processor time'


def test_check_prints_every_mistake_with_its_place(tmp_path: Path) -> None:
    wrong = tmp_path / 'wrong.yaml'
    wrong.write_text('title: だめ\nsections:\n  - fields:\n      - {name: 電話, type: telephone}\n', 'utf-8')
    done = run('check', wrong)
    assert done.returncode == 1
    assert f'{wrong}:4:' in done.stdout and 'D201' in done.stdout and '誤りが1件あります。' in done.stdout
    assert run('check', tmp_path / 'nothing.yaml').returncode == 2


def test_settings_are_checked_at_start_all_at_once() -> None:
    done = run('users', 'list', MADOGUCHI_PORT='0', MADOGUCHI_HOTS='x')
    assert done.returncode == 2
    assert 'MADOGUCHI_PORT: 「0」は1から65535まで' in done.stderr
    assert 'MADOGUCHI_HOTS: 「hots」という設定はありません。「host」ではありませんか。' in done.stderr


def test_people_are_added_listed_and_stopped(tmp_path: Path) -> None:
    data = tmp_path / 'data'
    added = run('users', 'add', 'taro', '--name', '見本 太郎', '--section', '道路管理課', '--data', data)
    assert added.returncode == 0 and 'パスワード: ' in added.stdout
    assert run('users', 'add', 'taro', '--data', data).returncode == 1
    run('users', 'disable', 'taro', '--data', data)
    assert run('users', 'list', '--data', data).stdout == 'taro\t見本 太郎\t職員\t道路管理課 (停止中)\n'


def test_an_app_is_lent_to_an_administrator_with_a_reason(tmp_path: Path) -> None:
    data = tmp_path / 'data'
    run('users', 'add', 'kanri', '--role', 'administrator', '--data', data)
    grant = ('users', 'grant', 'kanri', '--app', 'road_requests', '--data', data)
    refused = run(*grant)
    assert refused.returncode == 1 and '理由' in refused.stderr
    given = run(*grant, '--days', '3', '--reason', '復旧の確認')
    assert given.returncode == 0 and '「道路要望」を見せます' in given.stdout


def test_a_backup_brings_back_records_and_passwords(tmp_path: Path) -> None:
    data, copy, back = tmp_path / 'data', tmp_path / 'copy', tmp_path / 'back'
    password = run('users', 'add', 'taro', '--data', data).stdout.splitlines()[0].removeprefix('パスワード: ')
    assert run('backup', '--data', data, '--to', copy).returncode == 0
    assert (copy / 'passwords.json').stat().st_mode & 0o077 == 0
    assert run('restore', copy, back).returncode == 0
    assert run('restore', copy, back).returncode == 1, 'never over something that is there'
    assert run('doctor', '--data', back).stdout.splitlines()[-1] == '異常はありません。'
    with open_store(back) as store:
        assert Passwords(store, JapaneseClock()).matches('taro', password)


def test_a_moment_before_the_first_backup_is_told_in_japanese(tmp_path: Path) -> None:
    data, copy, back = tmp_path / 'data', tmp_path / 'copy', tmp_path / 'back'
    run('users', 'add', 'taro', '--data', data)
    run('backup', '--data', data, '--to', copy)
    early = run('restore', copy, back, '--at', '2001-04-01T17:00')
    assert early.returncode == 1
    assert '2001-04-01 17:00 までに作った写しがありません。' in early.stderr
    nothing = run('restore', tmp_path / 'nowhere', back)
    assert nothing.returncode == 1 and 'に写しがありません。' in nothing.stderr


def test_doctor_finds_a_flipped_bit(tmp_path: Path) -> None:
    data = tmp_path / 'data'
    run('users', 'add', 'taro', '--data', data)
    run('backup', '--data', data, '--to', tmp_path / 'copy')
    file = data / 'city.db'
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    for beside in ('city.db-wal', 'city.db-shm'):
        (data / beside).unlink(missing_ok=True)
    assert run('doctor', '--data', data).returncode == 1


@pytest.mark.parametrize(
    ('arguments', 'code', 'told'),
    [
        (['Sum(1, 2)'], 0, '3'),
        (['人数 * 2', '--record', '{"人数": 3}'], 0, '6'),
        (['1 / 0'], 1, 'Div0'),
        (['Summ(1)'], 1, 'Sum'),
        (['1', '--record', '{'], 2, 'JSON'),
        ([], 2, '--cases'),
    ],
)
def test_a_formula_is_tried(arguments: list[str], code: int, told: str) -> None:
    done = run('formula', *arguments)
    assert done.returncode == code and told in done.stdout + done.stderr


def test_the_schema_is_printed_as_json(tmp_path: Path) -> None:
    assert run('schema', '-o', tmp_path / 'schema.json').returncode == 0
    assert json.loads((tmp_path / 'schema.json').read_text('utf-8'))['required'] == ['title', 'sections']


def test_an_export_from_the_command_line(tmp_path: Path) -> None:
    data = tmp_path / 'data'
    done = run('export', 'facilities', '-o', tmp_path / 'f.xlsx', '--data', data)
    assert (done.returncode, done.stdout) == (0, f'0件を {tmp_path / "f.xlsx"} に書き出しました。\n')
    unknown = run('export', 'nothing', '-o', tmp_path / 'n.xlsx', '--data', data)
    assert unknown.returncode == 2 and 'road_requests' in unknown.stderr


def test_a_formula_is_tried_on_a_record_from_a_file(tmp_path: Path) -> None:
    record = tmp_path / '記録.json'
    record.write_text('\ufeff{"人数": 3, "施設 名": "見本館"}', 'utf-8')
    done = run('formula', "'施設 名' & 人数 * 2 & \"人\"", '--record', record)
    assert (done.returncode, done.stdout) == (0, '"見本館6人"\n')
    assert run('formula', 'Text(0.5, "0.0")', '--locale', 'fr-FR').stdout == '"0,5"\n'


def test_what_cannot_be_used_for_a_formula_is_told_in_words(tmp_path: Path) -> None:
    wrong, foreign, cases = tmp_path / 'wrong.json', tmp_path / 'foreign.json', tmp_path / 'cases.jsonl'
    wrong.write_text('{\n"人数": }', 'utf-8')
    foreign.write_bytes('{"人数": 3}'.encode('cp932'))
    cases.write_text('\n{"expression": "1"}\n', 'utf-8')
    told = {
        ('1', '--record', tmp_path / 'nothing.json'): 'がありません。',
        ('1', '--record', wrong): '2行目7文字目が、JSONとして読めません。',
        ('1', '--record', foreign): 'UTF-8で保存し直してください。',
        ('1', '--record', '[1]'): '{"項目名": 値} の形で',
        ('1', '--locale', '??'): '--locale: ',
        ('--cases', cases): '2行目は、例題のJSONではありません。',
        (): '計算式か --cases を書いてください。',
    }
    for arguments, words in told.items():
        done = run('formula', *arguments)
        assert (done.returncode, done.stdout) == (2, '')
        assert words in done.stderr and len(done.stderr.splitlines()) == 1


def test_check_tells_what_may_be_a_mistake_and_is_content(tmp_path: Path) -> None:
    file = tmp_path / 'ages.yaml'
    calculation = 'DateDiff(生年月日, Today(), TimeUnit.Years)'
    fields = "[{name: 生年月日, type: date}, {name: 年齢, type: calculation, result: integer, calculation: '%s'}]"
    file.write_text(f'title: 年齢\nsections:\n  - fields: {fields % calculation}\n', 'utf-8')
    for done in (run('check', file), run('check', '--definitions', tmp_path)):
        assert done.returncode == 0
        warning, total = done.stdout.splitlines()
        assert warning.startswith(f'注意 {file}:3:') and 'D408' in warning and 'AGE(生年月日, Today())' in warning
        assert total == '誤りはありません(1個のアプリ)。'

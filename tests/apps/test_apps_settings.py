"""Settings: which place wins, and what is said about mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from apps.settings import SettingsError, load_settings


def test_the_command_line_wins_over_the_environment_over_the_file(tmp_path: Path) -> None:
    (tmp_path / 'madoguchi.toml').write_text('port = 8001\nhost = "127.0.0.2"\ncity = "見本市"\n', 'utf-8')
    settings = load_settings(
        {'port': 8003, 'host': None}, {'MADOGUCHI_PORT': '8002', 'MADOGUCHI_HTTPS': 'true'}, folder=tmp_path
    )
    assert (settings.port, settings.host, settings.city, settings.https) == (8003, '127.0.0.2', '見本市', True)


def test_sample_data_lives_in_a_folder_of_its_own(tmp_path: Path) -> None:
    assert load_settings({'demo': True}, {}, folder=tmp_path).data == Path('data/demo')
    assert load_settings({'demo': True, 'data': Path('x')}, {}, folder=tmp_path).data == Path('x')


@pytest.mark.parametrize(
    ('written', 'told'),
    [
        ('porrt = 1', '「porrt」という設定はありません。「port」ではありませんか。'),
        ('port = 99999', '「99999」は1から65535までの整数'),
        ('https = "maybe"', 'true か false'),
        ('host = "city hall"', 'IPアドレスではありません'),
        ('definitions = "nowhere"', '定義のフォルダー nowhere がありません'),
        ('origins = ["madoguchi.example.lg.jp"]', 'https://madoguchi.example.lg.jp の形'),
        ('city = 5', '文字で書いてください'),
        ('port = ', '設定ファイルが読めません'),
    ],
)
def test_a_mistake_in_the_file_is_told_with_the_way_out(tmp_path: Path, written: str, told: str) -> None:
    (tmp_path / 'madoguchi.toml').write_text(written, 'utf-8')
    with pytest.raises(SettingsError) as error:
        load_settings({}, {}, folder=tmp_path)
    assert told in str(error.value)


def test_a_named_settings_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match='設定ファイル'):
        load_settings({}, {'MADOGUCHI_SETTINGS': str(tmp_path / 'x.toml')}, folder=tmp_path)

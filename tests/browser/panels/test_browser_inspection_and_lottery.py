"""An inspection that leads to a repair, and a lottery that is drawn once: both from the first to the last step."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from asking import opened, submit, wait_for_app
from city import ROOT, City
from playwright.sync_api import Page, expect

SignedIn = Callable[..., Page]
LOTTERY = 'spring_lottery'


def test_what_is_due_opens_its_form_and_a_fault_becomes_a_repair(signed_in: SignedIn) -> None:
    page = signed_in('leader', size='tablet')
    name = '見本試験会館'
    submit(page, 'facilities', 施設番号='T-1', 施設名=name, 種類='集会所')
    opened(page, '/apps/inspections')
    line = page.locator('.due-line').filter(has_text=name)
    expect(line).to_contain_text('まだ一度もありません')
    line.get_by_role('link', name='登録する').click()
    page.locator('.ef-form').wait_for()
    expect(page.locator('.ef-section').first).to_contain_text(name)
    rows = page.get_by_role('radio', name='異常なし')
    for each in range(rows.count()):
        rows.nth(each).check(force=True)
    page.get_by_role('radio', name='異常あり').first.check(force=True)
    page.get_by_label('不具合箇所').first.fill('手すりがゆるんでいる')
    page.get_by_label('対応', exact=False).locator('visible=true').first.wait_for()
    page.locator('select').filter(has_text='経過観察').locator('visible=true').first.select_option('修繕')
    page.get_by_role('button', name='登録する', exact=True).click()
    page.get_by_role('link', name='登録した内容を見る').click()
    made = page.locator('.made')
    expect(made).to_contain_text('ここからできた是正対応 1件')
    made.get_by_role('link').click()
    expect(page.locator('.record-main')).to_contain_text('手すりがゆるんでいる')
    page.locator('.workflow').get_by_role('button', name='完了にする').click()
    dialog = page.get_by_role('dialog', name='完了にする')
    dialog.get_by_label('対応内容').fill('締め直した。')
    dialog.get_by_role('button', name='完了にする').click()
    expect(page.locator('.stage.now .stage-name')).to_have_text('完了')


@pytest.fixture
def lottery(city: City) -> Iterator[Callable[[str], None]]:
    """A lottery of its own; call it with the closing moment to write the definition."""
    file = city.definitions / f'{LOTTERY}.yaml'
    text = (ROOT / 'apps' / 'definitions' / 'event_lottery.yaml').read_text('utf-8')

    def write(closes: str, announced: str = '2099-12-31') -> None:
        moments = {
            '2026-10-01 09:00': '2020-01-01 09:00',
            '2026-12-11 17:00': closes,
            '2026-12-15': announced,
            '2026-12-18': '2100-01-10',
            'address: tougei': 'address: haru',
            '2026-12-20': '2100-01-20',
        }
        written = text
        for shipped, own in moments.items():
            written = written.replace(shipped, own)
        file.write_text(written, 'utf-8')

    yield write
    file.unlink()


def apply(page: Page, number: int) -> None:
    submit(
        page,
        LOTTERY,
        氏名='見本 太郎',
        フリガナ='ミホン タロウ',
        生年月日=f'1990-01-{number + 1:02}',
        電話番号=f'090-0000-{number:04}',
        住まい='市内',
        第1希望='午前の部',
        人数=2,
    )


def reloaded(page: Page, words: str) -> None:
    """Open the app again until its definition says so."""
    for _ in range(50):
        opened(page, f'/apps/{LOTTERY}')
        page.wait_for_timeout(200)
        if words in page.locator('.lottery').inner_text():
            return
    raise AssertionError(words)


def test_a_lottery_is_closed_drawn_once_and_checkable(
    signed_in: SignedIn, lottery: Callable[[str], None], tmp_path: Path
) -> None:
    page, other = signed_in(), signed_in('leader')
    lottery('2099-12-11 17:00')
    wait_for_app(page, LOTTERY)
    for number in range(12):
        apply(page, number)
    opened(page, f'/apps/{LOTTERY}')
    expect(page.locator('.lottery')).to_contain_text('抽選に加わる申込み 12件')
    expect(page.locator('.lottery .closed-action')).to_contain_text('受付')
    assert page.locator('.draw-form').count() == 0, 'nothing can be drawn while applications are taken'
    lottery('2020-12-11 17:00')
    reloaded(page, '申込みの一覧を確定する')
    page.get_by_role('button', name='申込みの一覧を確定する').click()
    page.get_by_role('dialog').get_by_role('button', name='確定する').click()
    expect(page.locator('.lottery')).to_contain_text('一覧のハッシュ(12件)')
    opened(other, f'/apps/{LOTTERY}')
    other.locator('.draw-form').wait_for()
    expect(other.locator('.draw-seed')).to_contain_text('日経平均株価')
    assert other.locator('#value').input_value() == '', 'an announced value is typed by who has seen it'
    other.get_by_label('公開の値').fill('別の値')
    page.get_by_label('公開の値').fill('38123.45')
    page.locator('.draw-form').get_by_role('button', name='抽選する').click()
    dialog = page.get_by_role('dialog')
    expect(dialog).to_contain_text('12件を抽選する')
    expect(dialog).to_contain_text('38123.45')
    dialog.get_by_role('button', name='抽選する').click()
    expect(page.locator('.outcome-count').first).to_contain_text('10')

    other.locator('.draw-form').get_by_role('button', name='抽選する').click()
    other.get_by_role('dialog').get_by_role('button', name='抽選する').click()
    expect(other.get_by_role('alert')).to_contain_text('別の人の承認が要ります')

    files = []
    for words, name in (('抽選結果をCSVで受け取る', 'result.csv'), ('抽選の規則を受け取る', 'rules.json')):
        with page.expect_download() as download:
            page.get_by_role('link', name=words).click()
        files.append(str(tmp_path / name))
        download.value.save_as(files[-1])
    page.get_by_text('結果の表と確かめ方を見る').click()
    secret = page.locator('.more .ticket-hash').first.inner_text()
    checker = [sys.executable, str(ROOT / 'docs' / 'lottery' / 'check_draw.py'), *files, secret, '38123.45']
    checked = subprocess.run(checker, capture_output=True, text=True, check=False)
    assert checked.returncode == 0 and 'OK' in checked.stdout, checked.stdout


def test_a_redraw_is_asked_for_by_one_and_approved_by_another(
    signed_in: SignedIn, lottery: Callable[..., None]
) -> None:
    page, other = signed_in(), signed_in('leader')
    lottery('2020-12-11 17:00')
    wait_for_app(page, LOTTERY)
    opened(page, f'/apps/{LOTTERY}')
    page.get_by_text('抽選をやり直す').click()
    page.get_by_label('再抽選の理由').fill('公開の値を打ちまちがえた。')
    page.get_by_label('使う公開の値の出どころ').fill('12月16日の終値')
    page.get_by_role('button', name='再抽選を求める').click()
    expect(page.locator('.lottery')).to_contain_text('別の人の承認を待っています。')
    opened(other, f'/apps/{LOTTERY}')
    expect(other.locator('.lottery')).to_contain_text('公開の値を打ちまちがえた。')
    other.get_by_role('button', name='承認する').click()
    other.get_by_role('dialog').get_by_role('button', name='承認する').click()
    expect(page.get_by_role('button', name='もう一度抽選する')).to_be_visible()
    page.get_by_label('公開の値').fill('40000.00')
    page.get_by_role('button', name='もう一度抽選する').click()
    page.get_by_role('dialog').get_by_role('button', name='抽選する').click()
    expect(page.locator('.lottery')).to_contain_text('2回目の抽選です。')
    expect(page.locator('.lottery')).to_contain_text('再抽選の理由: 公開の値を打ちまちがえた。')

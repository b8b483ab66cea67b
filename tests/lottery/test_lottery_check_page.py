"""The page that checks a lottery in a browser agrees with the draw, asks nobody, and names what was changed."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from random_draws import random_draw

from forms.capabilities.lottery.commitment import commitment_of, seed_of
from forms.capabilities.lottery.drawing import draw
from forms.capabilities.lottery.placing import Entry, Rules
from forms.capabilities.lottery.published import list_hash, published_result, published_rules

PAGE = Path(__file__).parents[2] / 'docs' / 'lottery' / 'check.html'
ALL = """
const published = JSON.parse(require('fs').readFileSync(0, 'utf8'))
Promise.all(published.map(([result, rules, seed]) => check(result, JSON.parse(rules), seed)))
  .then(all => console.log(JSON.stringify(all.map(each => [each.difference, each.hash, each.drawn.length]))))
"""


@pytest.mark.long
@pytest.mark.skipif(shutil.which('node') is None, reason='Node is not installed')
def test_its_program_agrees_with_lotteries_of_every_kind():
    draws = [random_draw(number) for number in range(300)]
    published = [
        (published_result(entries, draw(rules, entries, seed)), published_rules(rules), seed)
        for rules, entries, seed in draws
    ]
    script = re.search(r'<script>(.*)</script>', PAGE.read_text('utf-8'), re.DOTALL)[1]
    done = subprocess.run(
        ['node', '-e', script + ALL], input=json.dumps(published), capture_output=True, text=True, check=True
    )
    expected = [['', list_hash(entries), sum(each.is_drawn for each in entries)] for _, entries, _ in draws]
    assert json.loads(done.stdout) == expected


@pytest.mark.browser
def test_somebody_checks_the_result_and_their_own_line(tmp_path):
    entries = [Entry(f'陶{number:04}', ('午前',)) for number in range(1, 13)]
    rules, secret, value = Rules(capacity={'午前': 5}), 'ひみつ', '38123.45'
    result = draw(rules, entries, seed_of(secret, value))
    text = published_result(entries, result)
    waiting = next(each for each in result.drawn if each.waiting == 2)
    (tmp_path / 'rules.json').write_text(published_rules(rules), 'utf-8')
    (tmp_path / 'right.csv').write_text(text, 'utf-8-sig', newline='')
    (tmp_path / 'wrong.csv').write_text(text.replace('補欠,午前,6,1', '当選,午前,6,'), 'utf-8-sig', newline='')
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which('chromium'), args=['--no-sandbox'])
        page = browser.new_page(viewport={'width': 360, 'height': 740})
        asked, errors = [], []
        page.on('request', lambda request: asked.append(request.url))
        page.on('pageerror', lambda error: errors.append(str(error)))
        page.goto(PAGE.as_uri())
        page.set_input_files('#rules', tmp_path / 'rules.json')
        page.set_input_files('#result', tmp_path / 'right.csv')
        page.get_by_label('秘密の値').fill(secret)
        page.get_by_label('公開の値').fill(value)
        page.get_by_label('自分の番号').fill(waiting.id)
        page.get_by_role('button', name='確かめる').click()
        page.wait_for_selector('#answer.right')
        told = page.inner_text('#answer')
        page.set_input_files('#result', tmp_path / 'wrong.csv')
        page.get_by_role('button', name='確かめる').click()
        page.wait_for_selector('#answer.wrong')
        different = page.inner_text('#answer')
        wide = page.evaluate('document.documentElement.scrollWidth')
        browser.close()
    assert told.splitlines() == [
        'OK: 12件すべて一致しました。',
        f'{waiting.id}: 補欠 午前(抽選順 {waiting.order}、補欠の2番目)',
        f'一覧のハッシュ: {list_hash(entries)}',
        f'秘密の値のハッシュ: {commitment_of(secret)}',
    ]
    assert different.startswith(f'ちがい: {result.drawn[5].id} の「結果」は「当選」ではなく「補欠」のはずです。')
    assert (asked, errors) == ([PAGE.as_uri()], [])
    assert wide <= 360

"""A server with an app of personal data, signed in to through a provider on this machine, and everything it logs."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from city import ROOT, City, free_port, wait_until_healthy

from apps.context import open_context
from apps.people import SYSTEM
from apps.settings import Settings

PASSWORD = 'a-long-password-1'

MARKUP = (
    '<img src=x onerror="window.ran=1"><svg onload=window.ran=1></svg>'
    '"\'><script>window.ran=1</script>{{constructor.constructor("window.ran=1")()}}'
)
"""What would run if text were taken for markup, or for one of Vue's templates."""

RESIDENTS = """
title: 相談者名簿
owner: 道路管理課
record_title: [氏名]
sections:
  - title: 相談者
    fields:
      - {name: 氏名, type: person_name, privacy: personal, max_length: 200}
      - {name: 電話, type: phone, privacy: personal}
      - {name: 住所, type: address}
      - {name: 用件, type: text}
      - {name: 内容, type: textarea}
      - {name: 受付日, type: date}
      - {name: 種類, type: select_one, choices: [相談, 要望]}
      - name: 経過
        type: subtable
        columns:
          - {name: 記事, type: text}
      - {name: 資料, type: attachment}
workflow:
  initial: 受付
  statuses: [{name: 受付}, {name: 完了, done: true}]
  actions: [{name: 完了にする, from: [受付], to: 完了}]
views:
  - {name: すべて, columns: [氏名, 電話, 住所, 用件, 内容, 種類, 経過], filters: [氏名, 用件, 種類]}
  - {name: 進みぐあい, type: board, by: 状態, columns: [氏名, 用件, 内容]}
  - {name: 暦, type: calendar, by: 受付日}
"""


@dataclass
class SafeCity:
    """city: the running server. log: everything it wrote. record: the address of the record full of markup."""

    city: City
    log: Path
    record: str


def start_safe_city(folder: Path, issuer: str, client: str) -> SafeCity:
    """Make a record and serve it; sign-in by password and by the provider."""
    definitions = folder / 'definitions'
    shutil.copytree(ROOT / 'apps' / 'definitions', definitions)
    (definitions / 'residents.yaml').write_text(RESIDENTS, 'utf-8')
    places = Settings(data=folder / 'data', definitions=definitions)
    with ThreadPoolExecutor(1) as elsewhere:  # Playwright's loop runs in this thread
        record = elsewhere.submit(asyncio.run, _fill(places)).result()
    secret = folder / 'client_secret'
    secret.write_text('provider-secret')
    port, log = free_port(), folder / 'server.log'
    given = {'OIDC_ISSUER': issuer, 'OIDC_CLIENT': client, 'OIDC_SECRET': str(secret), 'PORT': str(port)}
    outside = {name: value for name, value in os.environ.items() if not name.startswith('PYTEST')}
    outside |= {f'MADOGUCHI_{name}': value for name, value in given.items()}
    command = [sys.executable, str(ROOT / 'main.py'), 'serve', '--data', str(places.data)]
    with log.open('wb') as written:
        process = subprocess.Popen(
            [*command, '--definitions', str(definitions)], env=outside, stdout=written, stderr=subprocess.STDOUT
        )
    city = City(f'http://127.0.0.1:{port}', definitions, process)
    wait_until_healthy(city)
    return SafeCity(city, log, record)


async def _fill(settings: Settings) -> str:
    context = open_context(settings)
    try:
        await context.accounts.add('taro', MARKUP[:60], PASSWORD, roles=['staff'], sections=['道路管理課'], by=SYSTEM)
        taro = context.accounts.get('taro')
        assert taro is not None
        values: dict[str, Any] = {
            **dict.fromkeys(('氏名', '住所', '用件', '内容'), MARKUP),
            '経過': [{'記事': MARKUP}],
            '受付日': context.clock.now().date().isoformat(),
            '種類': '相談',
        }
        saved = await context.operations.submit('residents', values, by=taro.person)
        asked = {'その他': MARKUP, 'その他の担当課': '住宅政策課'}
        await context.operations.submit('counter_queue', asked, by=taro.person)
        return f'/apps/residents/records/{saved.id}'
    finally:
        context.close()

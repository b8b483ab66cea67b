"""Replay a day of a queue from its log, step by step."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from apps.commands import add_places, settings_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from forms.capabilities.queue import Ticket
    from forms.capabilities.queue.replay import Replayed

HELP = '窓口受付の1日を、残っている流れから1手ずつ再現します。'


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument('what', choices=('replay',), help='replay: 1手ずつ再現します。')
    parser.add_argument('app', metavar='APP', help='アプリの名前。')
    parser.add_argument('--day', type=date.fromisoformat, metavar='2026-04-01', help='再現する日(はじめはきょう)。')
    parser.add_argument('--demo', action='store_true', default=None, help='見本データを再現します。')
    add_places(parser)


def run(options: argparse.Namespace) -> int:
    settings = settings_from(options, 'data', 'definitions', 'demo')
    if settings is None:
        return 2
    from apps.context import opened
    from apps.queue_visits import stepped_on
    from forms.capabilities.queue import Queue
    from forms.capabilities.queue.replay import log_of, replayed

    with opened(settings) as context:
        definition = context.catalogue.find(options.app)
        queue = definition.capabilities.get('queue') if definition is not None else None
        if not isinstance(queue, Queue):
            print(f'「{options.app}」という窓口受付のアプリはありません。', file=sys.stderr)
            return 2
        day = options.day or context.clock.now().date()
        docs = context.store.find(options.app, stepped_on(queue, day), limit=None).docs
        log = log_of(queue, ((each.doc_id, each) for each in docs))
        print(*lines(replayed(log, day)), sep='\n')
    return 0


def lines(steps: Iterable[Replayed]) -> Iterator[str]:
    """09:05:00  住-12 呼出 1番  [市民課 受付待ち3 呼出中1]."""
    count = 0
    for each in steps:
        count += 1
        yield f'{each.at:%H:%M:%S}  {each.words}  [{_standing(each.tickets)}]'
    yield f'{count}手を再現しました。' if count else 'この日の受付はありません。'


def _standing(tickets: Iterable[Ticket]) -> str:
    by_section: dict[str, Counter[str]] = {}
    for each in tickets:
        by_section.setdefault(each.section, Counter())[each.status] += 1
    return '、'.join(
        f'{section} ' + ' '.join(f'{status}{count}' for status, count in sorted(counts.items()))
        for section, counts in sorted(by_section.items())
    )

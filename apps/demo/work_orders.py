"""Work given to contractors: of a few requests that wait, one task is being prepared, some are out, one is reported."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from tinydb import where

from apps.demo.staff import DEMO_ACCOUNTS

if TYPE_CHECKING:
    from apps.catalogue import Catalogue
    from apps.operations import Operations
    from storage import Store

APP = 'work_orders'
BUTTON = '工事を依頼する'
_ORDERED = ('見本建設', '例示造園', '試験電工')
_WANTED = {
    '舗装': '穴をうめ、まわりの段差をなくしてください。',
    '側溝': '側溝のふたを替え、中の土をさらってください。',
    '街路樹': '歩道に出ている枝を切ってください。',
    '照明': '灯具を点検し、つかないものを替えてください。',
}
_ELSE = '現地を確かめ、必要な手当てをしてください。'


def are_wanted(catalogue: Catalogue, store: Store) -> bool:
    """Whether the app is there and still empty: an interrupted run does not order twice."""
    return catalogue.find(APP) is not None and not store.find(APP, limit=1).docs


async def order(operations: Operations, store: Store, chance: Random, today: date) -> int:
    """Tasks of the requests that wait on the desk of the first demo account; returns how many."""
    clerk = DEMO_ACCOUNTS[0].person
    waiting = (where('担当者') == clerk.account) & where('状態').one_of(['現地確認', '対応中'])
    requests = store.find('road_requests', waiting, sort=[('受付番号', True)], limit=4).docs
    for number, request in enumerate(requests):
        before = {each.doc_id for each in store.find(APP, limit=None).docs}
        await operations.act('road_requests', request.doc_id, BUTTON, {}, by=clerk)
        (made,) = (each for each in store.find(APP, limit=None).docs if each.doc_id not in before)
        if number == 0:
            continue
        asked = {
            '委託先': _ORDERED[number % len(_ORDERED)],
            '依頼内容': _WANTED.get(request['種別'], _ELSE),
            '依頼日': (today - timedelta(days=chance.choice([2, 5, 20]))).isoformat(),
        }
        await operations.act(APP, made.doc_id, '依頼する', asked, by=clerk)
        if number == 1:
            told = {'結果': '終わりました', '報告': '作業を終えました。', '作業日': today.isoformat()}
            await operations.act(APP, made.doc_id, '報告する', told, by=clerk)
    return len(requests)

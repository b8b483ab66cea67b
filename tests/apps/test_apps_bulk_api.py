"""Bulk acts over HTTP: previewed, refused as a whole with every record named, done, taken back."""

from __future__ import annotations

from typing import Any

import httpx
from city_hall import OTHER, ROAD, STAFF, password_of
from fastapi import FastAPI

from apps.api.routes import install
from apps.context import AppContext

BULK = '/api/v1/apps/road_requests/bulk'


async def test_a_program_changes_many_records_as_one(staffed: AppContext) -> None:
    made = [await staffed.operations.submit('road_requests', ROAD, by=STAFF) for _ in range(2)]
    gone = await staffed.operations.act('road_requests', made[1].id, '取り下げる', {}, by=STAFF)
    records = [{'id': made[0].id, 'rev': made[0].rev}, {'id': gone.id, 'rev': gone.rev}]
    app = FastAPI()
    install(app, staffed)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url='http://hall.example') as web:
        await web.post('/api/v1/session', json={'account': STAFF.account, 'password': password_of(STAFF)})
        wanted: dict[str, Any] = {'records': records, 'values': {'担当者': OTHER.account}, 'action': '対応を始める'}
        previewed = (await web.post(f'{BULK}/preview', json=wanted)).json()
        assert (previewed['changed'], previewed['refused']) == (1, 1)
        assert previewed['refusals'][0]['id'] == gone.id and previewed['refusals'][0]['errors']
        refused = await web.post(BULK, json={**wanted, 'request_id': 'bulk-api-1'})
        assert refused.status_code == 422 and refused.json()['errors'][0]['path'].startswith(gone.id)
        done = await web.post(BULK, json={**wanted, 'passing_only': True}, headers={'Idempotency-Key': '"bulk-api-2"'})
        assert done.status_code == 200 and done.json()['changed'] == 1
        undone = await web.post(f'{BULK}/bulk-api-2/undo', json={'request_id': 'bulk-api-3'})
        assert undone.json()['changed'] == 1
        unread = await web.post(f'{BULK}/values', json={'values': {'受付日': 'あした', '危険度': '緊急'}})
        assert [each['path'] for each in unread.json()['errors']] == ['受付日']
        read = await web.post(f'{BULK}/values', json={'values': {'受付日': 'R8.4.1', '担当者': ''}})
        assert read.json()['values'] == {'受付日': '2026-04-01', '担当者': None}
    assert staffed.reading.record('road_requests', made[0].id, by=STAFF).values['状態'] == '受付'

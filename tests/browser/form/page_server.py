"""A page that shows the entry form, and an API that keeps records in memory: `python page_server.py PORT`."""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from nicegui import app, ui

ROOT = Path(__file__).parents[3]
HERE = Path(__file__).parent
sys.path.insert(0, str(ROOT))

from apps.form.form import EntryForm  # noqa: E402 - the folder above makes it importable
from forms.form_json import form_json  # noqa: E402
from forms.loader import load_folder  # noqa: E402

LOADED = load_folder(HERE / 'definitions')
assert not LOADED.problems, LOADED.problems
FORMS = {name: form_json(definition) for name, definition in LOADED.apps.items()}

app.add_static_files('/style', ROOT / 'apps' / 'style')
app.add_static_files('/plain-form', ROOT / 'apps' / 'form')

records: dict[str, dict[str, Any]] = {}
answers: dict[str, dict[str, Any]] = {}
received: list[dict[str, Any]] = []
files: dict[str, tuple[bytes, str]] = {}
open_forms: dict[str, EntryForm] = {}


@app.post('/api/v1/apps/{name}/records')
async def create(name: str, request: Request) -> JSONResponse:
    body = await request.json()
    received.append(body)
    if body['request_id'] not in answers:
        record_id = str(len(records) + 1)
        records[record_id] = {'rev': 1, 'values': {**body['values'], '受付番号': f'道-{record_id}'}}
        answers[body['request_id']] = answer(record_id)
    return JSONResponse(answers[body['request_id']], status_code=201)


@app.patch('/api/v1/apps/{name}/records/{record_id}')
async def change(name: str, record_id: str, request: Request) -> JSONResponse:
    body = await request.json()
    received.append(body)
    record = records[record_id]
    if body['request_id'] in answers:
        return JSONResponse(answers[body['request_id']])
    if body['rev'] != record['rev']:
        return JSONResponse(
            {'type': 'conflict', 'title': '変更が重なりました', 'status': 409, 'current': record}, status_code=409
        )
    record['values'].update(body['values'])
    record['rev'] += 1
    answers[body['request_id']] = answer(record_id)
    return JSONResponse(answers[body['request_id']])


@app.get('/api/v1/apps/{name}/records/{record_id}')
async def read(name: str, record_id: str) -> JSONResponse:
    return JSONResponse(answer(record_id))


@app.post('/api/v1/apps/{name}/lookup/{field}')
async def lookup(name: str, field: str, request: Request) -> JSONResponse:
    typed = (await request.json())['q']
    return JSONResponse({'options': [option for option in LOOKUPS if typed in option['label']]})


@app.get('/api/v1/apps/{name}/lookup/{field}/{record}')
async def chosen(name: str, field: str, record: str) -> JSONResponse:
    return JSONResponse({'options': [option for option in LOOKUPS if option['id'] == record]})


LOOKUPS: list[dict[str, Any]] = [
    {'id': 'f1', 'label': '見本第一小学校', 'values': {'種類': '学校', '所在地': '見本町1-1', '所管課': '教育総務課'}},
    {'id': 'f2', 'label': '見本第二小学校', 'values': {'種類': '学校', '所在地': '見本町2-1', '所管課': '教育総務課'}},
    {'id': 'f3', 'label': '例示中央公園', 'values': {'種類': '公園', '所在地': '例示町3', '所管課': '公園緑地課'}},
]


@app.get('/api/v1/apps/{name}/previous/{field}')
async def previous(name: str, field: str) -> JSONResponse:
    return JSONResponse(
        {'date': '2026-05-20', 'rows': {'外壁': {'結果': '無'}, '屋根': {'結果': '有', '不具合箇所': '北側の雨どい'}}}
    )


@app.get('/api/v1/postal/{code}')
async def postal(code: str) -> JSONResponse:
    towns = {'999-0001': ['広見'], '999-0002': ['東見本', '西見本']}.get(code, [])
    return JSONResponse({'code': code, 'areas': [{'address': f'見本県見本市{each}', 'office': ''} for each in towns]})


@app.post('/api/v1/files')
async def attach(request: Request) -> JSONResponse:
    upload: Any = (await request.form())['file']
    content = await upload.read()
    blob = sha256(content).hexdigest()
    files[blob] = (content, upload.content_type)
    return JSONResponse(
        {'blob': blob, 'name': upload.filename, 'type': upload.content_type, 'size': len(content)}, status_code=201
    )


@app.get('/api/v1/files/{blob}')
async def file(blob: str) -> Response:
    content, kind = files[blob]
    return Response(content, media_type=kind)


@app.get('/test/received')
async def what_was_received() -> JSONResponse:
    return JSONResponse(received)


@app.post('/test/forget')
async def forget() -> JSONResponse:
    records.clear()
    answers.clear()
    received.clear()
    open_forms.clear()
    return JSONResponse({})


@app.post('/test/record/{record_id}')
async def put_record(record_id: str, request: Request, quiet: bool = False) -> JSONResponse:
    """Write a record behind the form's back, as another person would, and tell an open form."""
    rev = records.get(record_id, {'rev': 0})['rev'] + 1
    records[record_id] = {'rev': rev, 'values': await request.json()}
    if record_id in open_forms and not quiet:
        with open_forms[record_id]:
            open_forms[record_id].changed_elsewhere(rev)
    return JSONResponse({'rev': rev})


def answer(record_id: str) -> dict[str, Any]:
    record = records[record_id]
    return {
        'id': record_id,
        'rev': record['rev'],
        'values': record['values'],
        'title': f'道-{record_id}',
        'notes': [],
        'url': f'/records/{record_id}',
    }


@ui.page('/form/{name}', reconnect_timeout=600)
def form_page(name: str, record: str = '', user: str = 'sample') -> None:
    ui.add_head_html('<link rel="stylesheet" href="/style/tokens.css"><style>body{background:var(--ground)}</style>')
    stored = records.get(record)
    saved = ui.label('').props('data-testid=saved')
    element = EntryForm(
        FORMS[name],
        record=stored['values'] if stored else None,
        record_id=record or None,
        rev=stored['rev'] if stored else None,
        user_key=user,
        context={'user': user},
        on_saved=lambda made: saved.set_text(f'{made["id"]}/{made["rev"]}'),
    )
    if record:
        open_forms[record] = element


@app.get('/plain/{name}')
def plain_page(name: str) -> HTMLResponse:
    """The same form on a page that NiceGUI does not draw, under a policy without unsafe-eval."""
    import json

    from nicegui.version import __version__

    vue = f'/_nicegui/{__version__}/static/vue.esm-browser.prod.js'
    settings = json.dumps({'form': FORMS[name], 'userKey': 'public'}, ensure_ascii=False)
    html = f"""<!doctype html><html lang="ja"><meta charset="utf-8"><title>見本</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/style/tokens.css">
<script type="importmap" nonce="n">{{"imports": {{"vue": "{vue}"}}}}</script><div id="form"></div>
<script type="module" nonce="n">import {{ mountEntryForm }} from '/plain-form/mount.js'
mountEntryForm(document.getElementById('form'), {settings})</script>"""
    policy = "default-src 'self'; script-src 'self' 'nonce-n'; img-src 'self' data: blob:"
    return HTMLResponse(html, headers={'Content-Security-Policy': policy})


@app.get('/healthz')
def healthz() -> JSONResponse:
    return JSONResponse({'ok': True})


if __name__ == '__main__':
    ui.run(
        host='127.0.0.1',
        port=int(sys.argv[1]),
        reload=False,
        show=False,
        language='ja',
        tailwind=False,
        show_welcome_message=False,
        reconnect_timeout=10,
    )

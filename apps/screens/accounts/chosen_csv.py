"""A box to choose a CSV file in; its bytes arrive as they are, because only the server knows how to read them."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable

from nicegui.events import GenericEventArguments

from apps.accounts_csv import LARGEST
from apps.tags import tag

_SEND_FILE = """async (e) => {
  const file = e.target.files[0]
  e.target.value = ''
  if (!file) return
  if (file.size > %d) return emit({name: file.name, large: true})
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (const each of bytes) text += String.fromCharCode(each)
  emit({name: file.name, content: btoa(text)})
}"""


class CsvBox:
    """chosen: called with the bytes of the file. The same file can be chosen again after it was mended."""

    def __init__(self, chosen: Callable[[bytes], None]) -> None:
        self._chosen = chosen
        with tag('div', '', 'account-box'):
            tag('label', 'CSVファイル', 'toolbar-label', for_='chosen-csv')
            box = tag('input', '', 'field-box', id='chosen-csv', type='file', accept='.csv,text/csv')
            box.props['aria-describedby'] = 'chosen-csv-mistake'
            self._name = tag('p', '', 'hint', role='status')
            self._mistake = tag('p', '', 'box-mistake', id='chosen-csv-mistake', role='alert')
        box.on('change', self._arrived, js_handler=_SEND_FILE % LARGEST)

    def refuse(self, text: str) -> None:
        self._mistake.set_text(text)

    def _arrived(self, event: GenericEventArguments) -> None:
        sent = event.args if isinstance(event.args, dict) else {}
        self._name.set_text(str(sent.get('name', ''))[:120])
        self._mistake.set_text('')
        if sent.get('large'):
            self.refuse(f'ファイルが大きすぎます。{LARGEST // 1000}KBまでに分けてください。')
            return
        try:
            content = base64.b64decode(str(sent.get('content', '')), validate=True)
        except (ValueError, binascii.Error):
            self.refuse('ファイルを受け取れませんでした。もう一度選んでください。')
            return
        self._chosen(content)

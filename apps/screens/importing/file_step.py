"""The first step: a file is chosen or dropped here; below stands what was taken in before, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nicegui.events import GenericEventArguments

from apps.addresses import import_drafts_address
from apps.operations.imports_kept import DONE, STATES, Import
from apps.outcome import Refused
from apps.tags import button, icon, tag
from forms.fields.datetime import DateTimeField

if TYPE_CHECKING:
    from apps.screens.importing import ImportPage

_SEND = """async (e) => {
  const input = e.target, file = input.files[0];
  if (!file) return;
  const label = input.closest('.import-drop');
  label.setAttribute('aria-busy', 'true');
  const body = new FormData();
  body.append('file', file);
  try {
    const answer = await fetch(input.dataset.to, {method: 'POST', body, credentials: 'same-origin'});
    const told = await answer.json();
    emit(answer.ok ? {draft: told.draft} : {error: told.detail});
  } catch {
    emit({error: 'ファイルを送れませんでした。通信を確かめて、もう一度選んでください。'});
  }
  label.removeAttribute('aria-busy');
  input.value = '';
}"""

_KINDS = '.xlsx,.xlsm,.xls,.xlsb,.ods,.csv,.tsv,.txt'
_MOMENT = DateTimeField(name='at')


class FileStep:
    def __init__(self, page: ImportPage) -> None:
        self.page = page

    def draw(self) -> None:
        with tag('label', '', 'card import-drop'):
            icon('upload_file')
            tag('strong', 'ファイルを選ぶ')
            tag('span', 'ここにファイルを重ねて離しても選べます。', 'import-drop-hint')
            tag('span', 'Excel(.xlsx .xls .xlsm)、OpenDocument(.ods)、CSV。')
            tag('span', '見出しの行があれば、書き方はそのままでかまいません。')
            tag('span', '読んでいます…', 'import-drop-busy', role='status')
            box = tag('input', type='file', accept=_KINDS, id='import-file')
            box.props['data-to'] = import_drafts_address(self.page.definition.name)
            box.on('change', self._arrived, js_handler=_SEND)
        self._draw_earlier()

    def _arrived(self, event: GenericEventArguments) -> None:
        told = event.args if isinstance(event.args, dict) else {}
        if error := told.get('error'):
            self.page.say('error', str(error))
            return
        try:
            if self.page.opened(str(told.get('draft', ''))):
                self.page.show_columns()
        except Refused as refused:
            self.page.say('error', refused.detail)

    # ---- what was taken in before

    def _draw_earlier(self) -> None:
        found = self.page.desk.kept.of(self.page.definition.name)
        if not found:
            return
        tag('h2', 'これまでの取り込み', 'card-title')
        with tag('ul', '', 'import-earlier'):
            for each in found:
                self._draw_one(each)

    def _draw_one(self, made: Import) -> None:
        directory = self.page.frame.context.directory
        with tag('li', '', 'card import-one'):
            with tag('div'):
                tag('strong', made.file)
                tag('span', STATES[made.state], f'chip {"green" if made.state == DONE else "gray"}')
                who = directory.staff_name(made.by) or made.by
                told = [_MOMENT.show(made.at), who, f'登録 {made.new:,}件', f'変更 {made.changed:,}件']
                if made.refused:
                    told.append(f'除いた行 {made.refused:,}件')
                tag('div', '、'.join(told), 'tile-note')
                tag('div', f'ファイルの照合値 {made.digest[:12]}', 'tile-note')
                for title in made.left[:5]:
                    tag('div', f'残した記録: {title}', 'tile-note')
            if made.state == DONE:
                place = tag('div', '', 'import-undo')
                with place:
                    button('取り消す', lambda: self._ask(made, place), 'button danger')

    def _ask(self, made: Import, place: tag) -> None:  # type: ignore[valid-type]
        """What taking back would do is shown before it is done."""
        person = self.page.person()
        if person is None:
            return
        try:
            standing = self.page.desk.back.standing(made.id, by=person)
        except Refused as refused:
            self.page.say('error', refused.detail)
            return
        place.clear()  # type: ignore[attr-defined]
        with place:  # type: ignore[attr-defined]
            tag('p', f'{standing.count:,}件を取り込む前に戻します。登録した記録は消えます(番号は欠番になります)。')
            if standing.changed:
                named = '、'.join(standing.changed[:5]) + (' など' if len(standing.changed) > 5 else '')
                tag('p', f'そのあとに変更された{len(standing.changed)}件({named})は、残ります。')

            async def go() -> None:
                await self._take_back(made, bool(standing.changed))

            button('変更された記録は残して取り消す' if standing.changed else '取り消す', go, 'button danger')
            button('やめる', self.page.show_file, 'button quiet')

    async def _take_back(self, made: Import, leave_changed: bool) -> None:
        person = self.page.person()
        if person is None:
            return
        try:
            await self.page.desk.take_back(made.id, by=person, leave_changed=leave_changed)
        except Refused as refused:
            self.page.say('error', refused.detail)
            return
        self.page.show_file()
        self.page.say('success', f'「{made.file}」の取り込みを取り消しました。')

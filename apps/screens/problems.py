"""Mistakes in definition files and formulas that failed, for leaders: where, what, and the way out."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from apps.live import DefinitionsChanged
from apps.screens.failed_formulas import draw_failed_formulas
from apps.screens.refusal import draw_not_allowed
from apps.tags import icon, notice, tag

if TYPE_CHECKING:
    from apps.frame import Frame
    from forms.problems import Problem


def draw(frame: Frame) -> None:
    """Every problem by file; follows the files while somebody mends them."""
    person = frame.person()
    if person is None:
        return
    if 'leader' not in person.roles:
        draw_not_allowed(frame, '定義の誤りを見られるのは、デジタル推進リーダーです。')
        return
    frame.title('定義の誤り')
    with tag('div', '', 'page-head'), tag('div', '', 'page-head-words'):
        tag('h1', '定義の誤り', 'page-title')
        tag('p', 'アプリの定義ファイル(YAML)を保存すると、この画面もすぐに変わります。', 'page-lead')
    place = tag('div', '', 'problems', aria_live='polite')
    _fill(frame, place)

    def happened(happening: object) -> None:
        if isinstance(happening, DefinitionsChanged) and not place.is_deleted:
            _fill(frame, place)

    frame.listen(happened)


def _fill(frame: Frame, place: object) -> None:
    place.clear()  # type: ignore[attr-defined]
    with place:  # type: ignore[attr-defined]
        catalogue, person = frame.context.catalogue, frame.person()
        problems = catalogue.problems
        if not problems:
            notice('success', '誤りはありません。すべてのアプリが、いまの定義で動いています。')
        for file, found in groupby(problems, key=lambda each: each.place.file):
            _file(frame, file, list(found))
        if person is not None:
            draw_failed_formulas(frame.context.reading.failed_formulas(by=person))
        for file, found in groupby(catalogue.warnings, key=lambda each: each.place.file):
            _warnings(file, list(found))


def _file(frame: Frame, file: str, problems: list[Problem]) -> None:
    app = Path(file).stem
    served = frame.context.catalogue.find(app)
    with tag('section', '', 'card card-body record-section'):
        _heading(file, f'{len(problems)}件', 'count alert')
        if served is not None:
            tag('p', f'「{served.title}」は、最後に正しかった定義で動いています。')
        else:
            tag('p', 'このアプリは、誤りを直すと使えるようになります。')
        _list(problems)


def _warnings(file: str, warnings: list[Problem]) -> None:
    with tag('section', '', 'card card-body record-section'):
        _heading(file, f'注意 {len(warnings)}件', 'count')
        tag('p', 'アプリは動いています。思ったとおりの式か、確かめてください。')
        _list(warnings)


def _heading(file: str, count: str, look: str) -> None:
    with tag('h2', '', 'card-title'):
        icon('description')
        tag('span', Path(file).name)
        tag('span', count, look)


def _list(problems: list[Problem]) -> None:
    with tag('ol', '', 'problem-list'):
        for each in problems:
            with tag('li', '', 'problem'):
                also = f' (もう1か所: {each.also.line}行目)' if each.also else ''
                tag('span', f'{each.place.line}行目{also}', 'problem-place')
                tag('span', each.text, 'problem-text')
                if each.advice:
                    tag('span', each.advice, 'problem-advice')
                tag('span', each.code, 'problem-code')

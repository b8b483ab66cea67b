"""Mistakes in definition files, for leaders: where, what, and the way out."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from apps.live import DefinitionsChanged
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
        problems = frame.context.catalogue.problems
        if not problems:
            notice('success', '誤りはありません。すべてのアプリが、いまの定義で動いています。')
        for file, found in groupby(problems, key=lambda each: each.place.file):
            _file(frame, file, list(found))


def _file(frame: Frame, file: str, problems: list[Problem]) -> None:
    app = Path(file).stem
    served = frame.context.catalogue.find(app)
    with tag('section', '', 'card card-body record-section'):
        with tag('h2', '', 'card-title'):
            icon('description')
            tag('span', Path(file).name)
            tag('span', f'{len(problems)}件', 'count alert')
        if served is not None:
            tag('p', f'「{served.title}」は、最後に正しかった定義で動いています。')
        else:
            tag('p', 'このアプリは、誤りを直すと使えるようになります。')
        with tag('ol', '', 'problem-list'):
            for each in problems:
                with tag('li', '', 'problem'):
                    also = f' (もう1か所: {each.also.line}行目)' if each.also else ''
                    tag('span', f'{each.place.line}行目{also}', 'problem-place')
                    tag('span', each.text, 'problem-text')
                    if each.advice:
                        tag('span', each.advice, 'problem-advice')
                    tag('span', each.code, 'problem-code')

"""Map views: what tells the pins apart has choices, and every file that is laid over the map can be drawn."""

from __future__ import annotations

from pathlib import Path

from forms.draft import Draft
from forms.drawn_layer import FOLDER, NotDrawable, features_of, properties_of
from forms.problems import Place, instead
from forms.view import View


def check(draft: Draft, index: int, view: View) -> None:
    if view.sign:
        _sign(draft, draft.place('views', index, 'sign'), view)
    if draft.folder is not None:
        for position in range(len(view.layers)):
            place = draft.place('views', index, 'layers', position, 'file')
            _file(draft, draft.folder / FOLDER, view, position, place)


def _sign(draft: Draft, place: Place, view: View) -> None:
    fields = draft.definition.fields
    found = fields.get(view.sign)
    if found is None:
        if not draft.may_hold(view.sign):
            near = instead(view.sign, fields)
            draft.note('D501', place, view=view.name, setting='sign', name=view.sign, instead=near)
    elif not found.browser().get('choices'):
        wanted = '選択肢が1つの種類'
        draft.note('D504', place, view=view.name, setting='sign', name=view.sign, type=found.TITLE, wanted=wanted)


def _file(draft: Draft, folder: Path, view: View, position: int, place: Place) -> None:
    layer = view.layers[position]
    path = folder / layer.file
    if Path(layer.file).name != layer.file or not path.is_file():
        names = sorted(each.name for each in folder.glob('*.geojson'))
        draft.note('D510', place, view=view.name, file=layer.file, instead=instead(layer.file, names))
        return
    try:
        features = features_of(path.read_bytes())
    except NotDrawable as wrong:
        draft.note('D511', place, file=layer.file, text=wrong.text, advice=wrong.advice)
        return
    names = properties_of(features)
    if layer.text and layer.text not in names:
        draft.note('D512', place, file=layer.file, name=layer.text, instead=instead(layer.text, names))

"""The sheet of one record: head with number and seal boxes, what the record says, map sketch, photos, history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from apps.operations.world import World
from apps.reading import Entry, Shown
from apps.sheets.facts import fact_tables
from apps.sheets.map_sketch import Point, Tiles, map_sketch
from apps.sheets.page import Paper
from apps.sheets.past import past_part
from apps.sheets.photos import Address, pair_part, photo_part
from forms.capabilities.sheets import Sheet
from forms.definition import AppDefinition
from forms.photo_pairs import pairing, side_by_side


@dataclass(frozen=True, slots=True)
class Around:
    """What a sheet says besides the record.

    sender: the city and the section of the app. file: where the browser gets a photo. places, tiles: for map sketches.
    """

    sender: str
    file: Address
    places: Sequence[Point] = ()
    tiles: Tiles | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """One record as this person may read it. hidden: fields of it that must not even be named.

    code: picture of the address of its page, '' for none.
    """

    shown: Shown
    hidden: frozenset[str]
    history: Sequence[Entry]
    code: str


def record_sheet(definition: AppDefinition, sheet: Sheet, one: Written, world: World, around: Around) -> Paper:
    """Its HTML; everything in it is escaped."""
    shown = one.shown
    number = _number_field(definition, sheet)
    told = shown.texts.get(number, '') or shown.title
    apart = {number, *sheet.photos, *_photo_fields(definition)} | one.hidden
    facts = fact_tables(definition, shown, world, only=sheet.fields, without=apart)
    photos = ''.join(_photos(definition, sheet, one, around))
    body = (
        _head(definition, sheet, one, told, around)
        + facts
        + _map(sheet, shown, one.hidden, around)
        + ''.join(f'<section class="part"><h2>{escape(each)}</h2><div class="blank-box"></div></section>'
                  for each in sheet.blanks)
        + photos
        + past_part(one.history, sheet.history)
    )  # fmt: skip
    return Paper(body, f'{sheet.heading} {told}')


def _head(definition: AppDefinition, sheet: Sheet, one: Written, number: str, around: Around) -> str:
    shown = one.shown
    to = shown.texts.get(sheet.to, '') if sheet.to not in one.hidden else ''
    addressee = f'<p class="to">{escape(to)} {escape(sheet.honorific)}</p>' if sheet.to else ''
    sender = f'<p class="from">{escape(around.sender)}</p>' if sheet.to and around.sender else ''
    intro = f'<p class="intro">{escape(sheet.intro)}</p>' if sheet.intro else ''
    code = (
        f'<div class="code"><img src="{escape(one.code)}" alt="この記録の画面を開くQRコード">記録の画面</div>'
        if sheet.code and one.code
        else ''
    )
    return (
        f'<header class="head"><div class="head-words">{addressee}<h1>{escape(sheet.heading)}</h1>'
        f'<p class="number">{escape(number)}</p>{_state(definition, one)}{_made(sheet, shown)}</div>'
        f'{code}{_seals(sheet.seals)}</header>'
        f'{sender}{intro}'
    )


def _state(definition: AppDefinition, one: Written) -> str:
    """Status and deadline of a workflow, which stand in no section."""
    workflow: Any = definition.capabilities.get('workflow')
    if workflow is None:
        return ''
    names = (workflow.field, workflow.deadline.field if workflow.deadline else '')
    told = [
        f'{definition.fields[name].title} {one.shown.texts[name]}'
        for name in names
        if name in definition.fields and name not in one.hidden and one.shown.texts.get(name)
    ]
    return f'<p class="state">{escape("　".join(told))}</p>' if told else ''


def _made(sheet: Sheet, shown: Shown) -> str:
    """Nobody outside needs to know who took the call."""
    made = ' '.join(filter(None, shown.made))
    return f'<p class="made">登録 {escape(made)}</p>' if made and not sheet.to else ''


def _seals(titles: Sequence[str]) -> str:
    if not titles:
        return ''
    heads = ''.join(f'<th scope="col">{escape(each)}</th>' for each in titles)
    boxes = '<td></td>' * len(titles)
    return f'<table class="seals" aria-label="押印欄"><thead><tr>{heads}</tr></thead><tr>{boxes}</tr></table>'


def _map(sheet: Sheet, shown: Shown, hidden: frozenset[str], around: Around) -> str:
    """Nothing without coordinates: a map of nowhere would be believed."""
    value = shown.values.get(sheet.map) if sheet.map and sheet.map not in hidden | shown.covered else None
    if not isinstance(value, Mapping) or value.get('lat') is None or value.get('lon') is None:
        return ''
    pin = Point(value['lat'], value['lon'])
    sketch = map_sketch(pin, around.places, around.tiles)
    return f'<section class="part"><h2>略図</h2>{sketch}</section>'


def _photos(definition: AppDefinition, sheet: Sheet, one: Written, around: Around) -> Iterator[str]:
    """Before and after beside each other where the sheet names both, every other field by itself."""
    values = one.shown.values
    fields = {name: definition.fields[name] for name in sheet.photos if name in definition.fields}
    pairs = {before.name: after for before, after in pairing(fields)}
    second = {each.name for each in pairs.values()}
    for name, field in fields.items():
        if name in pairs:
            after = pairs[name]
            yield pair_part(field, after, side_by_side(values.get(name), values.get(after.name)), around.file)
        elif name not in second and isinstance(values.get(name), list | tuple):
            yield photo_part(field, values[name], around.file)


def _photo_fields(definition: AppDefinition) -> set[str]:
    """Photos are pictures or not there: «写真3枚» in a table helps nobody on paper."""
    return {name for name, each in definition.fields.items() if each.TYPE == 'photo'}


def _number_field(definition: AppDefinition, sheet: Sheet) -> str:
    numbering: Any = definition.capabilities.get('numbering')
    series = numbering.series if numbering is not None else ()
    named = sheet.number or (series[0].field if series else '')
    return named if named in definition.fields else ''

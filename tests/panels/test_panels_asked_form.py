"""The form that an action opens: only what it asks, with what is known already in it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from panel_office import CLERK, road
from PIL import Image

from apps.context import AppContext
from apps.panels.asked_form import asked_form, with_answers
from forms.form_json import form_json

APP = 'road_requests'


async def fields_of(office: AppContext, action: str, *, to: str = '', **values: Any) -> dict[str, dict[str, Any]]:
    made = await office.operations.submit(APP, road(**values), by=CLERK)
    if to == '対応中':
        await office.operations.act(APP, made.id, '対応を始める', {}, by=CLERK)
    offer = next(each for each in office.reading.offers(APP, made.id, by=CLERK) if each.name == action)
    definition = office.catalogue.get(APP)
    form = asked_form(definition, offer, made.values, office.reading.moment(CLERK))
    return {each['name']: each for section in form['sections'] for each in section['fields']}


def asked(fields: dict[str, dict[str, Any]]) -> set[str]:
    return {name for name, each in fields.items() if each.get('input') is not False}


async def test_an_action_asks_for_its_own_fields_and_for_nothing_else(office: AppContext) -> None:
    fields = await fields_of(office, '対応を始める')
    assert asked(fields) == {'担当者'}
    assert fields['担当者']['required'] is False


async def test_what_an_action_needs_is_required_and_begins_with_what_it_would_set(office: AppContext) -> None:
    fields = await fields_of(office, '現地確認済みにする')
    assert fields['現地確認日']['required'] is True
    assert fields['現地確認日']['default']['v'] == '2026-11-20', 'today stands there already'


async def test_a_value_that_the_record_has_stands_in_the_form(office: AppContext) -> None:
    fields = await fields_of(office, '現地確認済みにする', 現地確認日='2026-11-05')
    assert fields['現地確認日']['default']['v'] == '2026-11-05'


async def test_what_the_rules_of_a_field_look_at_comes_along_unseen(office: AppContext) -> None:
    fields = await fields_of(office, '現地確認済みにする')
    reads_reception_day = fields['受付日']
    assert reads_reception_day['type'] == 'hidden' and reads_reception_day['input'] is False
    assert reads_reception_day['default']['v'] == '2026-11-02'


def test_an_address_can_fill_a_form_before_it_opens(office: AppContext) -> None:
    form = with_answers(form_json(office.catalogue.get('inspections')), {'施設': '01ABC', '点検表': None})
    found = {each['name']: each for section in form['sections'] for each in section['fields']}
    assert found['施設']['default'] == {'k': 'text', 'v': '01ABC', 's': [0, 0]}
    assert found['点検の種類']['default']['v'] == '定期', 'other answers begin as the definition says'


async def test_photos_that_the_record_has_stand_in_the_form_and_those_before_come_along(office: AppContext) -> None:
    """Else the action would put its own photo in their place."""
    before, after = [await photographed(office, colour) for colour in ('red', 'blue')]
    fields = await fields_of(office, '完了にする', to='対応中', 施工前=[before], 施工後=[after])
    assert [each['blob'] for each in fields['施工後']['beginsWith']] == [after['blob']]
    assert [each['blob'] for each in fields['施工前']['beginsWith']] == [before['blob']]
    assert fields['施工前']['type'] == 'hidden' and fields['施工後']['pairOf'] == '施工前'


async def photographed(office: AppContext, colour: str) -> dict[str, Any]:
    file = BytesIO()
    Image.new('RGB', (4, 3), colour).save(file, 'PNG')
    size = file.tell()
    file.seek(0)
    return (await office.operations.receive(file, 'a.png', size, by=CLERK)).told()

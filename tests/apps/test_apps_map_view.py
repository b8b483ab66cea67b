"""The map of a view: every record is in a pin, a cluster or the count of those without a place; nobody sees more."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from city_hall import LEADER, ROAD, STAFF, password_of
from contractor_office import CONTRACTOR
from fastapi import FastAPI

from apps.api.routes import install
from apps.context import AppContext
from apps.people import Person
from apps.security import COOKIE

MAP = '/api/v1/apps/road_requests/map'
WIDE, NEAR = ('36.4,136.5,36.7,136.8', 11), ('36.559,136.649,36.562,136.652', 18)
PLACES = [
    (36.5600, 136.6500),
    (36.5603, 136.6503),
    (36.5700, 136.6600),
    (36.6400, 136.7400),
]


@pytest.fixture
async def staffed(staffed: AppContext) -> AppContext:
    """With a contractor."""
    parts: Any = {'roles': CONTRACTOR.roles, 'sections': (), 'by': LEADER}
    await staffed.accounts.add(CONTRACTOR.account, CONTRACTOR.name, password_of(CONTRACTOR), **parts)
    return staffed


@pytest.fixture
async def web(staffed: AppContext) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    install(app, staffed)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url='http://hall.example') as client:
        enter(client, staffed, STAFF)
        yield client


def enter(web: httpx.AsyncClient, office: AppContext, person: Person) -> None:
    account = office.accounts.get(person.account)
    assert account is not None
    web.cookies.clear()
    web.cookies.set(COOKIE, office.sessions.open(account))


@pytest.fixture
async def placed(staffed: AppContext) -> list[str]:
    """Four requests with a place and two without; the ids of all."""
    found = []
    for number in range(6):
        raw: Any = {**ROAD, '場所': f'見本町{number}', '担当者': CONTRACTOR.account if number == 2 else STAFF.account}
        if number < len(PLACES):
            raw['位置'] = {'lat': PLACES[number][0], 'lon': PLACES[number][1], 'place': ''}
        found.append((await staffed.operations.submit('road_requests', raw, by=STAFF)).id)
    return found


async def picture(web: httpx.AsyncClient, look: tuple[str, int] | None = None, **asked: Any) -> dict[str, Any]:
    where = {'box': look[0], 'zoom': look[1]} if look else {}
    answer = await web.get(MAP, params={'view': '地図', **where, **asked})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def stands_for(told: dict[str, Any]) -> int:
    return sum(each.get('count', 1) for each in told['pins'])


@pytest.mark.usefixtures('placed')
async def test_near_ones_are_one_cluster_from_afar_and_pins_from_close_by(web: httpx.AsyncClient) -> None:
    far = await picture(web, WIDE)
    assert stands_for(far) == 4 and len(far['pins']) == 2, 'three are closer together than two pins are wide'
    cluster = next(each for each in far['pins'] if each.get('count') == 3)
    assert cluster['words'] == '受付 3' and cluster['box'][0] < cluster['box'][2]
    close = await picture(web, NEAR)
    assert [each['status'] for each in close['pins']] == ['受付', '受付'], 'each by itself'
    assert {each['sign'] for each in close['pins']} == {'受'} and all(each['shape'] for each in close['pins'])


async def test_nothing_is_cut_silently_and_the_list_follows_the_map(web: httpx.AsyncClient, placed: list[str]) -> None:
    told = await picture(web, NEAR)
    assert (told['total'], told['placed'], told['listed']) == (6, 4, 6)
    assert {each['id'] for each in told['rows']} == {*placed}
    here = await picture(web, NEAR, where='box')
    assert {each['id'] for each in here['rows']} == {*placed[:2]} and here['listed'] == 2
    without = await picture(web, where='none')
    assert {each['id'] for each in without['rows']} == {*placed[4:]}
    assert [each['lat'] for each in without['rows']] == [None, None]
    pieces = [await picture(web, limit=4, offset=offset) for offset in (0, 4)]
    assert [row['id'] for each in pieces for row in each['rows']] == [row['id'] for row in told['rows']]


@pytest.mark.usefixtures('placed')
async def test_filters_and_words_narrow_map_and_list_alike(web: httpx.AsyncClient) -> None:
    found = await picture(web, WIDE, q='見本町3')
    assert stands_for(found) == found['listed'] == found['total'] == 1
    assert found['box'] == [36.64, 136.74, 36.64, 136.74]
    assert (await picture(web, WIDE, **{'filter.種別': '側溝'}))['total'] == 0
    assert (await web.get(MAP, params={'view': '地図', 'filtre.種別': '側溝'})).status_code == 422
    assert (await web.get(MAP, params={'view': '地図', 'box': 'nan,1,2,3'})).status_code == 422
    assert (await web.get(MAP, params={'view': 'すべて'})).status_code == 404


async def test_what_is_saved_is_on_the_map_at_once(
    web: httpx.AsyncClient, staffed: AppContext, placed: list[str]
) -> None:
    assert stands_for(await picture(web, WIDE)) == 4
    there = {'位置': {'lat': 36.6, 'lon': 136.7, 'place': ''}}
    await staffed.operations.change('road_requests', placed[5], there, by=STAFF, if_rev=1)
    assert stands_for(await picture(web, WIDE)) == 5
    await staffed.operations.act('road_requests', placed[5], '取り下げる', {}, by=STAFF)
    assert stands_for(await picture(web, WIDE)) == 4, 'the view has the open ones only'


async def test_a_contractor_sees_only_the_pin_of_their_own_work(
    web: httpx.AsyncClient, staffed: AppContext, placed: list[str]
) -> None:
    enter(web, staffed, CONTRACTOR)
    told = await picture(web, WIDE)
    assert (told['total'], stands_for(told)) == (1, 1)
    assert told['rows'][0]['id'] == told['pins'][0]['id'] == placed[2]


@pytest.fixture
def hidden(definitions: Path, request: pytest.FixtureRequest) -> None:
    """One field is hidden from staff, except on what they took in themselves."""
    file = definitions / 'road_requests.yaml'
    rules = (
        'permissions:\n'
        f'  - {{who: {{role: staff}}, can: [see, create], hide: [{request.param}]}}\n'
        '  - {who: {role: staff}, can: [see], records: own}\n'
    )
    head, _, rest = file.read_text('utf-8').partition('permissions:\n  - {who: {role: staff}')
    assert rest
    file.write_text(head + rules + rest.partition('\n')[2], 'utf-8')


@pytest.mark.parametrize('hidden', ['位置'], indirect=True)
@pytest.mark.usefixtures('hidden', 'placed')
async def test_who_may_not_read_every_place_gets_no_map(web: httpx.AsyncClient) -> None:
    assert (await web.get(MAP, params={'view': '地図'})).status_code == 404


@pytest.mark.parametrize('hidden', ['状態'], indirect=True)
@pytest.mark.usefixtures('hidden', 'placed')
async def test_what_may_not_be_read_of_every_record_is_told_by_no_pin(web: httpx.AsyncClient) -> None:
    told = await picture(web, WIDE)
    assert stands_for(told) == 4 and told['signs'] == []
    assert '受付' not in str([each['words'] for each in told['pins'] if 'count' in each])


async def test_areas_and_routes_come_with_their_text_and_say_when_they_cannot(
    web: httpx.AsyncClient, staffed: AppContext, definitions: Path
) -> None:
    asked = {'view': '地図'}
    districts, roads = (await web.get(f'{MAP}/layers', params=asked)).json()['layers']
    assert {each['properties']['text'] for each in districts['data']['features']} == {'北部', '南部', '東部'}
    assert (districts['line'], roads['on']) == ('dashed', False)
    (definitions / 'areas' / 'roads.geojson').write_text('{', 'utf-8')
    _, broken = (await web.get(f'{MAP}/layers', params=asked)).json()['layers']
    assert 'roads.geojson' in broken['problem'] and broken['data']['features'] == []

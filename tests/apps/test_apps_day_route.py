"""One's own way of today: whose records, in which order, kept for the day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from city_hall import LEADER, OTHER, ROAD, STAFF, SUPERVISOR
from contractor_office import CONTRACTOR

from apps.clock import StillClock
from apps.context import AppContext
from apps.outcome import Refused
from apps.people import Person
from apps.reading.day_route import DayRoute, day_route
from apps.route_days import RouteDays, moved
from forms.view import View

APP = 'road_requests'
START = (36.5613, 136.6562)


async def put(office: AppContext, north: float | None, by: Person = STAFF, **more: Any) -> str:
    """A request of STAFF's, so many thousandths of a degree north of the start."""
    where = {} if north is None else {'位置': {'lat': START[0] + north / 1000, 'lon': START[1]}}
    raw = {**ROAD, **where, '担当者': STAFF.account, **more}
    return (await office.operations.submit(APP, raw, by=by)).id


def route_for(office: AppContext, person: Person) -> DayRoute:
    reading = office.reading
    seen = reading.seen(reading.definition(APP, person), View(name=''), {}, person)
    return day_route(seen, RouteDays(office.store).of(person.account, APP, office.clock.now().date()))


async def test_ones_own_open_records_in_the_order_in_which_one_goes(staffed: AppContext) -> None:
    far, near, nowhere = await put(staffed, 20), await put(staffed, 2), await put(staffed, None)
    done = await put(staffed, 1)
    await staffed.operations.act(APP, done, '取り下げる', {}, by=STAFF)
    await put(staffed, 3, 担当者=OTHER.account)
    found = route_for(staffed, STAFF)
    assert found.ids == [near, far, nowhere]
    assert found.metres == pytest.approx(2 * 20 * 111.2, rel=0.01)
    assert found.lines[0].row.cells['場所'] == ROAD['場所']
    assert route_for(staffed, SUPERVISOR).ids == []


async def test_what_is_chosen_comes_along_what_is_taken_off_stays_off_and_tomorrow_is_another_day(
    staffed: AppContext, clock: StillClock
) -> None:
    days, today = RouteDays(staffed.store), clock.now().date()
    own, other = await put(staffed, 5), await put(staffed, 1, 担当者=OTHER.account)
    days.add(STAFF.account, APP, today, [other, 'gone'])
    assert route_for(staffed, STAFF).ids == [other, own]
    days.leave_out(STAFF.account, APP, today, own)
    assert route_for(staffed, STAFF).ids == [other]
    days.add(STAFF.account, APP, today, [own])
    assert route_for(staffed, STAFF).ids == [other, own]
    assert route_for(staffed, OTHER).ids == [other], "what one person arranges is nobody else's"
    clock.at += timedelta(days=1)
    assert route_for(staffed, STAFF).ids == [own]


async def test_the_order_is_changed_by_hand_and_new_records_come_at_the_end(
    staffed: AppContext, clock: StillClock
) -> None:
    days, today = RouteDays(staffed.store), clock.now().date()
    one, two, three = [await put(staffed, north) for north in (1, 2, 3)]
    days.arrange(STAFF.account, APP, today, moved([one, two, three], three, -1))
    assert route_for(staffed, STAFF).ids == [one, three, two]
    four = await put(staffed, 0.5)
    assert route_for(staffed, STAFF).ids == [one, three, two, four]
    days.arrange(STAFF.account, APP, today, ())
    assert route_for(staffed, STAFF).ids == [four, one, two, three]


def test_moving_stops_at_both_ends() -> None:
    assert moved(['a', 'b', 'c'], 'a', -1) == ['a', 'b', 'c']
    assert moved(['a', 'b', 'c'], 'a', 1) == ['b', 'a', 'c']
    assert moved(['a', 'b', 'c'], 'c', 5) == ['a', 'b', 'c']


async def test_nobody_gets_a_record_or_a_field_that_they_may_not_see(staffed: AppContext, clock: StillClock) -> None:
    parts = {'roles': CONTRACTOR.roles, 'sections': (), 'by': LEADER}
    await staffed.accounts.add(CONTRACTOR.account, CONTRACTOR.name, 'contractor-pass-1', **parts)
    theirs = await put(staffed, 1, 担当者=CONTRACTOR.account)
    hidden = await put(staffed, 2)
    RouteDays(staffed.store).add(CONTRACTOR.account, APP, clock.now().date(), [hidden])
    found = route_for(staffed, CONTRACTOR)
    assert found.ids == [theirs]
    assert '内容' not in found.lines[0].row.cells


def test_an_app_without_a_route_has_none(office: AppContext) -> None:
    seen = office.reading.seen(office.reading.definition('facilities', STAFF), View(name=''), {}, STAFF)
    with pytest.raises(Refused, match='道順がありません'):
        day_route(seen, RouteDays(office.store).of('', 'facilities', office.clock.now().date()))

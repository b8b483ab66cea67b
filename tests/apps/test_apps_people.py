"""Signing in: who may, how often one may be wrong, and when a session ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from city_hall import LEADER, STAFF, opened, password_of

from apps.clock import StillClock
from apps.context import AppContext
from apps.live import AccountChanged
from apps.outcome import Refused
from apps.passwords import password_mistake
from apps.settings import Settings


async def signed_in(office: AppContext) -> str:
    account = await office.accounts.sign_in('taro', password_of(STAFF))
    assert account is not None
    return office.sessions.open(account)


async def test_a_session_tells_who_it_is_and_lasts_over_a_restart(
    staffed: AppContext, settings: Settings, clock: StillClock
) -> None:
    token = await signed_in(staffed)
    assert staffed.sessions.person(token) == STAFF
    staffed.close()
    again = opened(settings, clock)
    assert again.sessions.person(token) == STAFF
    again.close()


@pytest.mark.parametrize('change', ['password', 'disabled'])
async def test_a_session_ends_when_its_account_is_shut(staffed: AppContext, change: str) -> None:
    token = await signed_in(staffed)
    heard: list[object] = []
    staffed.live.subscribe(heard.append)
    if change == 'password':
        await staffed.accounts.set_password('taro', 'another-password', by=LEADER)
    else:
        await staffed.accounts.change('taro', {'disabled': True}, by=LEADER)
        assert await staffed.accounts.sign_in('taro', password_of(STAFF)) is None
    assert staffed.sessions.person(token) is None
    assert staffed.sessions.find(token) is None
    assert heard == [AccountChanged('taro')]


async def test_new_rights_hold_in_an_open_session_from_the_next_action(staffed: AppContext) -> None:
    token = await signed_in(staffed)
    await staffed.accounts.change('taro', {'roles': ['leader'], 'sections': ['施設管理課']}, by=LEADER)
    person = staffed.sessions.person(token)
    assert person is not None and (person.roles, person.sections) == (('leader',), ('施設管理課',))


async def test_a_session_ends_by_signing_out_and_by_age(staffed: AppContext, clock: StillClock) -> None:
    out, old = [await signed_in(staffed) for _ in range(2)]
    staffed.sessions.close(out)
    assert staffed.sessions.find(out) is None
    for _ in range(80):
        clock.at += timedelta(minutes=10)
        staffed.sessions.touch(old)
    assert staffed.sessions.find(old) is None, 'twelve hours are the most, however busy'


async def test_a_session_locks_when_nobody_touches_it_and_opens_again_with_the_password(
    staffed: AppContext, clock: StillClock
) -> None:
    token = await signed_in(staffed)
    clock.at += timedelta(minutes=14)
    assert staffed.sessions.person(token) == STAFF
    assert staffed.sessions.touch(token)
    clock.at += timedelta(minutes=14)
    assert staffed.sessions.person(token) == STAFF
    clock.at += timedelta(minutes=2)
    assert staffed.sessions.person(token) is None
    assert not staffed.sessions.touch(token), 'a touch wakes nothing that is locked'
    assert await staffed.operators.take_over(token, 'taro', 'wrong-password') is None
    assert await staffed.operators.take_over(token, 'taro', password_of(STAFF)) is not None
    assert staffed.sessions.person(token) == STAFF


async def test_too_many_wrong_passwords_shut_the_account_for_a_while_only(
    staffed: AppContext, clock: StillClock
) -> None:
    for _ in range(3):
        assert await staffed.accounts.sign_in('taro', 'wrong-password') is None
    assert await staffed.accounts.sign_in('taro', password_of(STAFF)) is None, 'shut'
    clock.at += timedelta(minutes=16)
    assert await staffed.accounts.sign_in('taro', password_of(STAFF)) is not None


async def test_an_unknown_account_is_shut_like_a_known_one(staffed: AppContext) -> None:
    for _ in range(3):
        assert await staffed.accounts.sign_in('nobody', 'wrong-password') is None
    assert staffed.store.scratch.get('attempts/nobody')['count'] == 3


async def test_no_password_stands_in_the_history_or_in_any_record(staffed: AppContext) -> None:
    everything = str([change.changed for change in staffed.store.changes(0)])
    assert 'argon2' not in everything and password_of(STAFF) not in everything
    kept = staffed.store.scratch.get(f'password/{STAFF.account}')
    assert kept is not None and kept['hash'].startswith('$argon2id$')


async def test_the_first_administrator_comes_by_a_link_that_works_once(office: AppContext, clock: StillClock) -> None:
    token = office.set_up.issue()
    assert token and not office.set_up.valid('guessed')
    with pytest.raises(Refused, match='10文字'):
        await office.set_up.redeem(token, 'kanri', '架空 葵', 'short')
    made = await office.set_up.redeem(token, 'kanri', '架空 葵', 'long-enough-1')
    assert made.roles == ('administrator',)
    with pytest.raises(Refused) as again:
        await office.set_up.redeem(token, 'kanri2', '架空 葵', 'long-enough-1')
    assert again.value.kind == 'forbidden'
    assert office.set_up.issue() == '', 'no second way in once there is an administrator'


async def test_the_link_is_worthless_after_a_day(office: AppContext, clock: StillClock) -> None:
    token = office.set_up.issue()
    clock.at += timedelta(hours=25)
    assert not office.set_up.valid(token)


@pytest.mark.parametrize(
    ('account', 'password'), [('taro', 'short'), ('taro', 'xx-TARO-xx-1'), ('taro', '1111111111')]
)
def test_weak_passwords_are_told(account: str, password: str) -> None:
    assert password_mistake(account, password)


async def test_the_last_administrator_cannot_lock_everybody_out(staffed: AppContext) -> None:
    await staffed.accounts.add('kanri', '架空 葵', 'long-enough-1', roles=['administrator'], by=LEADER)
    for changes in ({'disabled': True}, {'roles': ['staff']}):
        with pytest.raises(Refused, match='最後のシステム管理者'):
            await staffed.accounts.change('kanri', changes, by=LEADER)
    await staffed.accounts.change('taro', {'roles': ['staff', 'administrator']}, by=LEADER)
    changed = await staffed.accounts.change('kanri', {'disabled': True}, by=LEADER)
    assert changed.disabled


async def test_an_unknown_role_is_refused(staffed: AppContext) -> None:
    with pytest.raises(Refused, match='役割はありません'):
        await staffed.accounts.change('taro', {'roles': ['king']}, by=LEADER)
    account = staffed.accounts.get('taro')
    assert account is not None and account.roles == ('staff',)

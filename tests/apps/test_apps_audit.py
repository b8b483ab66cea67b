"""The audit: what is noted is durable, cannot be altered unseen, and holds no words that people searched for."""

from __future__ import annotations

import pytest
from city_hall import STAFF, opened

from apps.audit import AUDIT
from apps.clock import StillClock
from apps.context import AppContext
from apps.settings import Settings
from storage.errors import NotStored


def kinds(office: AppContext) -> list[str]:
    return [each['kind'] for each in office.store.find(AUDIT, limit=None).docs if each['kind'] != 'definition']


async def test_what_is_noted_soon_is_there_after_a_clean_stop(settings: Settings, clock: StillClock) -> None:
    office = opened(settings, clock)
    for number in range(300):
        office.audit.note_soon('print', STAFF, app='repairs', record=str(number))
    office.close()
    again = opened(settings, clock)
    found = [each for each in again.store.find(AUDIT, limit=None).docs if each['kind'] == 'print']
    assert [each['record'] for each in found] == [str(number) for number in range(300)]
    assert {each['by'] for each in found} == {STAFF.account}
    again.close()


async def test_what_the_disk_refuses_is_written_with_the_next_entry(
    office: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise NotStored('disk full')

    with monkeypatch.context() as refusing:
        refusing.setattr(office.store, 'commit_soon', full)
        office.audit.note_soon('print', STAFF, app='repairs')
        assert office.audit.unwritten == 1
    await office.audit.note('reveal', STAFF, app='repairs', record='x')
    assert kinds(office) == ['reveal']
    office.audit.note_soon('sign_out', STAFF)
    await office.audit.note('sign_in', STAFF)
    assert sorted(kinds(office)) == ['print', 'reveal', 'sign_in', 'sign_out']
    assert office.audit.unwritten == 0


async def test_a_search_is_recognised_but_its_words_are_not_kept(office: AppContext) -> None:
    for words in ('秘密 次郎', '秘密 次郎', '例示 花子'):
        office.audit.searched(STAFF, 'road_requests', words, 3)
    await office.audit.note('sign_out', STAFF)
    first, second, third = (
        each['detail'] for each in office.store.find(AUDIT, limit=None).docs if each['kind'] == 'search'
    )
    assert first == second != third
    assert first['length'] == 5 and first['count'] == 3
    assert '秘密'.encode() not in (office.settings.data / 'city.db-wal').read_bytes()


async def test_an_unknown_kind_is_a_mistake_of_the_program(office: AppContext) -> None:
    with pytest.raises(ValueError, match='audit_kinds'):
        office.audit.note_soon('something', STAFF)

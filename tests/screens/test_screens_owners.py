"""Apps that nobody looks after: an administrator gives one an owner, and takes it back after a slip."""

from __future__ import annotations

from small_office import Desk

from apps.context import AppContext
from apps.owners import owner_of


async def test_a_given_owner_is_shown_beside_the_file_and_goes_back_by_one_press(
    office: AppContext, desk: Desk
) -> None:
    definition = office.catalogue.get('facilities')
    kanri = office.accounts.get('yone')
    assert kanri is not None
    await office.owners.give('facilities', '会計課', by=kanri.person)
    user = await desk('yone')
    await user.open('/owners')
    await user.should_see(f'施設台帳: 会計課(ファイルでは「{definition.owner}」)')
    user.find('ファイルのとおりに戻す').click()
    await user.should_see('定義のファイルのとおりに戻しました')
    assert owner_of(office.store, definition) == definition.owner

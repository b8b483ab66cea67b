"""A task answered by a link: what is shown, what is asked, when it can be answered, until when."""

from __future__ import annotations

from pathlib import Path

from sample_office import NOON, at

from forms.capabilities.reply_link import ReplyLink, is_withheld
from forms.loader import load_folder

ORDERS = load_folder(Path(__file__).parents[3] / 'apps' / 'definitions').apps['work_orders']
LINK = ORDERS.capabilities['reply_link']
assert isinstance(LINK, ReplyLink)


def test_what_is_asked_and_where_the_answer_leads_is_said_by_the_action():
    assert LINK.asked(ORDERS) == ('結果', '作業日', '報告', '施工後の写真')
    outside = at('2026-05-01 12:00', account='link/x')
    assert LINK.offered(ORDERS, {'状態': '依頼中'}, outside).needs == ('結果', '報告')
    assert LINK.offered(ORDERS, {'状態': '準備'}, outside) is None
    assert LINK.offered(ORDERS, {'状態': '報告あり'}, outside) is None


def test_days_end_in_the_evening():
    assert LINK.ends(NOON.now).isoformat() == '2026-05-22T23:59:59+09:00'


def test_nothing_personal_and_nothing_of_the_house_is_ever_shown():
    withheld = {name for name, each in ORDERS.fields.items() if is_withheld(each)}
    assert {'委託先メール', '担当者', '要望'} <= withheld
    assert withheld.isdisjoint(LINK.shows)

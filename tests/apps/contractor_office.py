"""A contractor at work beside the small city hall: whom they must not come to know, and what they are given to do."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from city_hall import LEADER, ROAD, STAFF
from pictures import picture

from apps.context import AppContext
from apps.people import Person

CONTRACTOR = Person('itaku', '例示建設', ('contractor',), ())
ADMINISTRATOR = Person('kanri', '架空 葵', ('administrator',), ())

APPLICANT = {'氏名': '見本 秘子', 'フリガナ': 'ミホン ヒメコ', '電話番号': '090-0000-0071'}
ANOTHER = {'氏名': '例示 影子', 'フリガナ': 'レイジ カゲコ', '電話番号': '090-0000-0082'}
SECRETS = (
    '秘子', 'ヒメコ', '0000-0071', '00000071', '影子', 'カゲコ', '0000-0082', '00000082', '秘密の話', '別の通り',
)  # fmt: skip
"""What occurs in no answer to the contractor: names, readings, numbers, what was said, the place of another's work."""


@dataclass(frozen=True, slots=True)
class Work:
    """Two requests: one given to the contractor, the other not. photo: of the first; hidden_photo: of the second."""

    given: str
    other: str
    photo: str
    hidden_photo: str


async def given_work(office: AppContext) -> Work:
    photos = [
        await office.operations.receive(BytesIO(each), 'p.png', len(each), by=STAFF)
        for each in (picture(), picture('blue'))
    ]
    told: Any = {**ROAD, **APPLICANT, '内容': '秘密の話', '担当者': CONTRACTOR.account, '写真': [photos[0].told()]}
    given = await office.operations.submit('road_requests', told, by=STAFF)
    told = {**ROAD, **ANOTHER, '場所': '別の通り', '担当者': STAFF.account, '写真': [photos[1].told()]}
    other = await office.operations.submit('road_requests', told, by=STAFF)
    more = {'電話番号': '090-0000-0072', '対応内容': '業者に依頼'}
    await office.operations.change('road_requests', given.id, more, by=LEADER, if_rev=1)
    await office.operations.change('road_requests', given.id, APPLICANT, by=LEADER, if_rev=2)
    return Work(given.id, other.id, photos[0].blob, photos[1].blob)

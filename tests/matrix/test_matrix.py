"""Every way in times every rule: refused alike, with the same message, and nothing is changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from matrix_office import Office
from matrix_page import PAGE, WAYS, page
from no_such_way import NO_SUCH_WAY
from rules import RULES, Rule
from ways_in import Operations, way_in

CELLS = [(way, rule) for way in WAYS for rule in RULES if (way, rule.name) not in NO_SUCH_WAY]


@pytest.mark.parametrize(('way', 'rule'), CELLS, ids=lambda each: getattr(each, 'name', each))
async def test_every_way_in_refuses_as_the_operation_does(  # noqa: PLR0917
    way: str, rule: Rule, office: Office, tmp_path: Path, monkeypatch: Any, capsys: Any
) -> None:
    reference = Operations(office)
    async with way_in(way, office, tmp_path, monkeypatch, lambda: capsys.readouterr().err) as one:
        assert one.deeds == WAYS[way]
        deeds = [each for each in one.deeds if each in rule.told]
        assert deeds, 'a cell that tries nothing stands in no_such_way.py'
        for deed in deeds:
            office.begin()
            assert await reference.tried(deed, rule) == (rule.told[deed],)
            told = await one.tried(deed, rule)
            code, text = rule.told[deed]
            assert told in {((code, text),), (('', text),)}, deed
            assert office.left_behind() == []


def test_the_page_for_people_says_what_is_tried() -> None:
    assert PAGE.read_text('utf-8') == page(), 'python tests/matrix/matrix_page.py'

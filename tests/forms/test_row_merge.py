"""Two people in the rows of one table: what goes together, and what has to be asked."""

from forms.row_merge import merged_rows

WALL, ROOF = {'_row': '外壁', '結果': '無'}, {'_row': '屋根', '結果': '無'}
BEFORE = [WALL, ROOF]


def test_different_rows_go_together():
    mine = [{**WALL, '結果': '有'}, ROOF]
    theirs = [WALL, {**ROOF, '結果': '有'}]
    assert merged_rows(BEFORE, mine, theirs) == [{**WALL, '結果': '有'}, {**ROOF, '結果': '有'}]


def test_different_cells_of_one_row_go_together():
    mine = [{**WALL, '不具合箇所': '北側'}, ROOF]
    theirs = [{**WALL, '結果': '有'}, ROOF]
    assert merged_rows(BEFORE, mine, theirs) == [{**WALL, '結果': '有', '不具合箇所': '北側'}, ROOF]


def test_a_cell_that_was_emptied_stays_empty():
    mine = [{'_row': '外壁'}, ROOF]
    theirs = [WALL, {**ROOF, '結果': '有'}]
    assert merged_rows(BEFORE, mine, theirs) == [{'_row': '外壁'}, {**ROOF, '結果': '有'}]


def test_the_same_cell_has_to_be_asked():
    assert merged_rows(BEFORE, [{**WALL, '結果': '有'}, ROOF], [{**WALL, '結果': '対象外'}, ROOF]) is None
    same = [{**WALL, '結果': '有'}, ROOF]
    assert merged_rows(BEFORE, same, same) == same


def test_a_row_that_one_removed_and_the_other_changed_has_to_be_asked():
    changed = [{**WALL, '結果': '有'}, ROOF]
    assert merged_rows(BEFORE, [ROOF], changed) is None
    assert merged_rows(BEFORE, changed, [ROOF]) is None
    assert merged_rows(BEFORE, [ROOF], BEFORE) == [ROOF]
    assert merged_rows(BEFORE, BEFORE, [ROOF]) == [ROOF]


def test_both_added_a_row_and_both_rows_stay():
    mine = [*BEFORE, {'_row': '3', '結果': '有'}]
    theirs = [*BEFORE, {'_row': '3', '結果': '対象外'}]
    assert merged_rows(BEFORE, mine, theirs) == [*theirs, {'結果': '有'}]
    assert merged_rows([], [{'_row': '1', '結果': '有'}], []) == [{'_row': '1', '結果': '有'}]

"""The program changes one setting of a definition; what people wrote around it stays as they wrote it."""

from pathlib import Path

import pytest

from forms.yaml_edit import with_setting

SHIPPED = sorted((Path(__file__).parents[2] / 'apps' / 'definitions').glob('*.yaml'))
TEXT = """\
# 道路の要望
title: 道路要望   # 画面の名前

sections:
  - title: 内容
    fields:
      # 電話は空でもよい
      - {name: 電話, type: phone,   label: '電話番号'}
      - name: 種別   # 舗装など
        type: select_one
        choices:
          - 舗装
          - {value: 側溝}
"""
PHONE = ('sections', 0, 'fields', 0)
KIND = ('sections', 0, 'fields', 1)


def changed_lines(before, after):
    gone = [line for line in before.splitlines() if line not in after.splitlines()]
    new = [line for line in after.splitlines() if line not in before.splitlines()]
    return gone, new


@pytest.mark.parametrize(
    ('at', 'value', 'line'),
    [
        (('title',), '道路のこと', 'title: 道路のこと   # 画面の名前'),
        ((*PHONE, 'label'), '連絡先', '      - {name: 電話, type: phone,   label: 連絡先}'),
        ((*PHONE, 'label'), '自宅, 職場', "      - {name: 電話, type: phone,   label: '自宅, 職場'}"),
        ((*PHONE, 'label'), "その'他", "      - {name: 電話, type: phone,   label: その'他}"),
        ((*PHONE, 'retired'), 'true', "      - {name: 電話, retired: true, type: phone,   label: '電話番号'}"),
        ((*KIND, 'label'), '種類: 大', "        label: '種類: 大'"),
        ((*KIND, 'relevant'), '!IsBlank(電話)', "        relevant: '!IsBlank(電話)'"),
        ((*KIND, 'hint'), '一行目\n二行目', '        hint: "一行目\\n二行目"'),
        ((*KIND, 'choices', 0), '道の舗装', '          - 道の舗装'),
        ((*KIND, 'choices', 1, 'label'), '側溝や溝', '          - {value: 側溝, label: 側溝や溝}'),
    ],
)
def test_one_setting_changes_and_nothing_else(at, value, line):
    after = with_setting(TEXT, at, value)
    gone, new = changed_lines(TEXT, after)
    assert new == [line]
    assert len(gone) <= 1
    assert '# 電話は空でもよい' in after
    assert with_setting(after, at, value) == after


def test_a_value_that_was_left_out_is_filled_in():
    assert with_setting('title:\nsections: []\n', ('title',), '見本') == 'title: 見本\nsections: []\n'


@pytest.mark.parametrize('path', SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_definition_keeps_its_comments_when_its_title_changes(path):
    before = path.read_text(encoding='utf-8')
    after = with_setting(before, ('title',), '新しい名前')
    gone, new = changed_lines(before, after)
    assert (len(gone), new) == (1, ['title: 新しい名前'])


@pytest.mark.parametrize('at', [('sections',), ('sections', 5, 'title'), ('nothing', 'label')])
def test_what_is_not_there_or_no_single_value_is_refused(at):
    with pytest.raises(KeyError):
        with_setting(TEXT, at, 'x')


def test_a_text_that_is_no_definition_is_refused():
    with pytest.raises(ValueError, match='readable'):
        with_setting('title: [', ('title',), 'x')

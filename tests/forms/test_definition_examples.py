"""Two systems of a real city hall, spelled in our language: evacuee register and counter reception."""

from sample_office import NOON, Office, app, at, codes, submit

from forms.change_rules import prefilled_row
from forms.evaluation import Evaluation

SHELTERS = """
    title: 避難所
    record_title: [名称]
    sections:
      - title: 避難所
        fields:
          - {name: 名称, type: text, required: true}
          - {name: 部屋あり, type: yes_no}
"""

EVACUEES = """
    title: 避難者台帳
    record_title: [受付番号, 枝番, 氏名]
    sections:
      - title: 入所の情報
        columns: 2
        fields:
          - {name: 同じ世帯の人, type: lookup, app: evacuees, copy: {受付番号: 受付番号}}
          - {name: 現在の居場所, type: lookup, app: shelters, required: true}
          - {name: 部屋番号, type: text, relevant: 現在の居場所.部屋あり}
          - name: 移動履歴
            type: subtable
            append_only: true
            export_text: '{移動日:M/D} {移動元}→{移動先}'
            join: 、
            columns:
              - {name: 移動日, type: date, required: true}
              - {name: 移動元, type: lookup, app: shelters}
              - {name: 移動先, type: lookup, app: shelters}
          - {name: 退所日, type: date, required: 現在の居場所.名称 = "退所", forbidden: 現在の居場所.名称 <> "退所"}
          - {name: 退所先, type: text, required: 現在の居場所.名称 = "退所", forbidden: 現在の居場所.名称 <> "退所"}
      - title: 本人
        columns: 2
        fields:
          - {name: 氏名, type: person_name, privacy: personal}
          - {name: フリガナ, type: kana, kana_of: 氏名, privacy: personal}
          - {name: 生年月日, type: partial_date, privacy: personal}
          - name: 配慮事項
            type: select_multiple
            choices: [要介護, 障害, 妊産婦, 乳幼児, その他]
            other: true
            privacy: sensitive
    numbering:
      - {field: 受付番号, scope: none, start: 168}
      - {field: 枝番, of: 受付番号}
    on_change:
      - field: 現在の居場所
        not_first: true
        add_row: 移動履歴
        prefill: {移動日: Today(), 移動元: Old.現在の居場所, 移動先: 現在の居場所}
        clear: [部屋番号]
        offer_same: 受付番号
        offer_to: 同じ世帯
        message: 移動履歴を入力してください。
    views:
      - {name: 避難所別, type: summary, rows: 現在の居場所}
      - {name: 台帳, columns: [受付番号, 枝番, 現在の居場所, 部屋番号, 氏名], sort: [-受付番号, -枝番]}
"""

COUNTER = """
    title: 窓口受付
    record_title: [受付番号]
    sections:
      - title: 用件
        fields:
          - name: 用件
            type: select_multiple
            required: IsBlank(その他)
            choices:
              住宅政策課: [緊急修理, 応急修理, 賃貸型応急住宅]
              生活支援課: [支援金, 生活必需品]
          - {name: その他, type: text}
          - name: 担当課
            type: select_one
            choices: [住宅政策課, 生活支援課]
            required: Not(IsBlank(その他)) && IsEmpty(用件)
          - {name: 受付日, type: date, default: Today(), readonly: true}
    numbering:
      - {field: 受付番号, scope: day, by: 受付日}
    queue:
      items: 用件
      other: {text: その他, section: 担当課}
      day: 受付日
      sections:
        - {name: 住宅政策課, prefix: 住}
        - {name: 生活支援課, prefix: 生}
    effect: {minutes_before: 10, sheets_before: 2}
    views:
      - {name: 待合表示, columns: [受付番号, 整理券], filter: 受付日 = Today(), public: true}
"""

HALL = Office(
    records={
        'shelters': {
            'nukadani': {'名称': '額谷', '部屋あり': True},
            'kigo': {'名称': 'キゴ', '部屋あり': False},
            'left': {'名称': '退所', '部屋あり': False},
        }
    }
)


def evacuees():
    shelters = app(SHELTERS, name='shelters')
    others = {'shelters': shelters}
    return app(EVACUEES, name='evacuees', others={**others, 'evacuees': app(EVACUEES, name='evacuees')})


STAYING = {'現在の居場所': 'nukadani', '部屋番号': 'G-4,5', '氏名': '見本 太郎', '受付番号': 168, '枝番': 1}


def move(raw, moment=NOON):
    return submit(evacuees(), raw, old=STAYING, moment=moment, office=HALL)


def test_the_first_registration_asks_for_no_movement():
    cleaned = submit(evacuees(), {'現在の居場所': 'nukadani', '部屋番号': 'G-4,5', '氏名': '見本 太郎'}, office=HALL)
    assert not cleaned.messages
    assert cleaned.values['部屋番号'] == 'G-4,5'


def test_moving_demands_a_new_row_of_the_movement_history():
    refused = move({'現在の居場所': 'kigo'})
    assert [(each.path, each.text) for each in refused.messages] == [('移動履歴', '移動履歴を入力してください。')]
    accepted = move(
        {'現在の居場所': 'kigo', '移動履歴': [{'移動日': '2026-01-23', '移動元': 'nukadani', '移動先': 'kigo'}]}
    )
    assert not accepted.messages
    assert accepted.values['移動履歴'][0]['_by'] == 'mihon'


def test_moving_clears_the_room_and_offers_the_same_to_the_household():
    cleaned = move(
        {'現在の居場所': 'kigo', '移動履歴': [{'移動日': '2026-01-23', '移動元': 'nukadani', '移動先': 'kigo'}]}
    )
    assert '部屋番号' not in cleaned.values
    (offer,) = cleaned.offers
    assert (offer.by, offer.group, offer.field, offer.value, offer.row_in) == (
        '受付番号',
        168,
        '現在の居場所',
        'kigo',
        '移動履歴',
    )


def test_the_new_row_is_filled_in_with_today_and_both_places():
    definition = evacuees()
    evaluation = Evaluation.at(definition, at('2026-01-23 10:00', account='mihon', around=HALL))
    evaluation.before(STAYING)
    row = prefilled_row(definition, 0, evaluation, {**STAYING, '現在の居場所': 'kigo'})
    assert row == {'移動日': '2026-01-23', '移動元': 'nukadani', '移動先': 'kigo'}


def test_leaving_needs_day_and_destination_and_staying_forbids_them():
    row = {'移動日': '2026-01-23', '移動元': 'nukadani', '移動先': 'left'}
    assert codes(move({'現在の居場所': 'left', '移動履歴': [row]})) == {'退所日': 'required', '退所先': 'required'}
    assert codes(move({'退所日': '2026-01-23'})) == {'退所日': 'forbidden'}


def test_the_room_is_asked_only_where_there_are_rooms():
    cleaned = submit(evacuees(), {'現在の居場所': 'kigo', '部屋番号': 'G-4', '氏名': '例示 花子'}, office=HALL)
    assert not cleaned.messages
    assert '部屋番号' not in cleaned.values


def test_movements_are_exported_as_staff_wrote_them():
    history = [
        {'_row': '1', '移動日': '2026-01-11', '移動元': '万寿苑', '移動先': '額谷'},
        {'_row': '2', '移動日': '2026-01-23', '移動元': '額谷', '移動先': 'キゴ'},
    ]
    assert evacuees().fields['移動履歴'].show(history) == '1/11 万寿苑→額谷、1/23 額谷→キゴ'


def test_numbers_begin_at_168_and_branches_count_within_the_household():
    definition = evacuees()
    wishes = list(definition.capabilities['numbering'].numbers(definition, None, {'受付番号': 168}, NOON))
    assert [(each.field, each.start) for each in wishes] == [('枝番', 1)]
    wishes = list(definition.capabilities['numbering'].numbers(definition, None, {}, NOON))
    assert [(each.field, each.start) for each in wishes] == [('受付番号', 168), ('枝番', 1)]


def test_a_visit_needs_an_item_or_the_section_for_something_else():
    counter = app(COUNTER)
    assert codes(submit(counter, {})) == {'用件': 'required'}
    assert codes(submit(counter, {'その他': '相談'})) == {'担当課': 'required'}
    assert codes(submit(counter, {'その他': '相談', '担当課': '生活支援課'})) == {}
    assert codes(submit(counter, {'用件': ['支援金']})) == {}


def test_items_of_both_sections_make_one_visit_with_two_tickets():
    counter = app(COUNTER)
    cleaned = submit(counter, {'用件': ['緊急修理', '支援金']})
    queue = counter.capabilities['queue']
    assert len(list(queue.numbers(counter, None, cleaned.values, NOON))) == 2


def test_the_waiting_room_sees_numbers_only():
    (view,) = app(COUNTER).views
    assert view.public
    assert view.columns == ('受付番号', '整理券')

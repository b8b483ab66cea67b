"""The order in which fields are settled: after what their rules read, found once for each definition."""

from sample_office import app, submit

from forms.settling_order import order_of

TURNED_ROUND = """
    title: 見積り
    sections:
      - title: 合計
        relevant: 数量 > 0
        fields:
          - {name: 税込, type: money, calculation: 税抜 * 2}
          - {name: 税抜, type: money, calculation: 数量 * 100}
      - title: 数
        fields:
          - {name: 数量, type: integer, default: '3'}
          - name: 明細
            type: subtable
            columns:
              - {name: 金額, type: money, calculation: 単価 * 税抜}
              - {name: 単価, type: integer}
    """


def test_a_field_follows_the_fields_that_its_rules_its_section_and_its_columns_read():
    names = order_of(app(TURNED_ROUND)).names
    assert names.index('数量') < names.index('税抜') < names.index('税込')
    assert names.index('税抜') < names.index('明細')
    assert order_of(app(TURNED_ROUND)).rows['明細'].names == ('単価', '金額')


def test_values_do_not_depend_on_the_order_of_the_form():
    cleaned = submit(app(TURNED_ROUND), {'明細': [{'単価': 2}]})
    assert (cleaned.values['税込'], cleaned.values['明細'][0]['金額']) == (600, 600)


def test_a_definition_has_one_order_and_its_next_version_another():
    first, second = app(TURNED_ROUND), app(TURNED_ROUND.replace('数量 * 100', '税率 * 100') + """
      - title: 率
        fields:
          - {name: 税率, type: integer}
    """)
    assert order_of(first) is order_of(first)
    names = order_of(second).names
    assert names.index('税率') < names.index('税抜')

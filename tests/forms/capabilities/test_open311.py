"""What a definition makes public by Open311: services, closed statuses, and the words of a record."""

from sample_office import app, at, mistakes

WRITTEN = """
    title: 街灯
    sections:
      - title: 要望
        fields:
          - {name: 種別, type: select_one, choices: [消灯, 点滅, {value: 倒壊, retired: true}]}
          - {name: 内容, type: text}
          - {name: 公開, type: yes_no}
    numbering: [{field: 番号, format: '灯{seq:4}'}]
    workflow:
      statuses: [{name: 受付}, {name: 完了, done: true}]
      actions: [{name: 終える, from: [受付], to: 完了}]
    open311:
      jurisdiction: city.example
      service: 種別
      codes: {消灯: lamp-off}
      description: 内容
      released: 公開 = true
    """
LAMPS = app(WRITTEN)
TOLD = LAMPS.capabilities['open311']
NOW = at('2026-11-20 10:00')


def test_a_choice_is_a_service_by_its_code_or_its_word():
    assert [*TOLD.services(LAMPS)] == ['lamp-off', '点滅', '倒壊']


def test_what_is_done_is_closed():
    assert TOLD.closed_statuses(LAMPS) == {'完了'}


def test_words_are_released_by_a_yes_alone():
    assert TOLD.is_released(LAMPS, {'公開': True}, NOW)
    assert not TOLD.is_released(LAMPS, {'公開': False}, NOW)
    assert not TOLD.is_released(LAMPS, {}, NOW)


def test_without_a_jurisdiction_nothing_can_be_asked_for():
    found = mistakes(WRITTEN.replace('  jurisdiction: city.example', ''))
    assert [code for code, _ in found] == ['D103']

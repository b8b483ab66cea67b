"""The draw: bytes that anybody can recompute, places given in that order, groups whole or not at all."""

import json
import random
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from sample_office import OFFICE, app, at, codes, mistakes, submit

from forms.acting import act, take_back
from forms.capabilities.lottery import Entry, Rules, draw, ticket_of
from forms.loader import load_folder

EVENT = load_folder(Path(__file__).parents[3] / 'apps' / 'definitions').apps['event_lottery']
LOTTERY = EVENT.capabilities['lottery']
CLOSED = at('2026-12-12 09:00', account='mihon', roles=('staff',))
SEED = '令和8年12月11日|abc'


def outcome(result):
    return {each.id: (each.outcome, each.session, each.waiting) for each in result.drawn}


def in_order(*sizes, choices=('午前',), seed=SEED):
    """Entries whose order in the draw is the order of the sizes given."""
    ids = sorted((f'a{number}' for number in range(len(sizes))), key=lambda each: ticket_of(seed, each))
    return [Entry(each, tuple(choices), size) for each, size in zip(ids, sizes, strict=True)]


def test_the_ticket_is_the_hash_of_the_exact_bytes():
    """The vector of the manual: SHA-256 over the UTF-8 bytes of seed, one vertical bar, number."""
    assert ticket_of('2026-12-11', '陶0001') == sha256('2026-12-11|陶0001'.encode()).hexdigest()
    assert ticket_of('2026-12-11', '陶0001') == '7e36c727fb98bcccfc7dcfb0ddd6a0416cd92c0347c7495bd54530107c0ae440'


def test_the_lowest_ticket_comes_first():
    entries = [Entry(f'陶{number:04}', ('午前',)) for number in range(1, 41)]
    result = draw(Rules(capacity={'午前': 10}), entries, SEED)
    tickets = [each.ticket for each in result.drawn]
    assert tickets == sorted(tickets)
    assert [each.order for each in result.drawn] == list(range(1, 41))
    assert [each.outcome for each in result.drawn] == ['当選'] * 10 + ['補欠'] * 30
    assert [each.waiting for each in result.drawn[10:]] == list(range(1, 31))


def test_the_order_in_which_entries_come_does_not_matter():
    chance = random.Random(1)
    entries = [
        Entry(str(number), tuple(chance.sample(['A', 'B', 'C'], 3)), chance.randint(1, 4)) for number in range(300)
    ]
    rules = Rules(capacity={'A': 60, 'B': 40, 'C': 20}, waiting={'B': 10})
    first = draw(rules, entries, SEED)
    for _ in range(5):
        chance.shuffle(entries)
        assert draw(rules, entries, SEED) == first
    assert draw(rules, entries, SEED + 'x') != first


@pytest.mark.long
def test_the_same_in_another_process_with_another_hash_seed():
    program = (
        'import json; from forms.capabilities.lottery import *;'
        "r = draw(Rules(capacity={'A': 5, 'B': 3}), [Entry(str(n), ('B', 'A'), n % 3 + 1) for n in range(50)], 'x');"
        'print(json.dumps([[d.id, d.ticket, d.outcome, d.session] for d in r.drawn]))'
    )
    root = Path(__file__).parents[3]
    printed = [
        subprocess.run(
            [sys.executable, '-c', program], cwd=root, env={'PYTHONHASHSEED': seed}, capture_output=True, check=True
        ).stdout
        for seed in ('1', '2')
    ]
    assert printed[0] == printed[1]
    assert len(json.loads(printed[0])) == 50


def test_everybody_gets_the_dearest_choice_that_still_has_room():
    entries = [replace(each, choices=('午前', '午後')) for each in in_order(1, 1, 1, 1)]
    result = draw(Rules(capacity={'午前': 1, '午後': 2}), entries, SEED)
    assert [(each.outcome, each.session) for each in result.drawn] == [
        ('当選', '午前'), ('当選', '午後'), ('当選', '午後'), ('補欠', '午前'),
    ]
    assert result.left == {'午前': 0, '午後': 0}


def test_a_group_is_placed_whole_or_not_at_all():
    entries = in_order(2, 3, 1)
    skipped = draw(Rules(capacity={'午前': 4}, policy='skip'), entries, SEED)
    assert [each.outcome for each in skipped.drawn] == ['当選', '補欠', '当選']
    assert skipped.left == {'午前': 1}
    stopped = draw(Rules(capacity={'午前': 4}, policy='stop'), entries, SEED)
    assert [each.outcome for each in stopped.drawn] == ['当選', '補欠', '補欠']
    assert stopped.left == {'午前': 2}


def test_stop_closes_one_session_and_not_the_others():
    entries = [replace(each, choices=('午前', '午後')) for each in in_order(2, 3, 1, 1)]
    stopped = draw(Rules(capacity={'午前': 3, '午後': 3}, policy='stop'), entries, SEED)
    assert [each.session for each in stopped.drawn[:2]] == ['午前', '午後']
    assert [each.outcome for each in stopped.drawn[2:]] == ['補欠', '補欠']


def test_a_group_larger_than_every_session_has_lost_and_waits_for_nothing():
    result = draw(Rules(capacity={'午前': 3}), in_order(4, 1), SEED)
    assert [each.outcome for each in result.drawn] == ['落選', '当選']


def test_a_waiting_list_has_its_length():
    result = draw(Rules(capacity={'午前': 1}, waiting={'午前': 2}), in_order(1, 1, 1, 1), SEED)
    assert [each.outcome for each in result.drawn] == ['当選', '補欠', '補欠', '落選']
    assert [each.waiting for each in result.drawn] == [0, 1, 2, 0]


def test_who_has_withdrawn_is_not_drawn_and_changes_nobodys_order():
    entries = in_order(1, 1, 1)
    without = draw(Rules(capacity={'午前': 1}), [replace(entries[0], withdrawn=True), *entries[1:]], SEED)
    assert entries[0].id not in outcome(without)
    assert outcome(without)[entries[1].id] == ('当選', '午前', 0)


def test_one_number_cannot_be_drawn_twice():
    with pytest.raises(ValueError, match='drawn twice'):
        draw(Rules(capacity={'午前': 1}), [Entry('a', ('午前',)), Entry('a', ('午前',))], SEED)


def test_everybody_wins_as_often_as_chance_has_it():
    """Each of 20 applicants wins 5 places of 20 in about a quarter of 2,000 draws (within 5 sigma of the binomial)."""
    entries = [Entry(str(number), ('A',)) for number in range(20)]
    wins = dict.fromkeys((entry.id for entry in entries), 0)
    for seed in range(2000):
        for each in draw(Rules(capacity={'A': 5}), entries, str(seed)).drawn[:5]:
            wins[each.id] += 1
    assert all(abs(count - 500) < 5 * 19.4 for count in wins.values()), wins


# The app


def applicant(number, **more):
    return {
        '受付番号': f'陶{number:04}', '氏名': '見本 太郎', 'フリガナ': 'ミホン タロウ', '第1希望': '午前の部',
        '人数': 2, **more,
    }


RECORDS = {f'id{number}': applicant(number) for number in range(1, 13)}


def test_the_app_draws_by_receipt_number_and_sets_result_session_and_order():
    result, updates = LOTTERY.drawn(EVENT, RECORDS, SEED)
    assert result.drawn[0].id in {values['受付番号'] for values in RECORDS.values()}
    assert sorted(update['抽選順'] for update in updates.values()) == list(range(1, 13))
    won = [record_id for record_id, update in updates.items() if update['当落'] == '当選']
    assert len(won) == 10, 'twenty places, two persons each'
    assert {updates[record_id]['参加する回'] for record_id in won} == {'午前の部'}
    cleaned = submit(EVENT, {}, RECORDS[won[0]], CLOSED, ruled=updates[won[0]])
    assert cleaned.messages == ()
    assert cleaned.values['当落'] == '当選'


def test_results_are_written_by_the_draw_alone():
    assert codes(submit(EVENT, {'当落': '当選'}, RECORDS['id1'], CLOSED)) == {'当落': 'readonly'}


def test_no_draw_before_the_closing_none_twice_none_of_nobody():
    early = replace(CLOSED, now=CLOSED.now.replace(day=11, hour=16))
    refusal = LOTTERY.refusal_to_draw(EVENT, RECORDS, early)
    assert refusal.text == '受付が終わる令和8年12月11日(金)17時00分より前には、抽選できません。'
    assert LOTTERY.refusal_to_draw(EVENT, RECORDS, CLOSED) is None
    once = {**RECORDS, 'id1': {**RECORDS['id1'], '当落': '落選'}}
    assert LOTTERY.refusal_to_draw(EVENT, once, CLOSED).code == 'already_drawn'
    assert LOTTERY.refusal_to_draw(EVENT, {}, CLOSED).code == 'nobody_to_draw'


def test_a_withdrawal_takes_the_application_out_and_can_be_taken_back():
    def taken(old, **more):
        return act(EVENT, 'withdraw', {}, old=old, around=OFFICE, moment=CLOSED)

    withdrawn = taken(RECORDS['id1'])
    assert withdrawn.messages == ()
    assert LOTTERY.entry(EVENT, 'id1', withdrawn.values).withdrawn
    _, updates = LOTTERY.drawn(EVENT, {**RECORDS, 'id1': withdrawn.values}, SEED)
    assert 'id1' not in updates
    back = take_back(EVENT, [], {}, old=withdrawn.values, around=OFFICE, moment=CLOSED)
    assert not LOTTERY.entry(EVENT, 'id1', back.values).withdrawn
    assert codes(taken({**RECORDS['id2'], '当落': '落選'})) == {'参加の返事': 'nothing_to_answer'}


def test_late_applications_are_never_drawn():
    late = app("""
        title: 催し
        sections: [{fields: [{name: 氏名, type: person_name}]}]
        period: {closes: 2026-05-01 17:00, late_by_staff: true}
        lottery: {sessions: [{name: 本番, capacity: 5}]}
        """)
    paper = submit(late, {'氏名': '見本 太郎'}, moment=at('2026-05-02 09:00', roles=('staff',)))
    assert paper.messages == ()
    assert paper.values['締切後の受付'] is True
    in_time = submit(late, {'氏名': '例示 花子'}, moment=at('2026-05-01 17:00', roles=('staff',))).values
    _, updates = late.capabilities['lottery'].drawn(late, {'late': paper.values, 'in_time': in_time}, SEED)
    assert list(updates) == ['in_time']


RULED = """
    title: 催し
    sections:
      - fields:
          - {name: 電話, type: phone}
          - {name: 学年, type: select_one, choices: [上, 下]}
          - {name: 住まい, type: select_one, choices: [市内, 市外]}
          - {name: 第1希望, type: select_one, choices: [午前, 午後, {value: 夜, retired: true}]}
          - {name: 第2希望, type: select_one, choices: [午前, 午後]}
          - {name: 人数, type: integer, max: 4}
          - {name: 落選回数, type: integer}
    lottery:
      sessions: [{name: 午前, capacity: 7, minimum: 2, waiting: 3}, {name: 午後, capacity: 4}]
      choices: [第1希望, 第2希望]
      size: 人数
      tiers: {field: 学年, order: [上, 下]}
      set_aside: {field: 住まい, values: [市内], share: 50%}
      odds: {losses: 落選回数, most: 3}
      one_win: [電話]
    """


def test_the_rules_of_a_definition_reach_the_draw():
    event = app(RULED)
    lottery = event.capabilities['lottery']
    rules = lottery.draw_rules()
    assert rules.set_aside == {'午前': 4, '午後': 2}, 'half of seven, rounded up'
    assert (rules.minimum, rules.waiting, rules.capacity) == ({'午前': 2}, {'午前': 3}, {'午前': 7, '午後': 4})

    def entry(**values):
        return lottery.entry(event, 'x', {'第1希望': '午前', **values})

    assert [entry(学年=each).tier for each in ('上', '下', None)] == [0, 1, 2]
    assert [entry(住まい=each).priority for each in ('市内', '市外', None)] == [True, False, False]
    assert [entry(落選回数=each).tickets for each in (None, 0, 1, 9, -3)] == [1, 1, 2, 3, 1]
    assert [entry(人数=each).size for each in (None, 3, 0, -2)] == [1, 3, 1, 1], 'nobody makes room for others'
    assert entry(電話='０９０-0000-0001').person == entry(電話='090-0000-0001').person != ''
    assert entry(電話=None).person == ''
    assert entry(第1希望='夜', 第2希望='午後').choices == ('午後',), 'a session that is no more is no wish'


@pytest.mark.parametrize(
    ('lottery', 'code'),
    [
        ('choices: [第1希望], sessions: [{name: 午前, capacity: 5}]', 'D762'),
        ('choices: [第1希望], sessions: [{name: 午前, capacity: 0}, {name: 午後, capacity: 5}]', 'D761'),
        ('choices: [第1希望], sessions: [{name: 午前, capacity: 5}, {name: 午前, capacity: 5}]', 'D113'),
        ('choices: [第一希望], sessions: [{name: 午前, capacity: 5}, {name: 午後, capacity: 5}]', 'D209'),
        ('choices: [人数], sessions: [{name: 午前, capacity: 5}, {name: 午後, capacity: 5}]', 'D210'),
        ('size: 人数, choices: [第1希望], sessions: [{name: 午前, capacity: 3}, {name: 午後, capacity: 3}]', 'D763'),
        ('size: 第1希望, choices: [第1希望], sessions: [{name: 午前, capacity: 5}, {name: 午後, capacity: 5}]', 'D210'),
        ('sessions: [{name: 午前, capacity: 5}, {name: 午後, capacity: 5}]', 'D103'),
        ('choices: [第1希望], policy: split, sessions: [{name: 午前, capacity: 5}, {name: 午後, capacity: 5}]', 'D108'),
    ],
)
def test_wrong_lotteries_are_told(lottery, code):
    found = mistakes(f"""
        title: 催し
        sections:
          - fields:
              - {{name: 第1希望, type: select_one, choices: [午前, 午後]}}
              - {{name: 人数, type: integer, max: 4}}
        lottery: {{{lottery}}}
        """)
    assert code in [each for each, _ in found]

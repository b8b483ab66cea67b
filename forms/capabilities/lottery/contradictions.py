"""Rules of a lottery that make no sense together, or not with the fields of the app."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from forms.capabilities.lottery.settings import Odds, Session, SetAside, Tiers
from forms.capabilities.period import Period
from forms.problems import At, Problem, instead, problem

if TYPE_CHECKING:
    from forms.capabilities.lottery import Lottery
    from forms.definition import AppDefinition


def contradictions(lottery: Lottery, definition: AppDefinition) -> Iterable[Problem]:
    yield from _session_problems(lottery, definition)
    for name in lottery.choices:
        yield from _choice_problems(lottery, name, definition)
    yield from _size_problems(lottery, definition)
    yield from _unknown(('number', lottery.number), ('number',), definition)
    if lottery.tiers:
        yield from _tier_problems(lottery.tiers, definition)
    if lottery.set_aside:
        yield from _set_aside_problems(lottery.set_aside, lottery, definition)
    if lottery.odds:
        yield from _odds_problems(lottery.odds, lottery, definition)
    yield from _same_field_twice(lottery)
    yield from _one_win_problems(lottery, definition)
    if lottery.policy == 'stop' and not lottery.size:
        yield problem('D764', at=('policy',))
    if lottery.offer_hours < 1:
        yield problem('D765', at=('offer_hours',), value=lottery.offer_hours)


def _session_problems(lottery: Lottery, definition: AppDefinition) -> Iterable[Problem]:
    period = definition.capabilities.get('period')
    closes = period.closes if isinstance(period, Period) else None
    if not lottery.sessions:
        yield problem('D103', at=(), key='sessions', where='lottery')
    for index, each in enumerate(lottery.sessions):
        if each.capacity < 1:
            yield problem('D761', at=('sessions', index, 'capacity'), name=each.name)
        elif each.minimum > each.capacity:
            yield problem('D766', at=('sessions', index, 'minimum'), name=each.name, capacity=each.capacity)
        if closes and each.starts and each.starts <= closes:
            yield problem('D767', at=('sessions', index, 'starts'), name=each.name)
    if not lottery.choices and len(lottery.sessions) > 1:
        yield problem('D103', at=(), key='choices', where='lottery')


def _choice_problems(lottery: Lottery, name: str, definition: AppDefinition) -> Iterable[Problem]:
    sessions = {session.name for session in lottery.sessions}
    at: At = ('choices',)
    yield from _unknown(('choices', name), at, definition)
    yield from _not_of(('choices', name), at, definition, 'select_one', '選択(1つ)')
    for value in _values(definition, name):
        if value not in sessions:
            yield problem('D762', at=at, field=name, name=value)


def _size_problems(lottery: Lottery, definition: AppDefinition) -> Iterable[Problem]:
    yield from _unknown(('size', lottery.size), ('size',), definition)
    wrong = list(_not_of(('size', lottery.size), ('size',), definition, 'integer', '整数'))
    yield from wrong
    each = definition.fields.get(lottery.size)
    if each is not None and not wrong and lottery.sessions:
        most, capacity = getattr(each, 'max', None), max(session.capacity for session in lottery.sessions)
        if most is None or most > capacity:
            yield problem('D763', at=('size',), field=lottery.size, capacity=capacity)


def _tier_problems(tiers: Tiers, definition: AppDefinition) -> Iterable[Problem]:
    at: At = ('tiers',)
    yield from _choice_field(('tiers', tiers.field), at, definition)
    known = _values(definition, tiers.field)
    yield from _unknown_values((*at, 'order'), tiers.order, known, tiers.field)
    for missing in [each for each in known if each not in tiers.order]:
        yield problem('D768', at=(*at, 'order'), field=tiers.field, value=missing)


def _set_aside_problems(aside: SetAside, lottery: Lottery, definition: AppDefinition) -> Iterable[Problem]:
    at: At = ('set_aside',)
    yield from _choice_field(('set_aside', aside.field), at, definition)
    known = _values(definition, aside.field)
    yield from _unknown_values((*at, 'values'), aside.values, known, aside.field)
    if not aside.values:
        yield problem('D104', at=(*at, 'values'), key='values')
    elif known and set(aside.values) >= set(known):
        yield problem('D769', at=(*at, 'values'), field=aside.field)
    if bool(aside.share) == bool(aside.places):
        yield problem('D770', at=at)
    elif aside.share and aside.portion() is None:
        yield problem('D771', at=(*at, 'share'), value=aside.share)
    elif aside.places:
        yield from _too_many_places(aside, lottery.sessions)


def _too_many_places(aside: SetAside, sessions: Iterable[Session]) -> Iterable[Problem]:
    for each in sessions:
        if aside.places < 1 or aside.places > each.capacity > 0:
            yield problem('D772', at=('set_aside', 'places'), name=each.name, capacity=each.capacity)


def _odds_problems(odds: Odds, lottery: Lottery, definition: AppDefinition) -> Iterable[Problem]:
    at: At = ('odds',)
    if lottery.method != 'sha256':
        yield problem('D773', at=at, method=lottery.method)
    if bool(odds.field) != bool(odds.tickets) or not (odds.field or odds.losses):
        yield problem('D774', at=at)
    if odds.field:
        yield from _choice_field(('odds', odds.field), at, definition)
        yield from _unknown_values((*at, 'tickets'), odds.tickets, _values(definition, odds.field), odds.field)
    for value, count in odds.tickets.items():
        if count < 1:
            yield problem('D775', at=(*at, 'tickets', value), value=value)
    yield from _unknown(('losses', odds.losses), (*at, 'losses'), definition)
    yield from _not_of(('losses', odds.losses), (*at, 'losses'), definition, 'integer', '整数')
    if odds.most < 0 or odds.most == 1:
        yield problem('D776', at=(*at, 'most'), value=odds.most)


def _same_field_twice(lottery: Lottery) -> Iterable[Problem]:
    """Who is drawn first anyway gains nothing by places set aside, nor by more tickets than others of the same tier."""
    if lottery.tiers is None:
        return
    for key, field in (
        ('set_aside', lottery.set_aside.field if lottery.set_aside else ''),
        ('odds', lottery.odds.field if lottery.odds else ''),
    ):
        if field and field == lottery.tiers.field:
            yield problem('D777', at=(key,), key=key, field=field)


def _one_win_problems(lottery: Lottery, definition: AppDefinition) -> Iterable[Problem]:
    for name in lottery.one_win:
        yield from _unknown(('one_win', name), ('one_win',), definition)
    unique = definition.capabilities.get('unique')
    for each in getattr(unique, 'sets', ()):
        if each.fields and set(each.fields) <= set(lottery.one_win):
            yield problem('D778', at=('one_win',), fields='、'.join(each.fields))


def _choice_field(written: tuple[str, str], at: At, definition: AppDefinition) -> Iterable[Problem]:
    yield from _unknown(written, (*at, 'field'), definition)
    yield from _not_of(written, (*at, 'field'), definition, 'select_one', '選択(1つ)')


def _unknown(written: tuple[str, str], at: At, definition: AppDefinition) -> Iterable[Problem]:
    setting, name = written
    if name and name not in definition.fields:
        yield problem('D209', at=at, setting=setting, name=name, instead=instead(name, definition.fields))


def _not_of(
    written: tuple[str, str], at: At, definition: AppDefinition, kind: str, wanted: str
) -> Iterable[Problem]:
    setting, name = written
    each = definition.fields.get(name)
    if each is not None and each.TYPE != kind:
        yield problem('D210', at=at, setting=setting, name=name, type=each.TITLE, wanted=wanted)


def _unknown_values(at: At, written: Iterable[str], known: Collection[str], field: str) -> Iterable[Problem]:
    for value in written:
        if known and value not in known:
            yield problem('D779', at=at, field=field, value=value, instead=instead(value, known))


def _values(definition: AppDefinition, name: str) -> list[str]:
    """The choices of a field that can still be chosen."""
    return [each.value for each in getattr(definition.fields.get(name), 'choices', ()) if not each.retired]

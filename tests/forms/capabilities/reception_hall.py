"""A reception day without a store: people come, are called, served; what the operation does, done by hand."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sample_office import OFFICE, Office, at, codes, submit

from forms.acting import act, take_back
from forms.capabilities.queue.closing import steps_at_closing
from forms.loader import load_folder

COUNTER = load_folder(Path(__file__).parents[3] / 'apps' / 'definitions').apps['counter_queue']
QUEUE = COUNTER.capabilities['queue']
HOUSING, LIVING = '住宅政策課', '生活支援課'


class Hall:
    """A reception day: visits by id, numbers by series, a clock. What the operation does, without a store."""

    def __init__(self, day='2026-05-01', definition=COUNTER):
        self.definition, self.queue = definition, definition.capabilities['queue']
        self.moment = at(f'{day} 09:00', account='clerk', roles=('staff',))
        self.visits, self.counters = {}, Counter()

    def pass_minutes(self, minutes):
        self.moment = replace(self.moment, now=self.moment.now + timedelta(minutes=minutes))

    def come(self, *items, **more):
        visit = f'v{len(self.visits) + 1:05}'
        office = Office(today=self.moment.now.date())
        cleaned = submit(self.definition, {'用件': list(items), **more}, moment=self.moment, office=office)
        assert cleaned.messages == ()
        self.visits[visit] = self._numbered(None, cleaned.values)
        return visit

    def edit(self, visit, raw):
        old = self.visits[visit]
        cleaned = submit(self.definition, raw, old, self.moment)
        assert cleaned.messages == ()
        self.visits[visit] = self._numbered(old, cleaned.values)

    def _numbered(self, old, values):
        values = dict(values)
        for wish in self.queue.numbers(self.definition, old, values, self.moment):
            series = wish.series(values)
            self.counters[series] = max(self.counters[series] + 1, wish.start)
            values[wish.field] = wish.render(self.counters[series], values)
        return {**values, **self.queue.derive(self.definition, values, self.moment)}

    def do(self, visit, action, ticket, **given):
        """Codes of the refusals; {} when it was done."""
        given = {'ticket': ticket, **given}
        taken = act(self.definition, action, given, old=self.visits[visit], around=OFFICE, moment=self.moment)
        return self._kept(visit, taken)

    def undo(self, visit, **given):
        taken = take_back(self.definition, [], given, old=self.visits[visit], around=OFFICE, moment=self.moment)
        return self._kept(visit, taken)

    def _kept(self, visit, taken):
        if not taken.messages:
            self.visits[visit] = self._numbered(self.visits[visit], taken.values)
        return codes(taken)

    def call_next(self, section, counter):
        found = self.queue.next_visit(self.visits.items(), section, counter, self.moment)
        if found is None:
            return None
        name = found.ticket.name
        assert self.do(found.visit, 'call', name, counter=counter, by_rule=found) == {}
        return name

    def close(self):
        for visit, values in self.visits.items():
            after = steps_at_closing(self.queue, values.get(self.queue.steps) or (), self.moment)
            self.visits[visit] = {**values, self.queue.steps: list(after), **self.queue.told(after)}

    def status(self, visit):
        return {ticket.name: ticket.status for ticket in self.queue.tickets_of(self.visits[visit])}

    def ticket(self, visit, name):
        tickets = self.queue.tickets_of(self.visits[visit], self.moment.now)
        return next(each for each in tickets if each.name == name)

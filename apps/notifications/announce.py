"""Writing down whom a save concerns, in the transaction of the save: nothing is lost and nothing doubles.

Called by apps/operations/save.py at the end of every save.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from apps.addresses import record_address
from apps.clock import stamp
from apps.notifications.notification import CHOICES, NOTIFICATIONS, choices_of, notification_id
from apps.notifications.receivers import receivers
from apps.outbox.drafts import notices_of, shown
from apps.outbox.notice import Notice
from apps.outbox.queueing import put_once, queue_in
from apps.people import SYSTEM, Person
from apps.sight import Sight
from apps.transactions import told
from forms.capabilities.notify import Notify, NotifyRule
from forms.capabilities.notify.rule import day_of
from forms.capability import Moment, Values
from forms.merge_text import merge_fields, merged
from storage import Doc, Tx

if TYPE_CHECKING:
    from apps.operations.save import Task
    from forms.definition import AppDefinition

ACTION = '操作: '
"""Before the name of an action in the reason of a transaction (apps/operations/act.py)."""

WITHHELD = '(非表示)'


def announce(task: Task, doc: Doc) -> None:
    """Tell staff and applicants of this save."""
    moment = replace(task.moment, around=task.world.whole())
    about = About(task.tx, task.definition, doc, moment)
    notify = task.definition.capabilities.get('notify')
    if isinstance(notify, Notify):
        action = task.tx.reason.removeprefix(ACTION) if task.tx.reason.startswith(ACTION) else ''
        for rule in notify.happened(task.definition, task.before, told(doc), action, moment):
            about.tell(rule, str(doc.rev), but=task.by.account)
        for rule, day in late_reminders(notify, about, task.before):
            about.tell(rule, day)
    notices = notices_of(task.definition)
    if notices is not None:
        for text in notices.at_once(task.definition, task.before, told(doc), moment):
            queue_in(task.tx, task.definition, text, doc.doc_id, told(doc), moment=moment)


@dataclass(frozen=True, slots=True)
class About:
    """A record that people are told of, inside one transaction. moment.around names whatever it refers to."""

    tx: Tx
    definition: AppDefinition
    doc: Doc
    moment: Moment

    def tell(self, rule: NotifyRule, occasion: str, *, but: str = '') -> int:
        """Tell everybody whom the rule names, once for this occasion; returns how many were told now.

        but: who did it themselves. Who may not see the record hears nothing of it.
        """
        count = 0
        for person in receivers(self.tx, self.definition, rule.to, self.doc, self.moment.now):
            sight = Sight.of(self.definition, person, person.moment(self.moment.now))
            if person.account != but and sight.sees(self.doc):
                count += self._tell(rule, occasion, person, sight)
        return count

    def _tell(self, rule: NotifyRule, occasion: str, person: Person, sight: Sight) -> bool:
        app, record = self.definition.name, self.doc.doc_id
        own_id = notification_id(person.account, app, record, rule.name, occasion)
        if self.tx.get(NOTIFICATIONS, own_id) is not None:
            return False
        title = self._title(sight)
        told_now = {'account': person.account, 'app': app, 'record': record, 'event': rule.name, 'title': title}
        text = merged(rule.text, {name: self._word(name, sight) for name in merge_fields(rule.text)})
        self.tx.put(NOTIFICATIONS, {**told_now, 'text': text, 'at': stamp(self.moment.now)}, own_id)
        choices = choices_of(self.tx.get(CHOICES, person.account))
        if choices.mails(app, rule.name):
            put_once(self.tx, self._mail(rule, occasion, person, choices.address, title))
        return True

    def _mail(self, rule: NotifyRule, occasion: str, person: Person, address: str, title: str) -> Notice:
        """A mail leaves the house: it holds what the record is called and where it is, and nothing of what it says."""
        return Notice(
            app=self.definition.name,
            record=self.doc.doc_id,
            event=rule.name,
            person=person.account,
            occasion=occasion,
            to=address,
            subject=f'{self.definition.title}: {rule.name}',
            body=f'{rule.name}\n{title}\n\n内容は、次のアドレスを開いて見てください。',
            link=record_address(self.definition.name, self.doc.doc_id),
            by=SYSTEM.account,
            at=stamp(self.moment.now),
        )

    def _title(self, sight: Sight) -> str:
        """What the record is called, without what is personal and without what this person may not see."""
        names = (name for name in self.definition.record_title if not self.definition.fields[name].privacy)
        withheld = sight.hidden(self.doc) | sight.masked(self.doc)
        around = self.moment.around
        words = (shown(self.definition, name, self.doc, around) for name in names if name not in withheld)
        return ' '.join(each for each in words if each)

    def _word(self, name: str, sight: Sight) -> str:
        if name in sight.hidden(self.doc) | sight.masked(self.doc):
            return WITHHELD
        return shown(self.definition, name, self.doc, self.moment.around)


def late_reminders(notify: Notify, about: About, before: Values | None) -> Iterator[tuple[NotifyRule, str]]:
    """The reminders whose moment had passed already when this save made them due, with the day they are about.

    Before a day that is itself over nobody is reminded any more.
    """
    definition, now, values = about.definition, about.moment.now, told(about.doc)
    for rule in notify.dated:
        due, day = notify.due(definition, rule, values, about.moment), occasion_of(rule, definition, values)
        if due is None or due > now or (rule.before is not None and day < now.date().isoformat()):
            continue
        was = notify.due(definition, rule, before, about.moment) if before is not None else None
        if was is None or occasion_of(rule, definition, before or {}) != day:
            yield rule, day


def occasion_of(rule: NotifyRule, definition: AppDefinition, values: Values) -> str:
    """The day that a reminder is about: when it moves, people are reminded anew."""
    day = day_of(rule, definition)
    value = values.get(day.field) if day is not None else None
    return value[:10] if isinstance(value, str) else ''

"""Saving one record inside a transaction: clean, let the capabilities speak, number, claim, store, follow up.

Every operation that changes a record ends here, so that what holds on one way in holds on all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING, Any

from apps.clock import stamp
from apps.notifications.announce import announce
from apps.operations.ceremony import refuse_after_fixing
from apps.operations.files import blobs_in, keep_files
from apps.operations.permitted import no_such_record, refusals, split
from apps.operations.world import World, title_of
from apps.outcome import Refused
from apps.people import Person
from apps.transactions import told
from forms.capabilities.effect import completion_marks, measured_seconds
from forms.capability import Claim, FollowUp, Moment, Values
from forms.change_rules import SameOffer
from forms.evaluation import context_of
from forms.field import Value
from forms.japanese.search_key import search_key
from forms.message import Message, message
from forms.submission import Cleaned, Note, clean
from storage import Doc, Tx

if TYPE_CHECKING:
    from apps.catalogue import Catalogue
    from apps.formula_failures import Heard
    from forms.definition import AppDefinition

_DEEPEST_FOLLOW_UP = 4

Folded = Mapping[str, tuple[Value, str]]
"""Field -> its value, and the words by which it is found."""

_UNKNOWN: tuple[Value, str] = (object(), '')


@dataclass(frozen=True, slots=True)
class Task:
    """One save to be done: in which app, by whom, when, over which record.

    tells: whether people are told of it; not where very many records come at once (samples, imports).
    """

    tx: Tx
    catalogue: Catalogue
    definition: AppDefinition
    world: World
    by: Person
    moment: Moment
    heard: Heard
    old: Doc | None = None
    origin: str = ''
    depth: int = 0
    folded: Folded | None = None
    tells: bool = True

    @property
    def before(self) -> Values | None:
        return None if self.old is None else told(self.old)


@dataclass(frozen=True, slots=True)
class Done:
    """A stored record; values without the reserved keys."""

    doc: Doc
    title: str
    notes: tuple[Note, ...] = ()
    offers: tuple[SameOffer, ...] = ()

    def answer(self) -> dict[str, Any]:
        """What the store keeps under the request id."""
        notes = [[each.path, each.text] for each in self.notes]
        offers = [list(astuple(each)) for each in self.offers]
        place = {'app': self.doc.coll, 'id': self.doc.doc_id, 'rev': self.doc.rev}
        return {**place, 'title': self.title, 'notes': notes, 'offers': offers}


def save(task: Task, raw: Mapping[str, Value], ruled: Values | None = None) -> Done:
    """Clean `raw` over the old record and store the result. ruled: values an action decides, which nobody may type.

    Raises Refused with every message; then the transaction as a whole is undone. What rules make (a follow-up) may
    fill fields that the person could not.
    """
    return keep(task, judged(task, raw, ruled))


def judged(task: Task, raw: Mapping[str, Value], ruled: Values | None = None) -> Cleaned:
    """What `save` would store, or every refusal that needs no transaction to be known; writes nothing."""
    if task.old is not None and not task.world.sight(task.definition).sees(task.old):
        raise no_such_record()
    writable, sent = (dict(raw), {}) if task.origin else split(task, raw)
    cleaned = clean(
        task.definition,
        writable,
        old=task.before,
        around=task.world,
        context=context_of(task.definition, task.moment, task.before),
        moment=task.moment,
        ruled=ruled,
    )
    return with_refusals(task, cleaned, sent)


def with_refusals(task: Task, cleaned: Cleaned, sent: Values) -> Cleaned:
    """sent: what came for fields that this person may not write."""
    more = refusals(task, sent, cleaned.values)
    return replace(cleaned, messages=(*more, *cleaned.messages)) if more else cleaned


def keep(task: Task, cleaned: Cleaned) -> Done:
    """Store what became of a submission or an action. Raises Refused when it has messages."""
    doc = keep_untitled(task, cleaned)
    return Done(doc, title_of(task.definition, doc, task.world), cleaned.notes, cleaned.offers)


def keep_untitled(task: Task, cleaned: Cleaned) -> Doc:
    """The same where nobody is told the title of the record, because there are very many."""
    if cleaned.messages:
        raise Refused('invalid', cleaned.messages)
    new = _numbered(task, dict(cleaned.values))
    record_id = task.old.doc_id if task.old is not None else task.tx.new_id()
    _claim(task, record_id, new)
    doc = _put(task, record_id, new)
    keep_files(task.tx, task.definition.name, record_id, new, task.world)
    _follow_up(task, record_id, new)
    if task.tells:
        announce(task, doc)
    return doc


def keep_ruled(task: Task, ruled: Values) -> Doc:
    """Store what a capability decided about a record that is there, for decisions about very many records at once.

    Nothing is judged or calculated again, so it takes fields that nothing else in the definition reads.
    """
    assert task.old is not None
    new = dict(task.before or {})
    _set(new, ruled)
    return _put(task, task.old.doc_id, new)


def keep_as_it_was(task: Task, values: Values) -> Doc:
    """Store an earlier state of the record of `task` again, as it was: nothing is judged, its claims are taken anew.

    Raises Refused when somebody else holds by now what the record claimed then.
    """
    assert task.old is not None
    _claim(task, task.old.doc_id, values)
    return _put(task, task.old.doc_id, values)


def _put(task: Task, record_id: str, new: Values) -> Doc:
    rev = task.old.rev if task.old is not None else None
    text = search_text(task.definition, new, task.world.whole(), task.folded)
    return task.tx.put(task.definition.name, {**new, **_marks(task, new)}, record_id, rev, search=text)


def kind_of(refusals: Iterable[Message]) -> str:
    """'closed' when it is only the time that is wrong, so that nobody looks for a mistake in what they typed."""
    return 'closed' if all(each.code in {'closed', 'not_open_yet'} for each in refusals) else 'invalid'


def search_text(definition: AppDefinition, values: Values, world: World, folded: Folded | None = None) -> str:
    """Everything by which people look for this record, folded so that kana, width and old kanji do not matter."""
    known, fields = folded or {}, definition.fields
    keys: dict[str, None] = {}
    for name, value in values.items():
        before, key = known.get(name, _UNKNOWN)
        if before != value and name in fields:
            key = search_key(fields[name].search(value, world))
        if key:
            keys[key] = None
    return ' '.join(keys)


def folded_words(definition: AppDefinition, values: Values, world: World) -> Folded:
    """What `search_text` works out, field by field, so that it can be done before the transaction."""
    fields = definition.fields
    found = {name: value for name, value in values.items() if name in fields}
    return {name: (value, search_key(fields[name].search(value, world))) for name, value in found.items()}


def _numbered(task: Task, new: dict[str, Value]) -> dict[str, Value]:
    definition, before, moment = task.definition, task.before, task.moment
    capabilities = definition.capabilities.values()
    if refusals := [text for each in capabilities for text in each.refuse(definition, before, new, moment)]:
        raise Refused(kind_of(refusals), refusals)
    refuse_after_fixing(task, new)
    for each in capabilities:
        for wish in each.numbers(definition, before, new, moment):
            number = task.tx.number(f'{definition.name}/{wish.series(new)}', wish.start)
            if wish.end and number > wish.end and wish.used_up is not None:
                raise Refused('closed', [wish.used_up])
            _set(new, {wish.field: wish.render(number, new)})
    for each in capabilities:
        _set(new, each.derive(definition, new, moment))
    return new


def _set(new: dict[str, Value], values: Values) -> None:
    for name, value in values.items():
        if value is None:
            new.pop(name, None)
        else:
            new[name] = value


def _marks(task: Task, new: Values) -> dict[str, Value]:
    now, account = stamp(task.moment.now), task.by.account
    changed = {'_changed_at': now, '_changed_by': account, '_version': task.definition.version}
    if task.old is not None:
        kept = {name: value for name, value in task.old.items() if name.startswith('_')}
        return {**kept, **changed, **completion_marks(task.definition, task.old, new, task.moment)}
    made: dict[str, Value] = {'_created_at': now, '_created_by': account, **changed}
    if task.origin:
        made['_origin'] = task.origin
    if (seconds := measured_seconds(task.moment)) is not None:
        made['_seconds'] = seconds
    return made


def _claim(task: Task, record_id: str, new: Values) -> None:
    """Take the values of which there may be only one, and give back those this record no longer holds."""
    claims = list(claims_of(task.definition, new))
    earlier = list(claims_of(task.definition, task.before)) if task.before is not None else []
    wanted = {(each.scope, each.value) for each in claims}
    for scope in {each.scope for each in earlier if (each.scope, each.value) not in wanted}:
        task.tx.release(f'{task.definition.name}/{scope}', record_id)
    taken = [
        each.refusal
        for each in claims
        if task.tx.claim(f'{task.definition.name}/{each.scope}', each.value, record_id) is not None
    ]
    if taken:
        raise Refused('invalid', taken)


def release_claims(task: Task) -> None:
    """Give back everything the record holds, because it is going."""
    for scope in {each.scope for each in claims_of(task.definition, task.before or {})}:
        task.tx.release(f'{task.definition.name}/{scope}', task.old.doc_id if task.old is not None else '')


def claims_of(definition: AppDefinition, values: Values) -> Iterable[Claim]:
    """The values of which there may be only one, of a record with these values."""
    for name, field in definition.fields.items():
        if field.unique and values.get(name) is not None:
            shown = field.show(values[name])
            refusal = message(name, 'unique', label=field.title, value=shown)
            yield Claim(name, search_key(shown), refusal)
    for each in definition.capabilities.values():
        yield from each.claims(definition, values)


def _follow_up(task: Task, record_id: str, new: Values) -> None:
    if task.depth > _DEEPEST_FOLLOW_UP:
        raise Refused('invalid', detail='派生登録がくり返されています。定義の follow_up を見直してください。')
    wishes = [
        wish
        for each in task.definition.capabilities.values()
        for wish in each.follow_ups(task.definition, task.before, new, task.moment)
    ]
    task.heard.of(task.definition.name, record_id)
    for wish in wishes:
        target = task.catalogue.get(wish.app)
        link = {wish.back_to: record_id} if wish.back_to else {}
        origin = f'{task.definition.name}/{record_id}/{wish.origin}'
        moment = replace(task.moment, opened_at=None)
        known = task.world.lending(blobs_in(new))
        next_task = replace(
            task,
            definition=target,
            world=known,
            moment=replace(moment, around=known.whole()),
            old=None,
            origin=origin,
            depth=task.depth + 1,
            folded=None,
        )
        _save_follow_up(next_task, wish, link)


def _save_follow_up(task: Task, wish: FollowUp, link: Values) -> None:
    try:
        save(task, wish.values, ruled=link)
    except Refused as refused:
        label = task.definition.title
        told_here = [
            Message(wish.origin.replace('/', '.'), each.code, f'{label}を作れません: {each.text}')
            for each in refused.messages
        ]
        raise Refused(refused.kind, told_here, detail='' if told_here else refused.detail) from refused

"""Records about the same thing: linked, merged so that one follows the other, separated again; nothing is discarded.

A follower keeps every value of its own. Its status, as the definition names it, says that it follows; what happens to
the original is read through to it (apps/reading/same_reports.py). Every record that is touched is changed in the same
transaction, with a line in its own history.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from apps.operations.change import refuse_stale
from apps.operations.files import blobs_in
from apps.operations.permitted import no_such_record, refuse_unpermitted
from apps.operations.save import Done, Task, keep, save
from apps.operations.world import title_of
from apps.outcome import Refused
from apps.transactions import told
from forms.capabilities.duplicates import KEY, Duplicates
from forms.capabilities.duplicates.ties import Ties, without
from forms.capabilities.workflow import Workflow
from forms.evaluation import context_of
from forms.field import Value
from forms.submission import clean
from storage import Doc

TOUCHED = 'touched'
"""Key of an answer: [[record id, revision]] of the other records that were changed with it."""

Answer = dict[str, Any]


def link(task: Task, other_id: str, if_rev: int | None, other_rev: int | None) -> Answer:
    """Two records belong together; both stay as open as they are. Raises Refused when they are tied already."""
    other = _both(task, other_id, if_rev, other_rev)
    mine, theirs = _ties(task), _ties(other)
    if _id(other) in mine.others:
        raise Refused('invalid', detail=f'「{_title(other)}」とは、すでにつながっています。')
    done = _retie(task, replace(mine, linked=(*mine.linked, _id(other))))
    return _answer(done, [_retie(other, replace(theirs, linked=(*theirs.linked, _id(task))))])


def merge(task: Task, other_id: str, if_rev: int | None, other_rev: int | None) -> Answer:
    """The record of `task` follows the other one, or what that one follows itself; its own followers come along.

    Raises Refused when it follows something already, and when the other one follows it.
    """
    other = _both(task, other_id, if_rev, other_rev)
    original = _original_of(other)
    if original is not other:
        refuse_unpermitted(original, 'change')
    _refuse_merging(task, other, original)
    return _merged(task, original)


def separate(task: Task, other_id: str, if_rev: int | None, other_rev: int | None) -> Answer:
    """Take back what ties these two: a follower gets the status back that it had, linked ones are linked no more.

    A follower whose original was erased is freed like any other.
    """
    if _ties(task).original == other_id and _found(task, other_id) is None:
        refuse_unpermitted(task, 'change')
        return _answer(_freed(task), [])
    other = _both(task, other_id, if_rev, other_rev)
    mine, theirs = _ties(task), _ties(other)
    if mine.original == _id(other):
        return _apart(task, other)
    if theirs.original == _id(task):
        return _apart(other, task, told_of=task)
    if _id(other) not in mine.linked:
        raise Refused('invalid', detail=f'「{_title(other)}」とは、つながっていません。')
    done = _retie(task, replace(mine, linked=without(mine.linked, [_id(other)])))
    return _answer(done, [_retie(other, replace(theirs, linked=without(theirs.linked, [_id(task)])))])


def submit_merged(task: Task, raw: Mapping[str, Value], same_as: str) -> Answer:
    """A new record that follows another one from the start, in one transaction. Raises Refused as `merge` does."""
    done = save(task, raw)
    made = replace(task, old=done.doc, world=task.world.lending(blobs_in(told(done.doc))))
    original = _original_of(_other(made, same_as))
    refuse_unpermitted(original, 'change')
    _refuse_merging(made, original, original)
    return {**done.answer(), **_merged(made, original)}


def refuse_follower(task: Task) -> None:
    """Raise Refused with the way to the original: what is done is done there, and told here."""
    if task.old is None or not (original_id := Ties.of(task.old).original):
        return
    title = task.world.record_title(task.definition.name, original_id) or '別のレコード'
    raise Refused('closed', detail=f'これは「{title}」にまとめてあります。操作は、まとめ先で行ってください。')


def after_action(task: Task, done: Done) -> Answer:
    """The answer to an action; an original that was withdrawn hands its followers over to the oldest of them."""
    answer, duplicates = done.answer(), _duplicates(task)
    if duplicates is None or not Ties.of(done.doc).followers:
        return answer
    withdrawn = replace(task, old=done.doc)
    if _status(withdrawn) not in duplicates.hand_over:
        return answer
    heirs = _hand_over(withdrawn)
    left = _retie(withdrawn, replace(Ties.of(done.doc), followers=()))
    return {**answer, 'rev': left.doc.rev, TOUCHED: _places(heirs)}


def before_removal(task: Task) -> list[list[Any]]:
    """Nobody vanishes with a record that is removed: its followers go on, and nothing names it. What was touched."""
    ties = _ties(task)
    touched = _hand_over(task) if ties.followers else []
    if ties.original and (original := _found(task, ties.original)) is not None:
        theirs = _ties(original)
        touched.append(_retie(original, replace(theirs, followers=without(theirs.followers, [_id(task)]))))
    for other in _all_found(task, ties.linked):
        theirs = _ties(other)
        touched.append(_retie(other, replace(theirs, linked=without(theirs.linked, [_id(task)]))))
    return _places(touched)


# ---- what happens to the ties


def _merged(task: Task, original: Task) -> Answer:
    mine, theirs = _ties(task), _ties(original)
    carried = [
        _retie(each, replace(_ties(each), original=_id(original))) for each in _all_found(task, mine.followers)
    ]
    linked = without(mine.linked, [_id(original)])
    follower = replace(mine, original=_id(original), former=_status(task), followers=(), linked=linked)
    done = _retie(task, follower, _given(task))
    followers = (*theirs.followers, _id(task), *mine.followers)
    head = _retie(original, replace(theirs, followers=followers, linked=without(theirs.linked, [_id(task)])))
    return _answer(done, [head, *carried])


def _apart(follower: Task, original: Task, told_of: Task | None = None) -> Answer:
    """told_of: the one of the two that the person stands on; the follower where nothing is said."""
    theirs = _ties(original)
    freed = _freed(follower)
    head = _retie(original, replace(theirs, followers=without(theirs.followers, [_id(follower)])))
    return _answer(head, [freed]) if told_of is original else _answer(freed, [head])


def _freed(follower: Task, followers: tuple[str, ...] = ()) -> Done:
    free = replace(_ties(follower), original='', former='', followers=followers)
    return _retie(follower, free, _given_back(follower))


def _hand_over(task: Task) -> list[Done]:
    """The oldest follower becomes the original of the others. The record of `task` itself is left as it is."""
    heirs = sorted(_all_found(task, _ties(task).followers), key=_made_at)
    if not heirs:
        return []
    heir, others = heirs[0], heirs[1:]
    done = _freed(heir, tuple(_id(each) for each in others))
    return [done, *(_retie(each, replace(_ties(each), original=_id(heir))) for each in others)]


def _retie(task: Task, ties: Ties, ruled: Mapping[str, Value] | None = None) -> Done:
    """Store the record with these ties; how many reports it stands for, and its status, follow by the rules."""
    assert task.old is not None
    values = {name: value for name, value in {**task.old, **ties.stored()}.items() if value is not None}
    old = Doc(values, _id(task), task.old.rev, task.old.coll)
    duplicates = _duplicates(task)
    counted = {duplicates.reports: ties.reports} if duplicates is not None and duplicates.reports else {}
    retied = replace(task, old=old)
    cleaned = clean(
        task.definition,
        {},
        old=retied.before,
        around=task.world,
        context=context_of(task.definition, task.moment, retied.before),
        moment=task.moment,
        ruled={**counted, **(ruled or {})},
    )
    return keep(retied, cleaned)


# ---- the status


def _given(task: Task) -> dict[str, Value]:
    duplicates, workflow = _duplicates(task), _workflow(task)
    return {workflow.field: duplicates.status} if duplicates and workflow and duplicates.status else {}


def _given_back(task: Task) -> dict[str, Value]:
    """The former status, or the first one when that is no status any more; nothing where none was given."""
    duplicates, workflow = _duplicates(task), _workflow(task)
    if not duplicates or not workflow or _status(task) != duplicates.status:
        return {}
    former, known = _ties(task).former, {each.name for each in workflow.statuses}
    return {workflow.field: former if former in known else workflow.first_status}


def _status(task: Task) -> str:
    workflow = _workflow(task)
    return str((task.old or {}).get(workflow.field) or '') if workflow else ''


def _workflow(task: Task) -> Workflow | None:
    found = task.definition.capabilities.get('workflow')
    return found if isinstance(found, Workflow) else None


# ---- the two records


def _both(task: Task, other_id: str, if_rev: int | None, other_rev: int | None) -> Task:
    """The other record's task, when this person may change both and both are as they were seen."""
    if _duplicates(task) is None:
        raise Refused('not_found', detail='このアプリは、重複の候補を調べません。')
    refuse_unpermitted(task, 'change')
    refuse_stale(task, {}, if_rev)
    other = _other(task, other_id)
    refuse_unpermitted(other, 'change')
    refuse_stale(other, {}, other_rev)
    return other


def _other(task: Task, record_id: str) -> Task:
    if record_id == _id(task):
        raise Refused('invalid', detail='同じレコードどうしは、つなぐことも、まとめることもできません。')
    found = _found(task, record_id)
    if found is None:
        raise no_such_record()
    return found


def _found(task: Task, record_id: str) -> Task | None:
    found = task.tx.get(task.definition.name, record_id)
    if found is None:
        return None
    return replace(task, old=found, world=task.world.lending(blobs_in(told(found))), folded=None)


def _all_found(task: Task, ids: Iterable[str]) -> list[Task]:
    """One that is gone without our doing (erased by law) is passed over."""
    return [each for each in (_found(task, record_id) for record_id in ids) if each is not None]


def _original_of(task: Task) -> Task:
    """What this one follows, or itself: chains are flat, so there is nothing behind that."""
    ties = _ties(task)
    return (_found(task, ties.original) if ties.original else None) or task


def _refuse_merging(task: Task, other: Task, original: Task) -> None:
    if original is not other and _id(original) == _id(task):
        detail = f'「{_title(other)}」は、すでにこのレコードにまとめてあります。先に別々にしてください。'
        raise Refused('invalid', detail=detail)
    if _ties(task).original:
        title = task.world.record_title(task.definition.name, _ties(task).original) or '別のレコード'
        raise Refused('invalid', detail=f'すでに「{title}」にまとめてあります。先に別々にしてください。')
    duplicates, status = _duplicates(task), _status(original)
    if duplicates is not None and status in duplicates.hand_over:
        detail = f'「{_title(original)}」は「{status}」なので、まとめ先にできません。'
        raise Refused('invalid', detail=detail)


def _duplicates(task: Task) -> Duplicates | None:
    found = task.definition.capabilities.get(KEY)
    return found if isinstance(found, Duplicates) else None


def _ties(task: Task) -> Ties:
    return Ties.of(task.old or {})


def _id(task: Task) -> str:
    assert task.old is not None
    return task.old.doc_id


def _made_at(task: Task) -> str:
    return str((task.old or {}).get('_created_at') or '')


def _title(task: Task) -> str:
    return title_of(task.definition, task.old or {}, task.world)


def _answer(done: Done, others: Iterable[Done]) -> Answer:
    return {**done.answer(), TOUCHED: _places(others)}


def _places(many: Iterable[Done]) -> list[list[Any]]:
    return [[each.doc.doc_id, each.doc.rev] for each in many]

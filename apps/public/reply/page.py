"""The pages of a reply link as plain HTML: the task with its form, and why there is nothing to answer (any more)."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.responses import HTMLResponse

from apps.operations.reply_links import LinkedTask
from apps.panels.asked_form import with_answers
from apps.public.addresses import reply_address
from apps.public.form.page import html_page
from apps.public.reply.shown import Line, lines_of
from apps.reading.shown import moment_text
from apps.reply_links import ANSWERED, WITHDRAWN, KeptLink
from forms.evaluation import Evaluation
from forms.form_context import form_context
from forms.reply_link_form import reply_link_form

if TYPE_CHECKING:
    from apps.context import AppContext
    from forms.capability import Moment

_OVER = {
    ANSWERED: ('返信はもう届いています', '直したいことがあるときは、依頼元にご連絡ください。'),
    WITHDRAWN: ('このリンクは取り消されました', '新しいリンクが届いていないか、ご確認ください。'),
}
_ENDED = ('このリンクは期限が切れました', 'このリンクからは、もう返信できません。依頼元にご連絡ください。')
_MOVED_ON = ('この依頼への返信は終わりました', '依頼元で手続きが進みました。お困りのときは、依頼元にご連絡ください。')
_UNKNOWN = ('このリンクは使えません', 'リンクが途中で切れていないか確かめるか、依頼元にご連絡ください。')


def task_page(context: AppContext, found: LinkedTask, token: str, prefix: str) -> HTMLResponse:
    """What is to be done, and the form to answer it."""
    assert found.offer is not None
    here = prefix + reply_address(token)
    person, now = found.link.person, context.clock.now()
    world = context.reading.world(person)
    ends = datetime.fromisoformat(found.link.ends_at)
    intro = ''.join(f'<p class="intro">{escape(each)}</p>' for each in found.rules.intro.splitlines() if each.strip())
    facts = ''.join(_fact(each, here) for each in lines_of(found, world, context.store))
    body = (
        f'{intro}<p class="period">{escape(moment_text(ends.isoformat()).rsplit(" ", 1)[0])}まで返信できます。</p>'
        f'<section class="card task"><h2>依頼の内容</h2><dl class="lines">{facts}</dl></section>'
    )
    form = with_answers(reply_link_form(found.definition, found.rules, found.offer), _begins(found, person.moment(now)))
    settings = {
        'done': found.rules.done or '返信を受け取りました。',
        'entry': {
            'form': form,
            'recordId': found.link.id,
            'userKey': person.account,
            'context': form_context(found.definition, form, person.moment(now)),
            'apiBase': f'{here}/api',
            'submitUrl': f'{here}/answer',
            'photosFirst': True,
            'saveLabel': 'この内容で送る',
        },
    }
    head = f'<h1>{escape(found.definition.title)}</h1>'
    title = found.definition.title
    return html_page(title=title, head=head, body=body, prefix=prefix, settings=settings, script='reply_page.js')


def over_page(link: KeptLink, now: datetime, prefix: str) -> HTMLResponse:
    """Why nothing can be answered any more; nothing of the task is told."""
    return _plain(*(_MOVED_ON if link.is_open(now) else _OVER.get(link.state, _ENDED)), prefix, status=410)


def unknown_page(prefix: str) -> HTMLResponse:
    """Never was, or ended long ago: nobody learns which."""
    return _plain(*_UNKNOWN, prefix, status=404)


def _plain(title: str, text: str, prefix: str, *, status: int) -> HTMLResponse:
    head = f'<h1>{escape(title)}</h1>'
    page = html_page(title=title, head=head, body=f'<p>{escape(text)}</p>', prefix=prefix)
    page.status_code = status
    return page


def _fact(line: Line, here: str) -> str:
    pictures = ''.join(_picture(line.label, index, each, here) for index, each in enumerate(line.photos, 1))
    shown = f'<div class="pictures">{pictures}</div>' if pictures else escape(line.text)
    if line.point is not None:
        lat, lon = line.point
        shown += f'<br><a href="geo:{lat:.6f},{lon:.6f}?q={lat:.6f},{lon:.6f}">地図アプリで開く</a>'
    return f'<div><dt>{escape(line.label)}</dt><dd>{shown}</dd></div>'


def _picture(label: str, index: int, blob: str, here: str) -> str:
    address = escape(f'{here}/api/files/{quote(blob)}')
    return f'<a href="{address}"><img src="{address}?thumb=1" alt="{escape(label)} {index}枚目" loading="lazy"></a>'


def _begins(found: LinkedTask, moment: Moment) -> dict[str, Any]:
    """What stands in the form when it opens: what was answered before, else what the action would fill in."""
    workflow: Any = found.definition.capabilities['workflow']
    index = next(place for place, each in enumerate(workflow.actions) if each.name == found.rules.action)
    evaluation, values = Evaluation.at(found.definition, moment), found.values
    begins = {name: values.get(name) for name in found.rules.asked(found.definition)}
    for name in workflow.actions[index].sets:
        if begins.get(name, '') is None:
            begins[name] = evaluation.value(f'workflow.actions.{index}.sets', name, values)
    return begins

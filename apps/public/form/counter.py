"""The public counter: which forms are open, taking an application, and telling an applicant of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.requests import Request

from apps.outcome import Refused, Saved
from apps.people import PUBLIC
from apps.public.addresses import form_address
from apps.public.form.open_form import OpenForm
from apps.public.form.photos import small_pictures
from apps.public.form.words import words
from apps.public.reports.asking import asked_of
from apps.qr_code import qr_picture
from apps.reading.same_reports import as_told_outside
from apps.transactions import told as without_marks
from forms.capabilities.public_form import KEY, PublicForm
from forms.capabilities.public_reports import PublicReports
from forms.capability import Offer
from forms.definition import AppDefinition
from forms.form_context import form_context
from forms.japanese.search_key import search_key
from forms.public_form_json import public_form_json
from storage import Doc, where

if TYPE_CHECKING:
    from apps.context import AppContext

_NOT_FOUND = '受付番号か確認コードがちがいます。申込みのときの画面か控えを見て、もう一度入力してください。'


class Counter:
    """What the pages of the public forms ask and send. Nothing here knows more than the definition makes public."""

    def __init__(self, context: AppContext) -> None:
        self._context = context
        self.limits = context.rate_limits

    def admit(self, request: Request) -> None:
        """Raises TooMany for an address that asks far more than a library full of people."""
        self.limits.check('public_page', request.client.host if request.client else '')

    def forms(self) -> list[OpenForm]:
        """Every form that is open or will be, by title."""
        found = (self._opened(each) for each in self._context.catalogue.all())
        return sorted((each for each in found if each is not None and not each.is_over), key=lambda each: each.title)

    def form(self, address: str) -> OpenForm | None:
        """The form at an address, also when it is over."""
        found = (self._opened(each) for each in self._context.catalogue.all())
        return next((each for each in found if each is not None and each.address == address), None)

    def form_settings(self, form: OpenForm, prefix: str, easy: bool) -> dict[str, Any]:
        """The props of the entry form, for public_form.js."""
        said = words(easy)
        drawn = public_form_json(form.definition, form.form, easy=easy)
        here = prefix + form_address(form.address)
        return {
            'page': 'form',
            'done': (easy and form.form.easy_done) or form.form.done,
            'form': here + ('?lang=easy' if easy else ''),
            'entry': {
                'form': drawn,
                'userKey': PUBLIC.account,
                'context': form_context(form.definition, drawn, PUBLIC.moment(form.now)),
                'apiBase': f'{here}/api',
                'submitUrl': f'{here}/applications' + ('?lang=easy' if easy else ''),
                'keeps': 'tab',
                'saveLabel': said.next,
                'confirm': {
                    'title': said.review_title,
                    'text': said.review_text,
                    'blank': said.blank,
                    'send': said.send,
                    'back': said.back,
                    'trouble': said.trouble,
                },
            },
        }

    async def apply(self, form: OpenForm, values: dict[str, Any], request_id: str) -> dict[str, Any]:
        """Take an application; the same request id gives the same number and code. Raises Refused."""
        saved = await self._context.operations.apply(form.definition.name, values, request_id=request_id)
        return {
            'id': '',
            'rev': 0,
            'title': '',
            'notes': [{'path': each.path, 'text': each.text} for each in saved.notes],
            'values': {name: saved.values.get(name) for name in form.form.asked(form.definition)},
            'number': self._number(form, saved),
            'code': self._context.own_codes.of(saved.app, saved.id),
            'qr': qr_picture(self._number(form, saved)),
        }

    def own(self, form: OpenForm, number: str, code: str, *, easy: bool = False) -> dict[str, Any]:
        """What the applicant may read of their application. Raises Refused 'not_found', alike for every wrong pair."""
        definition, found = form.definition, self.own_record(form, number, code)
        outside = as_told_outside(self._context.store, definition, found)
        values = form.form.told(definition, without_marks(outside), PUBLIC.moment(form.now))
        world = self._context.reading.world(PUBLIC)
        fields = [definition.fields[name] for name in values]
        lines = [
            {'label': (easy and each.easy_label) or each.title, 'text': each.show(values[each.name], world)}
            for each in fields
        ]
        for line, each in zip(lines, fields, strict=True):
            if each.TYPE == 'photo' and each.name in form.form.shows:
                line['photos'] = small_pictures(self._context, values[each.name])
        if outside is not found:
            lines.append({'label': words(easy).merged_title, 'text': words(easy).merged})
        offers = form.form.left_to_applicants(definition, without_marks(found), PUBLIC.moment(form.now))
        name = form.form.number_field(definition)
        qr = qr_picture(definition.fields[name].show(found.get(name)))
        asks = asked_of(definition, without_marks(found), form.now.date(), easy=easy)
        return {'lines': lines, 'qr': qr, 'actions': [_action(form, each, easy) for each in offers], 'asks': asks}

    def standing(self, form: OpenForm, rules: PublicReports, number: str) -> tuple[str, str]:
        """(category, status) of a number, in words: all that is told without the code. Raises Refused 'not_found'."""
        found, definition = self._numbered(form, number), form.definition
        if found is None:
            raise Refused('not_found', detail='この番号のお知らせは見つかりません。番号を確かめてください。')
        outside = without_marks(as_told_outside(self._context.store, definition, found))
        category = definition.fields[rules.category].show(outside.get(rules.category))
        return category, rules.status(definition, outside)

    async def answer(
        self, form: OpenForm, number: str, code: str, action: str, *, easy: bool = False
    ) -> dict[str, Any]:
        """Answer or cancel. Raises Refused 'not_found' or 'closed'."""
        found = self.own_record(form, number, code)
        request_id = f'own/{found.doc_id}/{found.rev}/{action}'
        await self._context.operations.answer(form.definition.name, found.doc_id, action, request_id=request_id)
        return self.own(form, number, code, easy=easy) | {'done': True}

    def own_record(self, form: OpenForm, number: str, code: str) -> Doc:
        app, typed = form.definition.name, search_key(number).strip()
        self.limits.check('public_send', f'own/{app}/{typed[:40]}')
        found = self._numbered(form, number)
        # Whether the number or the code was wrong must not be told, neither by words nor by time.
        fits = self._context.own_codes.fits(app, found.doc_id if found is not None else '', code)
        if found is None or not fits:
            raise Refused('not_found', detail=_NOT_FOUND)
        return found

    def _numbered(self, form: OpenForm, number: str) -> Doc | None:
        name = form.form.number_field(form.definition)
        field = form.definition.fields[name]
        parsed = field.parse(number.strip(), self._context.reading.world(PUBLIC)).value
        candidates = {parsed, number.strip(), search_key(number).upper().strip()} - {None, ''}
        for each in candidates:
            docs = self._context.store.find(form.definition.name, where(name) == each, limit=1).docs
            if docs:
                return docs[0]
        return None

    def _number(self, form: OpenForm, saved: Saved) -> str:
        name = form.form.number_field(form.definition)
        return form.definition.fields[name].show(saved.values.get(name))

    def _opened(self, definition: AppDefinition) -> OpenForm | None:
        form = definition.capabilities.get(KEY)
        return OpenForm(definition, form, self._context.clock.now()) if isinstance(form, PublicForm) else None


def _action(form: OpenForm, offer: Offer, easy: bool) -> dict[str, Any]:
    """A button of the applicant's own page. is_cancel: it asks once more, because there is no way back."""
    said = words(easy)
    is_cancel = offer.name == form.form.cancel
    before_result = offer.name == 'withdraw' and offer.label == '取り下げる'
    label = said.cancel if is_cancel and (before_result or easy) else offer.label
    question = ((not easy and offer.confirm) or said.cancel_question) if is_cancel else ''
    return {'name': offer.name, 'label': label, 'question': question, 'isCancel': is_cancel}

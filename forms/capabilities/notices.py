"""Texts that are sent to people outside: who gets one, by mail or on paper, and what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import MISSING, dataclass
from typing import TYPE_CHECKING, ClassVar

from forms.capability import Capability, FormulaSetting, Moment, Values, capability
from forms.evaluation import Evaluation
from forms.field import FormulaText, setting
from forms.merge_text import merge_fields
from forms.problems import Problem, instead, problem

if TYPE_CHECKING:
    from forms.definition import AppDefinition

BY_HAND, AT_ONCE = 'by_hand', 'at_once'


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeText:
    """One kind of notice. name: the event, permanent: a record gets one notice of that name.

    mail: field of the address; postal, address, addressee: fields of the letter. send: by_hand waits for somebody who
    presses the button, at_once goes with the save by which `only` comes true (an offer of a place, for example).
    """

    name: str = setting(label='通知の名前', help='記録に残る言葉。1件のレコードに、同じ名前の通知は1通だけです。')
    only: FormulaText | None = setting(None, label='送る相手', help='この式が成り立つレコードにだけ送ります。')
    subject: str = setting(MISSING, label='件名', help='{氏名} のように書くと、項目の値が入ります。')
    body: str = setting(MISSING, label='本文', help='{氏名} のように書くと、項目の値が入ります。')
    mail: str = setting(label='メールの項目', help='あて先になるメールアドレスの項目。')
    postal: str = setting(label='郵便番号の項目', help='手紙のあて先の郵便番号。')
    address: tuple[str, ...] = setting((), label='住所の項目', help='手紙のあて先。並べて書けば続けて入ります。')
    addressee: str = setting(label='あて名の項目', help='手紙のあて名になる項目。「様」が付きます。')
    send: str = setting(
        BY_HAND,
        label='いつ送るか',
        help='by_hand は職員がボタンで送り、at_once は条件が成り立った保存と同時に送ります。',
        choices=(BY_HAND, AT_ONCE),
    )
    after_announcement: bool = setting(
        False, label='発表のあと', help='true なら、period の announced より前には送りません。'
    )

    def texts(self) -> tuple[tuple[str, str], ...]:
        """(setting, text) of what is merged."""
        return ('subject', self.subject), ('body', self.body)

    def fields(self) -> Iterator[tuple[str, str]]:
        """(setting, field) of every field that is named as an address."""
        yield from ((key, name) for key in ('mail', 'postal', 'addressee') if (name := getattr(self, key)))
        yield from (('address', name) for name in self.address)


@capability('notices', title='通知の発送')
@dataclass(frozen=True, slots=True, kw_only=True)
class Notices(Capability):
    """What is sent is remembered in the outbox, so that pressing twice sends nothing twice."""

    LIST: ClassVar[str] = 'texts'

    texts: tuple[NoticeText, ...] = setting((), label='通知', help='申込者など、庁外の人へ送る文。')

    def formula_settings(self) -> Iterable[FormulaSetting]:
        for index, each in enumerate(self.texts):
            if each.only:
                yield FormulaSetting((index, 'only'), each.only, 'boolean')

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        for index, each in enumerate(self.texts):
            yield from _problems(each, index, definition)

    def text(self, name: str) -> NoticeText | None:
        """The notice of that name."""
        return next((each for each in self.texts if each.name == name), None)

    def concerns(self, definition: AppDefinition, text: NoticeText, values: Values, moment: Moment) -> bool:
        """Whether a record gets this notice."""
        if not text.only:
            return True
        return Evaluation.at(definition, moment).holds(f'notices.{self.texts.index(text)}', 'only', values)

    def at_once(
        self, definition: AppDefinition, old: Values | None, new: Values, moment: Moment
    ) -> Iterator[NoticeText]:
        """The notices that go with this save: those that did not concern the record before."""
        for each in self.texts:
            if each.send == AT_ONCE and self.concerns(definition, each, new, moment):
                if old is None or not self.concerns(definition, each, old, moment):
                    yield each


def _problems(text: NoticeText, index: int, definition: AppDefinition) -> Iterator[Problem]:
    fields = definition.fields
    if not text.mail and not text.address:
        yield problem('D795', at=(index,), name=text.name)
    for key, name in text.fields():
        if name not in fields:
            yield problem('D209', at=(index, key), setting=key, name=name, instead=instead(name, fields))
    if text.mail in fields and fields[text.mail].TYPE != 'email':
        title = fields[text.mail].TITLE
        yield problem('D210', at=(index, 'mail'), setting='mail', name=text.mail, type=title, wanted='メールアドレス')
    if text.after_announcement and not getattr(definition.capabilities.get('period'), 'announced', None):
        yield problem('D796', at=(index, 'after_announcement'), name=text.name)
    yield from merge_problems(definition, text.texts(), (index,))


def merge_problems(
    definition: AppDefinition, texts: Iterable[tuple[str, str]], at: tuple[str | int, ...]
) -> Iterator[Problem]:
    """What is wrong with texts to be merged. texts: (setting, text)."""
    for key, text in texts:
        try:
            names = merge_fields(text)
        except ValueError:
            yield problem('D790', at=(*at, key), setting=key)
            continue
        for name in names:
            if name not in definition.fields:
                near = instead(name, definition.fields)
                yield problem('D209', at=(*at, key), setting=key, name=name, instead=near)

"""The loaded, checked, unchangeable content of one definition file: an app."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from forms.capability import Capability
from forms.field import Field, FormulaText, Value, setting
from forms.formula.formula import Formula
from forms.japanese.calendar import BusinessCalendar
from forms.problems import Place, Problem
from forms.view import View

MONTHS = tuple(str(month) for month in range(1, 13))


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled group of fields, in form order."""

    title: str = setting(label='見出し', help='フォームの中の見出し。')
    help: str = setting(label='説明', help='見出しの下に出る説明。')
    easy_title: str = setting(label='見出し(やさしい日本語)', help='やさしい日本語のときに出る見出し。')
    columns: int = setting(1, label='段組み', help='広い画面での列の数。', choices=('1', '2'))
    relevant: FormulaText | None = setting(
        None, label='表示条件', help='この式が成り立つときだけ、見出しごと出します。'
    )
    fields: tuple[Field, ...] = setting((), label='項目', help='入力する項目。上から並びます。')


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRule:
    """What must happen when `field` changes: a row is added to a subtable, fields are cleared, the same is offered."""

    field: str = setting(label='きっかけの項目', help='必ず書きます。この項目が変わったときに働きます。')
    not_first: bool = setting(False, label='2回目から', help='前に値があったときだけ働きます。')
    add_row: str = setting(label='行を足す明細', help='この明細に新しい行がなければ送信できません。')
    prefill: Mapping[str, FormulaText] = setting(
        MappingProxyType({}), label='行の初期値', help='列の名前: 式。前の値は Old.項目名 と書きます。'
    )
    clear: tuple[str, ...] = setting((), label='空にする項目', help='変わったときに空にする項目。')
    offer_same: str = setting(
        label='同じ変更をすすめる相手', help='この項目の値が同じレコードにも、同じ変更をすすめます。'
    )
    offer_to: str = setting(label='すすめる相手の呼び方', help='例 同じ世帯。書かなければ「同じ」と項目の表示名。')
    message: str = setting(label='行がないときの文', help='行を足さずに送信したときに読む文。')


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleTest:
    """A sample submission inside the definition and the messages it must give: field path -> code, or nothing."""

    title: str = setting(label='見本の名前', help='何を確かめる見本か。')
    values: Mapping[str, Value] = setting(
        MappingProxyType({}), label='入力する値', help='項目名: 値。画面から入力したものとして調べます。'
    )
    messages: Mapping[str, str] = setting(MappingProxyType({}), label='出るはずの誤り', help='項目名: 誤りの名前。')
    calculated: Mapping[str, Value] = setting(
        MappingProxyType({}), label='計算されるはずの値', help='項目名: 計算の結果。'
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AppDefinition:
    """One app. `name` is the file's stem: its id, its address and its collection.

    formulas: (path, use) -> compiled. A path is a field's name, 移動履歴.移動日 for a column, sections.0, views.0,
    on_change.0.prefill, or that of `FormulaSetting.key`.
    places: field path -> where it stands in the file. version: of the content; comments and spacing do not count.
    warnings: what may be a mistake and stops nothing.
    """

    name: str
    title: str = setting(label='アプリの名前', help='必ず書きます。ホーム画面とメニューに出る名前。')
    description: str = setting(label='説明', help='ホーム画面に出る、1文の説明。')
    icon: str = setting(label='アイコン', help='Material Icons の名前。')
    group: str = setting(label='分類', help='ホーム画面でのまとまり。')
    owner: str = setting(label='所管課', help='このアプリを受け持つ課。')
    record_title: tuple[str, ...] = setting((), label='レコードの呼び名', help='画面でレコードを呼ぶときに並べる項目。')
    fiscal_start: int = setting(
        4, label='年度の始まりの月', help='ふつうは4。年度で数える番号や絞り込みに使います。', choices=MONTHS
    )
    closing_days: tuple[date, ...] = setting((), label='臨時の閉庁日', help='土日・祝日・年末年始のほかに閉める日。')
    opening_days: tuple[date, ...] = setting((), label='臨時の開庁日', help='土日や祝日でも開ける日。')
    sections: tuple[Section, ...] = setting(
        (), label='見出しと項目', help='必ず書きます。フォームの中身。見出しごとに項目をまとめます。'
    )
    views: tuple[View, ...] = setting((), label='一覧', help='一覧・ボード・集計表など。書いた順に並びます。')
    on_change: tuple[ChangeRule, ...] = setting(
        (), label='変わったときの規則', help='ある項目が変わったとき、行を足させたり、ほかの項目を空にしたりします。'
    )
    tests: tuple[SampleTest, ...] = setting((), label='見本', help='定義を直すたびに確かめる入力の見本。')
    capabilities: Mapping[str, Capability] = field(default_factory=dict)
    formulas: Mapping[tuple[str, str], Formula] = field(default_factory=dict, repr=False)
    places: Mapping[str, Place] = field(default_factory=dict, repr=False, compare=False)
    warnings: tuple[Problem, ...] = field(default=(), repr=False, compare=False)
    version: str = ''
    source: str = ''
    withheld: frozenset[str] = field(default=frozenset(), repr=False)
    """Fields that are left out of `fields` because the person for whom this copy is may not see them."""
    fields: Mapping[str, Field] = field(init=False, repr=False, compare=False)
    """Every top-level field by name in form order: written ones, their companions, then those of capabilities."""
    calendar: BusinessCalendar = field(init=False, repr=False, compare=False)
    """The working days of this app."""

    def __post_init__(self) -> None:
        object.__setattr__(self, 'fields', MappingProxyType(dict(self._named_fields())))
        calendar = BusinessCalendar(closing=frozenset(self.closing_days), opening=frozenset(self.opening_days))
        object.__setattr__(self, 'calendar', calendar)

    @property
    def written_fields(self) -> tuple[Field, ...]:
        """The fields written in the sections, without companions and those of capabilities."""
        return tuple(each for section in self.sections for each in section.fields)

    def formula(self, path: str, use: str) -> Formula | None:
        """The compiled formula of a path for one use (relevant, required, filter ...), or None when there is none."""
        return self.formulas.get((path, use))

    def filter_of(self, view: View) -> Formula | None:
        """The compiled filter of one of this app's views, or None when it shows every record."""
        return self.formula(f'views.{self.views.index(view)}', 'filter')

    def _named_fields(self) -> Iterator[tuple[str, Field]]:
        taken: set[str] = set()
        added = (each for capability in self.capabilities.values() for each in capability.added_fields())
        written = (each for top in self.written_fields for each in (top, *top.companions()))
        for each in (*written, *added):
            if each.name not in taken and each.name not in self.withheld:
                taken.add(each.name)
                yield each.name, each


def columns_of(field: Field) -> Mapping[str, Field]:
    """The columns of a subtable or checklist by name, companions included; nothing for other fields."""
    columns: tuple[Field, ...] = getattr(field, 'columns', ()) if field.value_type.kind == 'table' else ()
    return {each.name: each for column in columns for each in (column, *column.companions())}

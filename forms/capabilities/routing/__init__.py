"""Fields that are filled by rule: from where a record lies on the map, and from what else is known of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from forms.area_files import AreaFiles
from forms.capabilities.duplicates.distance import point_of
from forms.capabilities.routing.contradictions import contradictions
from forms.capabilities.routing.settings import Area, FillRule
from forms.capability import Capability, FormulaSetting, Moment, Values, capability
from forms.drawn_layer import NotDrawable
from forms.evaluation import Evaluation
from forms.field import Field, Value, setting
from forms.map_layer import MapLayer
from forms.problems import Problem
from forms.record_rules import is_blank

if TYPE_CHECKING:
    from forms.definition import AppDefinition

__all__ = ['Area', 'FillRule', 'Routed', 'Routing']

KEY: Final = 'routing'
Layers = Mapping[str, MapLayer | NotDrawable]


@dataclass(frozen=True, slots=True)
class Routed:
    """What the rules give a field. reason: for people, why (the name of the rule, or how far the road is)."""

    field: str
    value: Value
    reason: str


@capability(KEY, title='自動で入れる値')
@dataclass(frozen=True, slots=True, kw_only=True)
class Routing(Capability):
    """Only blank fields are filled, so that what somebody typed always stands; a rule never stops a save.

    Each field gets its value from the first area or rule that has one for it: the areas first, then the rules from the
    top, each of which sees what was found above it.
    """

    FIRST = True

    location: str = setting(label='位置の項目', help='areas を書くときに必ず書きます。この項目の緯度と経度で調べます。')
    areas: tuple[Area, ...] = setting((), label='地図から', help='その位置を含む面や、近くの線から入れる値。')
    rules: tuple[FillRule, ...] = setting(
        (), label='規則', help='上から順に見て、項目ごとに、最初に当てはまった規則の値が入ります。'
    )
    layers: Layers = dataclass_field(default_factory=dict, repr=False)
    """File name -> what is in it, or what is wrong with it."""
    files: tuple[str, ...] = ()
    """Names of the files that are there."""

    def with_files(self, files: AreaFiles) -> Routing:
        found = {each.file: files.layer(each.file) for each in self.areas}
        known = {name: layer for name, layer in found.items() if layer is not None}
        return replace(self, layers=MappingProxyType(known), files=files.names())

    def formula_settings(self) -> Iterable[FormulaSetting]:
        for index, rule in enumerate(self.rules):
            if rule.when:
                yield FormulaSetting(('rules', index, 'when'), rule.when, 'boolean')
            for name, text in rule.sets.items():
                yield FormulaSetting(('rules', index, 'sets', name), text)

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        return contradictions(self, definition)

    @property
    def targets(self) -> tuple[str, ...]:
        """Every field that may be filled."""
        named = (*(each.fills for each in self.areas), *(name for rule in self.rules for name in rule.sets))
        return tuple(dict.fromkeys(named))

    def reads(self, definition: AppDefinition) -> frozenset[str]:
        """The fields on which the answer depends."""
        formulas = (definition.formula(*each.key(KEY)) for each in self.formula_settings())
        read = (formula.reads for formula in formulas if formula is not None)
        return frozenset({self.location} if self.areas else ()).union(*read) & definition.fields.keys()

    def routed(self, definition: AppDefinition, values: Values, moment: Moment) -> Mapping[str, Routed]:
        """What the areas and rules say about a record with these values, by field, whatever stands there now."""
        found: dict[str, Routed] = {}
        seen = dict(values)
        for each in self._said(definition, seen, moment, found):
            found[each.field] = each
            if is_blank(seen.get(each.field)):
                seen[each.field] = each.value
        return found

    def fill(self, definition: AppDefinition, old: Values | None, new: Values, moment: Moment) -> Values:
        """What blank fields get. A change fills only what it has made known itself: nobody's blank is undone later."""
        blank = [name for name in self.targets if is_blank(new.get(name)) and is_blank((old or {}).get(name))]
        if not blank:
            return {}
        found = self.routed(definition, new, moment)
        known = self.routed(definition, old, moment) if old is not None else {}
        return {
            name: found[name].value
            for name in blank
            if name in found and (name not in known or known[name].value != found[name].value)
        }

    def _said(
        self, definition: AppDefinition, seen: Values, moment: Moment, found: Mapping[str, Routed]
    ) -> Iterator[Routed]:
        """One after the other, while what was found before already stands in `seen` and `found`."""
        point = point_of(seen.get(self.location))
        for area in self.areas:
            layer = self.layers.get(area.file)
            if point is None or area.fills in found or not isinstance(layer, MapLayer):
                continue
            at = layer.at(point, area.property or area.fills, area.within)
            value = _accepted(definition.fields[area.fills], at[0], moment) if at else None
            if at and value is not None:
                yield Routed(area.fills, value, area.reason(at[1]))
        evaluation = Evaluation.at(definition, moment)
        for index, rule in enumerate(self.rules):
            wanted = [name for name in rule.sets if name not in found]
            path = f'{KEY}.rules.{index}'
            if not wanted or (rule.when and not evaluation.holds(path, 'when', seen)):
                continue
            for name in wanted:
                value = _accepted(definition.fields[name], evaluation.value(f'{path}.sets', name, seen), moment)
                if value is not None:
                    yield Routed(name, value, rule.name)


def _accepted(field: Field, raw: Value, moment: Moment) -> Value:
    """The value as the field takes it; None for one that nobody could type there either."""
    if moment.around is None or is_blank(raw):
        return None
    parsed = field.parse(raw, moment.around)
    if parsed.messages or parsed.value is None or tuple(field.check(parsed.value)):
        return None
    return parsed.value

"""The apps that stand behind one jurisdiction, and the services that their choices are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from apps.people import PUBLIC
from apps.public.open311.answers import Wrong
from forms.capabilities.open311 import KEY, Open311
from forms.capabilities.public_form import PublicForm
from forms.capabilities.workflow import Workflow
from forms.capability import Moment
from forms.choices import Choice
from forms.definition import AppDefinition
from forms.field import Field
from forms.fields.select import Select

if TYPE_CHECKING:
    from apps.context import AppContext

_DATATYPES: Final = {
    'text': 'string',
    'place': 'string',
    'person_name': 'string',
    'kana': 'string',
    'phone': 'string',
    'email': 'string',
    'url': 'string',
    'postal_code': 'string',
    'textarea': 'text',
    'integer': 'number',
    'decimal': 'number',
    'money': 'number',
    'date': 'datetime',
    'datetime': 'datetime',
    'select_one': 'singlevaluelist',
    'select_multiple': 'multivaluelist',
}
"""Field type -> datatype of an attribute; other types cannot be asked by Open311."""


@dataclass(frozen=True, slots=True)
class Told:
    """An app as Open311 knows it, at a moment."""

    definition: AppDefinition
    open311: Open311
    moment: Moment

    @property
    def app(self) -> str:
        return self.definition.name

    @property
    def services(self) -> Mapping[str, Choice]:
        return self.open311.services(self.definition)

    @property
    def statuses(self) -> Workflow:
        workflow = self.definition.capabilities['workflow']
        assert isinstance(workflow, Workflow), 'checked at load'
        return workflow

    def code_of(self, value: object) -> str:
        """The service_code of a stored value, also of one whose choice is gone."""
        return next((code for code, each in self.services.items() if each.value == value), str(value or ''))

    def attributes(self) -> list[Field]:
        """What a report may say besides what Open311 has a parameter for."""
        form = self.definition.capabilities.get('public_form')
        if not self.open311.accepts or not isinstance(form, PublicForm):
            return []
        heard = self.open311.heard().values()
        fields = [self.definition.fields[name] for name in form.asked(self.definition) if name not in heard]
        return [each for each in fields if each.TYPE in _DATATYPES]


def told_apps(context: AppContext, jurisdiction: str) -> list[Told]:
    """The apps of a jurisdiction. Raises Wrong for an unknown one, and for none where there are several."""
    moment = PUBLIC.moment(context.clock.now())
    every = list(_told(context, moment))
    known = {each.open311.jurisdiction for each in every}
    if not known or (jurisdiction and jurisdiction not in known):
        raise Wrong(404, 'jurisdiction_id was not found')
    if not jurisdiction and len(known) > 1:
        raise Wrong(400, 'jurisdiction_id was not provided')
    return [each for each in every if not jurisdiction or each.open311.jurisdiction == jurisdiction]


def service(apps: list[Told], code: str) -> tuple[Told, Choice]:
    """The app and the choice of a code that is in use. Raises Wrong."""
    for each in apps:
        choice = each.services.get(code)
        if choice is not None and not choice.retired:
            return each, choice
    raise Wrong(404, 'service_code was not found')


def services_told(apps: list[Told]) -> list[dict[str, Any]]:
    """GET services; of two apps with the same code, the first by name has it."""
    found: dict[str, dict[str, Any]] = {}
    for app in apps:
        metadata = bool(app.attributes())
        for code, choice in app.services.items():
            if not choice.retired:
                found.setdefault(code, _service_told(app, code, choice, metadata))
    return list(found.values())


def definition_told(app: Told, code: str) -> dict[str, Any]:
    """GET services/{code}."""
    fields = enumerate(app.attributes(), start=1)
    return {'service_code': code, 'attributes': [_attribute_told(each, order) for order, each in fields]}


def iso(moment: datetime) -> str:
    return moment.isoformat(timespec='seconds')


def _told(context: AppContext, moment: Moment) -> Iterator[Told]:
    for definition in sorted(context.catalogue.all(), key=lambda each: each.name):
        found = definition.capabilities.get(KEY)
        if isinstance(found, Open311):
            yield Told(definition, found, moment)


def _service_told(app: Told, code: str, choice: Choice, metadata: bool) -> dict[str, Any]:
    return {
        'service_code': code,
        'service_name': choice.title,
        'description': app.definition.description or app.definition.title,
        'metadata': metadata,
        'type': 'realtime',
        'keywords': app.open311.keywords.get(choice.value, ''),
        'group': choice.group or app.definition.title,
    }


def _attribute_told(field: Field, order: int) -> dict[str, Any]:
    told: dict[str, Any] = {
        'variable': True,
        'code': field.name,
        'datatype': _DATATYPES[field.TYPE],
        'required': field.required is True and field.default is None,
        'datatype_description': field.hint,
        'order': order,
        'description': field.title,
    }
    if isinstance(field, Select):
        told['values'] = [{'key': each.value, 'name': each.title} for each in field.choices if not each.retired]
    return told

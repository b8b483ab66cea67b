"""The phone screen as an element of a NiceGUI page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nicegui.element import Element

from apps.addresses import prefix_of
from apps.form.form import browser_names
from forms.capabilities.call import Call
from forms.capabilities.duplicates import KEY as DUPLICATES
from forms.capabilities.duplicates import Duplicates
from forms.definition import AppDefinition


class CallForm(Element, component='call.js'):
    """One call after the other, each an entry form of its own; saved by the browser through the API.

    form_json: `forms.call_form.call_form(...)` as this person may fill it in. user_key, context: as for `EntryForm`.
    """

    def __init__(
        self,
        form_json: Mapping[str, Any],
        definition: AppDefinition,
        *,
        user_key: str,
        context: Mapping[str, Any],
    ) -> None:
        super().__init__()
        prefix = prefix_of(self.client.request)
        self._props.update(
            {
                'apiBase': f'{prefix}/api/v1',
                'form': form_json,
                'call': call_settings(definition, form_json),
                'userKey': user_key,
                'context': browser_names(context),
            }
        )


def call_settings(definition: AppDefinition, form_json: Mapping[str, Any]) -> dict[str, Any]:
    """What the screen does beside asking, as far as this person is asked for the fields it needs.

    number, receipt, print: of the capability, and the field that is read out. takesOver: taken from an earlier request.
    copies: taken from the request that a call is joined to. compares: fields that are sent to find likely duplicates;
    telling: those of them without which nothing is looked for. counts: whether further calls are counted.
    location: of the place on the map. facts: fields that rules decide. decides: whether rules fill in anything or have
    something to say.
    """
    call, duplicates = definition.capabilities['call'], definition.capabilities.get(DUPLICATES)
    assert isinstance(call, Call)
    asked = [each['name'] for section in form_json['sections'] for each in section['fields']]
    compared = duplicates.compared if isinstance(duplicates, Duplicates) else ()
    compares = [name for name in compared if name in asked]
    when = duplicates.date if isinstance(duplicates, Duplicates) else ''
    numbering: Any = definition.capabilities.get('numbering')
    return {
        'number': call.number,
        'receipt': numbering.series[0].field if numbering is not None and numbering.series else '',
        'print': call.print,
        'takesOver': [name for name in call.takes_over if name in asked],
        'copies': [name for name in call.asked(definition) if name not in {call.number, *call.takes_over}],
        'compares': compares,
        'telling': [name for name in compares if name != when] or [name for name in asked if name in call.asks],
        'counts': bool(call.again),
        'location': next((name for name in asked if definition.fields[name].TYPE == 'location'), ''),
        'facts': _facts(definition),
        'decides': any(key in definition.capabilities for key in ('routing', 'stops', 'workflow')),
    }


def _facts(definition: AppDefinition) -> list[str]:
    routing, workflow = definition.capabilities.get('routing'), definition.capabilities.get('workflow')
    deadline: Any = getattr(workflow, 'deadline', None)
    names = (*getattr(routing, 'targets', ()), *((deadline.field,) if deadline is not None else ()))
    return [name for name in names if name in definition.fields]

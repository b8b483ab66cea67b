"""The entry form as an element of a NiceGUI page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from nicegui import __version__, events
from nicegui.dependencies import esm_modules, register_esm
from nicegui.element import Element

from apps.addresses import prefix_of

FOLDER = Path(__file__).parent
MODULES = 'madoguchi-form'
"""The name by which form.js reaches the other modules of this folder."""

# The address carries the time of the newest file, so that no browser goes on with modules of an older release.
register_esm(MODULES, FOLDER, max_time=max(path.stat().st_mtime for path in FOLDER.rglob('*.[jc]s*')))


def module_address(file: str) -> str:
    """Where the browser finds a module of this folder, for pages without NiceGUI (without the prefix of a proxy)."""
    key = next(key for key, module in esm_modules.items() if module.name == MODULES)
    return f'/_nicegui/{__version__}/esm/{key}/{file}'


class EntryForm(Element, component='form.js'):
    """A form that keeps, checks and sends its values by itself; the page only learns of what was saved.

    form_json: `forms.form_json.form_json(definition)`.
    record, record_id, rev: what to change, or None for a new record.
    user_key: whose drafts and unsent submissions these are (the account id).
    context: what formulas may ask: `forms.form_context.form_context(definition, form_json, moment)`.
    known: {field path: [{'id', 'label', 'values'}]} of what `record` points at, so that titles stand there at once;
    without it the form asks the API.
    submit_url: where to send, when that is not the app's own records address.
    began_at: when the work began, where that was before the form opened (the record of an action).
    takes_focus: the first control has the focus at once.
    on_saved: called with {'id', 'rev', 'values', 'title', 'notes', 'url'}: the server's answer as the browser passes it
    on, so only as good as the browser.
    """

    def __init__(  # noqa: PLR0913 - every argument is a fact of one form
        self,
        form_json: Mapping[str, Any],
        *,
        record: Mapping[str, Any] | None = None,
        record_id: str | None = None,
        rev: int | None = None,
        user_key: str,
        submit_url: str = '',
        context: Mapping[str, Any] | None = None,
        known: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
        save_label: str = '保存する',
        cancel_label: str = '',
        began_at: datetime | None = None,
        takes_focus: bool = False,
        on_saved: Callable[[dict[str, Any]], Any] | None = None,
        on_cancel: Callable[[], Any] | None = None,
    ) -> None:
        super().__init__()
        prefix = prefix_of(self.client.request)
        self._props.update(
            {
                'apiBase': f'{prefix}/api/v1',
                'form': form_json,
                'record': record,
                'recordId': record_id,
                'rev': rev,
                'userKey': user_key,
                'submitUrl': prefix + submit_url if submit_url else '',
                'context': browser_names(context or {}),
                'known': known or {},
                'saveLabel': save_label,
                'cancelLabel': cancel_label,
                'beganAt': began_at.isoformat() if began_at is not None else '',
                'takesFocus': takes_focus,
            }
        )
        if on_saved is not None:
            self.on('saved', lambda event: _call(on_saved, event))
        if on_cancel is not None:
            self.on('cancel', on_cancel, args=[])

    def changed_elsewhere(self, rev: int) -> None:
        """Another person saved this record: the form says so and asks; nothing typed is lost."""
        self.run_method('changedElsewhere', rev)


def browser_names(context: Mapping[str, Any]) -> dict[str, Any]:
    """What formulas may ask, under the names that the browser's runtime knows."""
    return {{'fiscal_start': 'fiscalStart'}.get(name, name): value for name, value in context.items()}


def _call(on_saved: Callable[[dict[str, Any]], Any], event: events.GenericEventArguments) -> Any:
    return on_saved(event.args)

"""What citizens see of a record and say about it: whether it is public, and how many meet the same."""

from __future__ import annotations

from apps.operations.from_citizens import ME_TOO
from apps.panel import RecordScene, record_panel
from apps.public.addresses import reports_address
from apps.public.reports.released import stands_outside
from apps.tags import icon, link, tag
from forms.capabilities.public_form import PublicForm
from forms.capabilities.public_reports import PublicReports


@record_panel('public_reports')
def public_reports(scene: RecordScene) -> None:
    """Beside every record, so that nobody has to look at the public page to know."""
    definition = scene.context.catalogue.find(scene.definition.name) or scene.definition
    rules, form = definition.capabilities['public_reports'], definition.capabilities.get('public_form')
    assert isinstance(rules, PublicReports)
    record = scene.context.store.get(definition.name, scene.record.id)
    if record is None or not isinstance(form, PublicForm):
        return
    is_out = stands_outside(definition, rules, record, scene.context.clock.now())
    kept = scene.context.store.get(ME_TOO, f'{definition.name}/{scene.record.id}')
    with tag('section', '', 'card card-body', aria_label='市民の画面'):
        with tag('h2', '', 'card-title'):
            icon('public' if is_out else 'public_off')
            tag('span', '市民の画面')
        tag('p', '公開の一覧と地図に出ています。' if is_out else '公開の一覧と地図には出ていません。')
        if kept is not None and kept['count']:
            tag('p', f'「わたしも困っています」 {kept["count"]:,}人')
        if is_out:
            link('公開の一覧を開く', reports_address(form.address or definition.name), 'button plain', target='_blank')

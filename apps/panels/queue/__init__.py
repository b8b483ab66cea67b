"""The face of a queue: the console over the list of today, the numbers after a reception, the tickets of one visit."""

from __future__ import annotations

from apps.panel import AppScene, DoneScene, RecordScene, app_panel, done_panel, record_panel
from apps.panels.queue.console import Console
from apps.panels.queue.issued import draw_issued
from apps.panels.queue.visit import VisitPanel, tells
from apps.people import may


@app_panel('queue')
def queue(scene: AppScene) -> None:
    """On top of the app's first view, for those who may act."""
    person = scene.person()
    if scene.is_first and person is not None and may(person, scene.definition, 'act'):
        Console(scene)


@done_panel('queue')
def issued(scene: DoneScene) -> None:
    """The numbers, very large: they are read out or written down at once."""
    draw_issued(scene)


@record_panel('queue', tells=tells)
def visit(scene: RecordScene) -> None:
    """The tickets of one visit and what can be done with them."""
    VisitPanel(scene).draw()

"""The face of a queue: the console over the list of today, the numbers after a reception, the tickets of one visit."""

from __future__ import annotations

from apps.panel import AppScene, DoneScene, RecordScene, app_panel, done_panel, record_panel
from apps.panels.queue.console import Console
from apps.panels.queue.issued import draw_issued
from apps.panels.queue.visit import VisitPanel, tells
from apps.panels.queue.ways import draw_ways
from apps.people import may


@app_panel('queue')
def queue(scene: AppScene) -> None:
    """On top of the app's first view: the console for those who may act, for others the ways to what they may see."""
    person = scene.person()
    if not scene.is_first or person is None:
        return
    if may(person, scene.definition, 'act'):
        Console(scene)
    else:
        draw_ways(scene.definition)


@done_panel('queue')
def issued(scene: DoneScene) -> None:
    """The numbers, very large: they are read out or written down at once."""
    draw_issued(scene)


@record_panel('queue', tells=tells)
def visit(scene: RecordScene) -> None:
    """The tickets of one visit and what can be done with them."""
    VisitPanel(scene).draw()

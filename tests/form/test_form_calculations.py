"""A form calculates at once what the server calculates when it saves, and only what an answer changes."""

from __future__ import annotations

import json
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

from apps.clock import TOKYO
from forms.capability import Moment
from forms.definition import AppDefinition
from forms.evaluation import Evaluation
from forms.form_context import form_context
from forms.form_json import form_json
from forms.loader import load_text

SCRIPT = Path(__file__).parent / 'open_form.mjs'
TEXT = """
title: 申請
closing_days: [2026-05-07]
opening_days: [2026-05-10]
sections:
  - fields:
      - {name: 受付日, type: date}
      - {name: 期限, type: calculation, result: date, calculation: 'WORKDAY(受付日, 3)'}
      - {name: 日数, type: calculation, result: integer, calculation: 'NETWORKDAYS(受付日, 期限)'}
"""
MOMENT = Moment(datetime(2026, 5, 1, 9, 0, tzinfo=TOKYO), 'taro', sections=('総務課',))


def definition_of(text: str) -> AppDefinition:
    found = load_text(text, 'sample')
    assert isinstance(found, AppDefinition), [str(each) for each in found]
    return found


def in_the_browser(definition: AppDefinition, answers: dict[str, Any]) -> dict[str, Any]:
    form = form_json(definition)
    asked = {'form': form, 'context': form_context(definition, form, MOMENT), 'answers': answers}
    run = subprocess.run(
        ['node', str(SCRIPT)], input=json.dumps(asked), capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 0, run.stderr
    return dict(json.loads(run.stdout))


def test_the_page_counts_as_the_server_does() -> None:
    definition = definition_of(TEXT)
    shown = in_the_browser(definition, {'受付日': '2026-05-01'})['values']
    evaluation = Evaluation.at(definition, MOMENT)
    server = {'受付日': '2026-05-01', '期限': evaluation.value('期限', 'calculation', {'受付日': '2026-05-01'})}
    assert shown == {**server, '日数': evaluation.value('日数', 'calculation', server)}
    # Holidays up to the 6th, closed on the 7th, open on Sunday the 10th.
    assert (shown['期限'], shown['日数']) == ('2026-05-11', 4)


def test_only_a_form_that_counts_them_carries_the_days() -> None:
    definition = definition_of(TEXT)
    days = form_context(definition, form_json(definition), MOMENT)['calendar']
    assert (days['first'], days['last']) == ('2021-01-01', '2029-12-31')
    assert '2026-05-07' in days['closed']
    assert days['open'] == ['2026-05-10']
    assert len(json.dumps(days)) < 5000
    plain = definition_of(TEXT.replace('WORKDAY(受付日, 3)', '受付日 + 3').replace('NETWORKDAYS', 'DateDiff'))
    assert form_context(plain, form_json(plain), MOMENT) == {'user': 'taro', 'department': '総務課', 'fiscal_start': 4}


def test_an_answer_on_a_form_of_200_calculations_touches_only_what_depends_on_it() -> None:
    """計算0…99 read one field each, 計算100…198 one of them, 計算199 the first five of those."""
    sources = {f'計算{number}': f'Coalesce(項目{number}, 1) + 1' for number in range(100)}
    sources |= {f'計算{number}': f'計算{number - 100} * 2' for number in range(100, 199)}
    sources['計算199'] = ' + '.join(f'計算{number}' for number in range(100, 105))
    fields = [f'      - {{name: 項目{number}, type: integer}}' for number in range(100)]
    fields += [
        f"      - {{name: {name}, type: calculation, result: integer, calculation: '{source}'}}"
        for name, source in reversed(sources.items())
    ]
    definition = definition_of('\n'.join(['title: 計算', 'sections:', '  - fields:', *fields]))
    found = in_the_browser(definition, {'項目3': 10, '項目99': 5})
    assert found['asked'] == [3, 1]
    values = found['values']
    assert (values['計算3'], values['計算103'], values['計算199']) == (11, 22, 4 * 4 + 22)
    assert values['計算99'] == 6

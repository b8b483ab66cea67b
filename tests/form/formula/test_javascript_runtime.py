"""What the form sees of the JavaScript runtime, told by Node's own tests; and business days by the city's calendar."""

import datetime as dt
import subprocess
from pathlib import Path

from both_sides import NOW, Asked, answers, in_javascript, in_python, told

from forms.formula import Context, Formula, Scope, compile_formula
from forms.japanese.calendar import BusinessCalendar

HERE = Path(__file__).parent
CALENDAR = BusinessCalendar(
    closing=frozenset((dt.date(2024, 4, 10), dt.date(2024, 4, 13))),
    opening=frozenset((dt.date(2024, 4, 7), dt.date(2024, 5, 3))),
)
CITY = Context(NOW, calendar=CALENDAR)
ON_DAYS = ('WORKDAY(始め, 3)', 'WORKDAY(始め, -4)', 'NETWORKDAYS(始め, 終わり)', 'NETWORKDAYS(終わり, 始め)')


def test_the_runtime_passes_its_own_tests() -> None:
    files = sorted(map(str, HERE.glob('*.test.mjs')))
    run = subprocess.run(['node', '--test', *files], capture_output=True, timeout=120, check=False, text=True)
    assert run.returncode == 0, run.stdout


def asked(source: str, start: str, end: str = '') -> Asked:
    formula = compile_formula(source, Scope({'始め': 'date', '終わり': 'date'}))
    assert isinstance(formula, Formula), formula
    return Asked(formula, {'始め': start, '終わり': end}, CITY)


def test_business_days_follow_the_calendar_of_the_city() -> None:
    days = [dt.date(2023, 12, 20) + dt.timedelta(days=number) for number in range(0, 180, 3)]
    questions = [
        asked(source, day.isoformat(), (day + dt.timedelta(days=20)).isoformat()) for day in days for source in ON_DAYS
    ]
    assert [told(*each) for each in answers(questions) if each[1] != each[2]] == []
    assert in_python(asked('WORKDAY(始め, 1)', '2024-04-05')).json == '2024-04-07', 'the open Sunday counts'


def test_days_beyond_the_calendar_of_the_page_are_left_to_the_server() -> None:
    question = asked('WORKDAY(始め, 1)', '2031-05-02')
    assert in_python(question).json == '2031-05-07'
    (answer,) = in_javascript([question])
    assert answer.error is not None
    assert answer.error['kind'] == 'NotSupported'

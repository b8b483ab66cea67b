"""One rule over 32,500 records: our closures beside a plain Python function, simpleeval and cel-python, in one run."""

import argparse
import json
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from forms.formula import Context, Formula, Scope, compile_formula
from forms.formula.run import Run

Record = dict[str, Any]
Judge = Callable[[Record], str]

CEL_SHARE = 50
"""cel-python is so slow that it judges one record in so many, once."""
SOURCE = (
    'If(status = "完了" && IsBlank(completed_at), "完了日を入力してください", '
    'If(amount * qty >= 100000 && Left(dept, 2) = "総務", "要決裁", ""))'
)
FIELDS = {
    'status': 'text',
    'completed_at': 'date',
    'amount': 'number',
    'qty': 'number',
    'dept': 'text',
    'name': 'text',
    'received_at': 'datetime',
    'urgent': 'boolean',
}


def main() -> None:
    parser = argparse.ArgumentParser(prog='python -m bench.formula', description=__doc__)
    parser.add_argument('--records', type=int, default=32_500, help='how many records the rule judges')
    parser.add_argument('--rounds', type=int, default=5, help='the fastest of so many rounds counts')
    wanted = parser.parse_args()
    records = sample_records(wanted.records)
    judges: dict[str, tuple[Judge, int]] = {
        'plain Python function': (plain_python, wanted.records),
        'our closures, bare': (bare_closure(), wanted.records),
        'our closures, evaluate()': (through_evaluate(), wanted.records),
        'simpleeval': (with_simpleeval(), wanted.records),
        'cel-python': (with_cel(), max(1, wanted.records // CEL_SHARE)),
    }
    expected = [plain_python(record) for record in records]
    speeds = {}
    for name, (judge, count) in judges.items():
        answers = [judge(record) for record in records[:count]]
        if answers != expected[:count]:
            raise SystemExit(f'{name} answers otherwise than the plain function')
        speeds[name] = fastest(judge, records[:count], wanted.rounds if count == wanted.records else 1)
    print_table(speeds, wanted.records)


def sample_records(count: int) -> list[Record]:
    """Eight fields each; one record in five is done, one in seven lacks something."""
    return [
        {
            'status': ('受付', '対応中', '確認中', '保留', '完了')[number % 5],
            'completed_at': None if number % 7 else '2024-04-01',
            'amount': float(number % 900) * 10,
            'qty': float(number % 40),
            'dept': ('総務課', '市民課', '総務部秘書課', '道路課')[number % 4],
            'name': f'見本 太郎{number}',
            'received_at': '2024-04-01T09:05:00+09:00',
            'urgent': number % 3 == 0,
        }
        for number in range(count)
    ]


def plain_python(record: Record) -> str:
    if record['status'] == '完了' and not record['completed_at']:
        return '完了日を入力してください'
    if record['amount'] * record['qty'] >= 100000 and record['dept'][:2] == '総務':
        return '要決裁'
    return ''


def compiled() -> tuple[Formula, Run]:
    formula = compile_formula(SOURCE, Scope(FIELDS))  # type: ignore[arg-type]
    if isinstance(formula, tuple):
        raise SystemExit(str(formula))
    return formula, Run(Context(datetime(2024, 4, 1)))


def bare_closure() -> Judge:
    """The closure alone, as a filter over many records uses it."""
    formula, run = compiled()
    return formula.prepared(run)


def through_evaluate() -> Judge:
    """With the result made JSON, as a single record uses it."""
    formula, run = compiled()
    return lambda record: formula.evaluate_in(record, run)


def with_simpleeval() -> Judge:
    from simpleeval import SimpleEval

    source = (
        '"完了日を入力してください" if status == "完了" and not completed_at else '
        '("要決裁" if amount * qty >= 100000 and left(dept, 2) == "総務" else "")'
    )
    evaluator = SimpleEval(functions={'left': lambda text, count: text[:count]})
    parsed = evaluator.parse(source)

    def judge(record: Record) -> str:
        evaluator.names = record
        return str(evaluator.eval(source, previously_parsed=parsed))

    return judge


def with_cel() -> Judge:
    import celpy

    source = (
        'status == "完了" && completed_at == "" ? "完了日を入力してください" : '
        '(amount * qty >= 100000.0 && dept.startsWith("総務") ? "要決裁" : "")'
    )
    environment = celpy.Environment()
    program = environment.program(environment.compile(source))

    def judge(record: Record) -> str:
        names = {name: celpy.json_to_cel(value if value is not None else '') for name, value in record.items()}
        return str(program.evaluate(names))

    return judge


def fastest(judge: Judge, records: list[Record], rounds: int) -> float:
    """Evaluations per second in the best of the rounds."""
    best = float('inf')
    for _ in range(rounds):
        start = time.perf_counter()
        for record in records:
            judge(record)
        best = min(best, time.perf_counter() - start)
    return len(records) / best


def print_table(speeds: dict[str, float], records: int) -> None:
    ours = speeds['our closures, evaluate()']
    print(f'{"":26}{"evaluations/s":>15}{"ours is":>12}')
    for name, speed in speeds.items():
        print(f'{name:26}{speed:15,.0f}{ours / speed:11.2f}x')
    ratios = {f'ours_over_{name}': round(ours / speed, 3) for name, speed in speeds.items()}
    print(json.dumps({'bench': 'formula', 'records': records, **ratios}, ensure_ascii=False))


if __name__ == '__main__':
    main()

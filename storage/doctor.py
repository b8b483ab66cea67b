"""Is what lies on disk what was written? Pages, chain, witness, attachments, and the state rebuilt from history."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import apsw

from storage import attachments, history, replay
from storage.blobs import Blobs
from storage.errors import Damaged
from storage.sqlite import close, connect, connect_writer
from storage.witness import parse

STATES: Final = {
    '文書': 'SELECT coll, id, rev, body FROM doc ORDER BY coll, id',
    '検索語': 'SELECT d.coll, d.id, w.text FROM doc d JOIN words w ON w.n = d.n ORDER BY d.coll, d.id',
    '採番': 'SELECT series, last FROM number ORDER BY series',
    '重複禁止の値': 'SELECT scope, value, id FROM claim ORDER BY scope, value',
    '添付の対応': 'SELECT coll, id, sha FROM attachment ORDER BY coll, id, sha',
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing doctor saw; `text` is for the administrator."""

    code: str
    severity: Literal['error', 'warning', 'note']
    text: str


def examine(
    folder: Path, *, witness: Path | None = None, rebuild: bool = False, vfs: str | None = None
) -> list[Finding]:
    """Every finding about a store, which may be in use meanwhile. Empty: all is well. Changes nothing.

    `rebuild` plays the whole history in a temporary copy and compares (some seconds per 100,000 changes).
    """
    file = folder / 'city.db'
    if not file.is_file():
        return [Finding('no-database', 'error', f'{file} がありません。')]
    try:
        db = connect(file, vfs=vfs)
    except apsw.Error as error:
        return [_unreadable(error)]
    checks: list[Callable[[], Iterator[Finding]]] = [
        lambda: _pages(db),
        lambda: _chain(db),
        lambda: _witness(db, witness or folder / 'witness.log'),
        lambda: _blobs(db, Blobs(folder / 'blobs', set)),
        *([lambda: _rebuilt(db)] if rebuild else []),
    ]
    findings: list[Finding] = []
    try:
        findings += [finding for one in checks for finding in _guarded(one)]
    finally:
        close(db, as_it_lies=any(finding.severity == 'error' for finding in findings))
    return findings


def _guarded(one: Callable[[], Iterator[Finding]]) -> list[Finding]:
    try:
        return list(one())
    except (apsw.Error, Damaged, ValueError) as error:
        return [_unreadable(error)]


def _unreadable(error: Exception) -> Finding:
    return Finding('unreadable', 'error', f'データベースを読めません（{error}）。バックアップから復元してください。')


def _pages(db: apsw.Connection) -> Iterator[Finding]:
    for (answer,) in db.execute('PRAGMA integrity_check'):
        if answer != 'ok':
            yield Finding('pages', 'error', f'データベースのページが壊れています: {answer}')


def _chain(db: apsw.Connection) -> Iterator[Finding]:
    for seq, what in history.verify(db):
        if what == 'body':
            yield Finding('chain-body', 'error', f'変更 {seq} の内容が、記録された時のものと違います。')
        else:
            yield Finding('chain', 'error', f'変更履歴のつながりが {seq} 番で切れています（{what}）。')


def _witness(db: apsw.Connection, file: Path) -> Iterator[Finding]:
    newest = ahead = history.last(db)[0]
    if not newest and not file.exists():
        return
    if not file.exists():
        yield Finding('no-witness', 'warning', f'証人ファイル {file.name} がありません。末尾の欠落を確かめられません。')
        return
    for line in file.read_bytes().split(b'\n'):
        seen = parse(line)
        if seen is None:
            if line:
                yield Finding('witness-line', 'warning', f'証人ファイルに読めない行があります: {line[:40]!r}')
            continue
        chain = history.chain_at(db, seen[0])
        if chain is None and seen[0] > newest:
            ahead = max(ahead, seen[0])
        elif chain != seen[1]:
            yield Finding('witness-differs', 'error', f'変更 {seen[0]} は、証人が見たものと違います。')
    if ahead > newest:
        yield Finding('witness-ahead', 'error', f'証人は変更 {ahead} まで見ましたが、記録は {newest} までです。')


def _blobs(db: apsw.Connection, blobs: Blobs) -> Iterator[Finding]:
    named, there = attachments.named(db), set(blobs.all())
    for sha in sorted(named - there):
        yield Finding('blob-missing', 'error', f'添付ファイル {sha[:12]}… がありません。')
    for sha in sorted(named & there):
        try:
            blobs.open(sha).close()
        except Damaged:
            yield Finding('blob-damaged', 'error', f'添付ファイル {sha[:12]}… の中身が変わっています。')
    if there - named:
        yield Finding('blob-unnamed', 'note', f'どの文書も使っていない添付が {len(there - named)} 件あります。')


def _rebuilt(db: apsw.Connection) -> Iterator[Finding]:
    """Today's tables against those that the history alone makes."""
    with tempfile.TemporaryDirectory() as folder:
        other = connect_writer(Path(folder) / 'city.db')
        try:
            with other:
                for line in history.lines(db, '1'):
                    replay.apply(other, line)
            for name, sql in STATES.items():
                differing = _differing(db, other, sql)
                if differing:
                    yield Finding('rebuild', 'error', f'{name}が変更履歴と合いません（{differing}）。')
        finally:
            other.close()


def _differing(db: apsw.Connection, other: apsw.Connection, sql: str) -> str:
    """The first rows that differ, named by their first two columns."""
    ours, theirs = set(db.execute(sql)), set(other.execute(sql))
    names = sorted({f'{row[0]}/{row[1]}' for row in ours ^ theirs})
    return '、'.join(names[:5]) + (f' ほか {len(names) - 5} 件' if len(names) > 5 else '')


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog='python -m storage.doctor', description='記録の検査')
    parser.add_argument('folder', type=Path, help='city.db のあるフォルダ')
    parser.add_argument('--witness', type=Path, help='証人ファイル（別の場所に置いている場合）')
    parser.add_argument('--rebuild', action='store_true', help='変更履歴から今の状態を作り直して比べる')
    wanted = parser.parse_args(arguments)
    findings = examine(wanted.folder, witness=wanted.witness, rebuild=wanted.rebuild)
    for finding in findings:
        print(f'[{finding.severity}] {finding.code}: {finding.text}')
    if not findings:
        print('異常はありません。')
    return 1 if any(finding.severity == 'error' for finding in findings) else 0


if __name__ == '__main__':
    sys.exit(main())

"""The rules of the matrix: what is wrong about what is sent, and what every way in says to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ENTER, CHANGE, ACT = 'enter', 'change', 'act'

Told = tuple[tuple[str, str], ...]
"""(code, text) of each message."""


@dataclass(frozen=True, slots=True)
class Rule:
    """told: by what is done (a new record, a change, an action) -> the one message.

    values: what is wrong. action: the one that is taken. on: which record. stale: sent over an older revision.
    """

    name: str
    told: Mapping[str, tuple[str, str]]
    values: Mapping[str, Any] = field(default_factory=dict)
    action: str = '対応を始める'
    on: str = 'own'
    stale: bool = False


def _everywhere(code: str, text: str) -> dict[str, tuple[str, str]]:
    return dict.fromkeys((ENTER, CHANGE, ACT), (code, text))


_NOT_YOURS = '内部メモは、あなたの権限では入力も変更もできません。空のままか、元の値のままにしてください。'
_MEANWHILE = ('conflict', 'ほかの人が先に変更しました。新しい内容を見て、もう一度行ってください。')

RULES = (
    Rule('required', _everywhere('required', '件名を入力してください。'), {'件名': ''}),
    Rule('conditional required', _everywhere('required', '緊急の理由を入力してください。'), {'区分': '緊急'}),
    Rule(
        'forbidden',
        _everywhere('forbidden', '備考は、いまの内容では入力できません。空にしてください。'),
        {'備考': '窓の近く'},
    ),
    Rule('constraint', _everywhere('constraint', '人数は10人までです。'), {'人数': '11'}),
    Rule(
        'choice',
        _everywhere('not_a_choice', '場所「屋上」は選択肢にありません。選択肢の中から選んでください。'),
        {'場所': '屋上'},
    ),
    Rule(
        'unique', _everywhere('unique', '登録番号「Ｔ-1」は、すでに登録されています。'), {'登録番号': 'Ｔ-1'}
    ),
    Rule(
        'workflow',
        {
            ENTER: ('not_typed', '状態は自動で決まる項目です。値を送らないでください。'),
            CHANGE: ('readonly', '状態は変更できません。元の値に戻してください。'),
            ACT: ('status_passed', '状態はいま「受付」なので、「再開する」はできません。画面を開き直してください。'),
        },
        {'状態': '完了'},
        action='再開する',
    ),
    Rule('guard', {ACT: ('guard', '人数を入れてから完了にしてください。')}, action='完了にする'),
    Rule(
        'record permission',
        {
            CHANGE: ('forbidden', '「貸出の申込み」で変更する権限がありません。'),
            ACT: ('forbidden', '「貸出の申込み」で操作する権限がありません。'),
        },
        {'件名': '見本の催し'},
        on='foreign',
    ),
    Rule('field permission', _everywhere('not_yours', _NOT_YOURS), {'内部メモ': '伏せる話'}),
    Rule('revision', {CHANGE: _MEANWHILE, ACT: _MEANWHILE}, {'件名': '見本の催し'}, stale=True),
)

"""D7: rules on change."""



from wrong import Wrong, app_with

FIELDS = (
    '- {name: 居場所, type: select_one, choices: [額谷, 退所]}',
    '- {name: 部屋, type: text}',
    '- {name: 移動履歴, type: subtable, columns: [{name: 移動日, type: date}, {name: 移動元, type: text}]}',
)


def rule(settings: str) -> str:
    return app_with(*FIELDS, then=f'on_change:\n  - {{{settings}}}')


CASES = [
    Wrong('D209', 9, rule('field: 現在地, clear: [部屋]'), 'on_change の field', '「居場所」'),
    Wrong('D209', 9, rule('field: 居場所, clear: [部屋番号]'), 'on_change の clear', '「部屋」に直す'),
    Wrong('D209', 9, rule('field: 居場所, clear: [部屋], offer_same: 世帯'), '「世帯」はありません', '作って'),
    Wrong('D701', 9, rule('field: 居場所, add_row: 部屋'), '「部屋」は明細ではありません', 'subtable'),
    Wrong(
        'D702',
        9,
        rule('field: 居場所, add_row: 移動履歴, prefill: {移動先: 居場所}'),
        '列「移動先」はありません',
        '明細に列を足して',
    ),
    Wrong(
        'D402',
        9,
        rule('field: 居場所, add_row: 移動履歴, prefill: {移動日: 居場所}'),
        '「移動日」の行の初期値',
        '直すか',
    ),
    Wrong(
        'D404', 9, rule('field: 居場所, add_row: 移動履歴, prefill: {移動元: Old.現在地}'), '「現在地」', '名前を直す'
    ),
    Wrong('D703', 9, rule('field: 居場所'), 'することが1つもありません', 'add_row か clear'),
    Wrong('D704', 9, rule('field: 居場所, clear: [居場所]'), '「居場所」自身が消えます', '規則を消して'),
]

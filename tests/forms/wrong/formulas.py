"""D4: formulas."""

# ruff: noqa: E501 - one wrong definition, one line

from wrong import Wrong, app_with

TWO = ('- {name: 人数, type: integer}', '- {name: 種別, type: select_one, choices: [舗装, 側溝]}')

CASES = [
    Wrong(
        'D401', 5, app_with('- {name: 人数, type: integer, constraint: 人数 > }'), '途中で終わって', 'この行を消して'
    ),
    Wrong(
        'D401', 7, app_with(*TWO, "- {name: 内容, type: text, relevant: 種別 == '舗装'}"), '「==」は使えません', '「=」'
    ),
    Wrong(
        'D401', 7, app_with(*TWO, '- {name: 内容, type: text, relevant: Round(人数) > 1}'), '引数が足りません', 'Round'
    ),
    Wrong(
        'D401',
        11,
        app_with(*TWO, '- name: 内容', '  type: text', '  relevant: |', '    人数 > 1 &&', '    (人数 < 3'),
        '閉じる「)」',
        'この行を消して',
    ),
    Wrong(
        'D402',
        7,
        app_with(*TWO, '- {name: 内容, type: text, required: 人数}'),
        '「人数」の結果が合いません',
        '項目名 = 値',
    ),
    Wrong(
        'D402',
        7,
        app_with(*TWO, '- {name: 合計, type: calculation, result: date, calculation: 種別}'),
        '結果が合いません',
        'DateValue',
    ),
    Wrong('D402', 6, app_with(TWO[0], then='views: [{name: 全部, filter: 人数}]'), '一覧「全部」の条件', '直すか'),
    Wrong(
        'D403',
        6,
        app_with(
            '- {name: 旧番号, type: text, retired: true}', '- {name: 内容, type: text, relevant: IsBlank(旧番号)}'
        ),
        '「旧番号」',
        'retired を外して',
    ),
    Wrong(
        'D404',
        7,
        app_with(*TWO, '- {name: 内容, type: text, relevant: 種類 = "舗装"}'),
        '「種類」という項目',
        '「種別」',
    ),
    Wrong(
        'D404',
        4,
        'title: 見本\nsections:\n  - title: 内容\n    relevant: 年齢 > 3\n    fields: [{name: 氏名, type: text}]\n',
        '見出しの表示条件',
        '文字なら "年齢"',
    ),
    Wrong('D404', 6, app_with(TWO[0], then='views: [{name: 全部, filter: 件数 > 1}]'), '「件数」', '「人数」'),
    Wrong(
        'D404',
        5,
        app_with(
            '- {name: 表, type: subtable, columns: [{name: 数, type: integer}, {name: 倍, type: calculation, calculation: 個 * 2}]}'
        ),
        '「個」',
        '名前を直す',
    ),
    Wrong(
        'D405',
        7,
        app_with(*TWO, '- {name: 内容, type: text, relevant: IsBlnk(人数)}'),
        '「IsBlnk」という関数',
        'IsBlank',
    ),
    Wrong(
        'D406',
        5,
        app_with('- {name: 種別, type: select_one, choices: [舗装, 側溝], default: 舗装}'),
        '「舗装」は、項目ではなく選択肢',
        '\'"舗装"\'',
    ),
    Wrong(
        'D407',
        5,
        app_with(
            '- {name: 甲, type: calculation, calculation: 乙 + 1}',
            '- {name: 乙, type: calculation, calculation: 甲 + 1}',
        ),
        '甲 → 乙 → 甲',
        '循環している項目を取る',
    ),
    Wrong(
        'D407', 5, app_with('- {name: 甲, type: calculation, calculation: 甲 + 1}'), '甲 → 甲', 'calculation を消して'
    ),
    Wrong(
        'D407',
        5,
        app_with(
            '- {name: 計, type: calculation, calculation: "Sum(表, 倍)"}',
            '- {name: 表, type: subtable, columns: [{name: 倍, type: calculation, calculation: 計 * 2}]}',
        ),
        '計 → 表.倍 → 計',
        '循環',
    ),
    Wrong('D408', 6, app_with('- {name: 生年月日, type: date}', '- {name: 年齢, type: calculation, calculation: "DateDiff(生年月日, Today(), TimeUnit.Years)"}'), '満年齢になりません', 'AGE(生年月日'),
    Wrong('D408', 5, app_with('- {name: 氏名, type: text, forbidden: 氏名 = ""}'), '「氏名 = ""」に注意', 'IsBlank('),
]

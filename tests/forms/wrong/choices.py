"""D3: choices and CSV files."""

# ruff: noqa: E501 - one wrong definition, one line

from wrong import Wrong, app_with

PLACES = '- {name: 場所, type: select_one, choices: places.csv}'

KIND = '- {name: 種別, type: select_one, choices: [{value: 舗装, label: ほそう}, 側溝]}'

CASES = [
    Wrong('D301', 5, app_with('- {name: 種別, type: select_one}'), '選択肢がありません', '選択肢を書く'),
    Wrong('D301', 5, app_with('- {name: 種別, type: select_one, choices: []}'), '選択肢がありません', 'type: text'),
    Wrong(
        'D301',
        5,
        app_with('- {name: 種別, type: select_one, choices: [{value: 甲, label: あ}, {value: 乙, label: あ}]}'),
        '表示名「あ」',
        '区別できる表示名',
    ),
    Wrong(
        'D301',
        5,
        app_with('- {name: 種別, type: select_one, choices: [{value: 甲, retired: true}]}'),
        'すべて使用終了',
        '使える選択肢を足す',
    ),
    Wrong(
        'D302',
        5,
        app_with('- {name: 種別, type: select_one, choices: [舗装, 側溝, 舗装]}'),
        '「舗装」が2回',
        '値を変えて',
    ),
    Wrong(
        'D302',
        7,
        app_with('- {name: 用件, type: select_multiple, choices: {住宅課: [修理],', '   生活課: [', '   修理]}}'),
        '「修理」が2回',
        'どちらか1つを消す',
    ),
    Wrong(
        'D303',
        5,
        app_with("""- {name: 種別, type: select_one, choices: [舗装, 側溝], default: '"舗裝"'}"""),
        '初期値「舗裝」',
        '「舗装」に直す',
    ),
    Wrong(
        'D304',
        5,
        app_with("""- {name: 種別, type: select_one, choices: [{value: 甲, retired: true}, 乙], default: '"甲"'}"""),
        '使用終了',
        'default を消して',
    ),
    Wrong(
        'D305',
        5,
        app_with(PLACES),
        'ファイル「places.csv」がありません',
        '「place.csv」に直す',
        files={'place.csv': b'value\na\n'},
    ),
    Wrong('D305', 5, app_with(PLACES.replace('places', '../places')), '「../places.csv」', 'choices フォルダー'),
    Wrong(
        'D306',
        5,
        app_with(PLACES),
        '列「value」がありません',
        '「values」に直す',
        files={'places.csv': 'values,label\na,あ\n'.encode()},
    ),
    Wrong(
        'D306',
        5,
        app_with(
            '- {name: 点検表, type: checklist, rows: rows.csv, row_columns: [部位], columns: [{name: 良否, type: yes_no}]}'
        ),
        '列「部位」がありません',
        '「部署」',
        files={'rows.csv': 'value,部署\n外壁,建築\n'.encode()},
    ),
    Wrong(
        'D307',
        5,
        app_with(PLACES),
        '文字コードが分かりません',
        'UTF-8で保存',
        files={'places.csv': 'value\n庁舎\n'.encode('utf-16')},
    ),
    Wrong(
        'D308',
        5,
        app_with(PLACES),
        '3行目の値「庁舎」',
        'どちらかの行を消す',
        files={'places.csv': 'value\n庁舎\n庁舎\n'.encode('cp932')},
    ),
    Wrong(
        'D309',
        5,
        app_with(PLACES),
        '2行目は値が空',
        '値を書く',
        files={'places.csv': 'value,label\n,庁舎\n学校,\n'.encode()},
    ),
    Wrong('D310', 5, app_with(PLACES), '行がありません', '定義の中に書いて', files={'places.csv': b'value\n'}),
    Wrong('D310', 5, app_with(PLACES), '行がありません', '行を書く', files={'places.csv': b''}),
    Wrong('D311', 6, app_with(KIND, '- {name: 内容, type: text, relevant: 種別 = "舗裝"}'), '「舗裝」は、「種別」の選択肢', '「舗装」に直す'),
    Wrong('D311', 6, app_with(KIND, '- {name: 内容, type: text, relevant: 種別 = "ほそう"}'), '「ほそう」は', '「舗装」に直す'),
    Wrong('D311', 6, app_with(KIND, '- {name: 内容, type: text, relevant: "Not(種別 in [\\"側溝\\", \\"照明\\"])"}'), '「照明」は', '足して'),
    Wrong('D311', 6, app_with(KIND, '- {name: 日数, type: calculation, calculation: "Switch(種別, \\"側溝\\", 1, \\"照明\\", 2, 3)"}'), '「照明」は', '足して'),
    Wrong('D311', 6, app_with('- {name: 用件, type: select_multiple, choices: [修理, 支援]}', '- {name: 内容, type: text, relevant: "\\"支給\\" in 用件"}'), '「支給」は', '「支援」に直す'),
    Wrong('D311', 6, app_with('- {name: 表, type: subtable, columns: [{name: 結果, type: select_one, choices: [有, 無]}]}', '- {name: 数, type: calculation, calculation: "CountIf(表, 結果 = \\"あり\\")"}'), '「あり」は、「結果」', '「有」、「無」'),
    Wrong('D311', 5, app_with('- {name: 表, type: subtable, columns: [{name: 結果, type: select_one, choices: [有, 無]}, {name: 内容, type: text, required: 結果 = "あり"}]}'), '「あり」は、「結果」', '「有」、「無」'),
]

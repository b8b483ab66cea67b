"""D2: fields and their names."""



from wrong import Wrong, app_with

TABLE = '- {name: 履歴, type: subtable, columns: [{name: 日, type: date}, {name: 場所, type: text%s}]}'

CASES = [
    Wrong('D201', 5, app_with('- {name: 氏名, type: txet}'), '「txet」はありません', '「text」に直す'),
    Wrong('D201', 5, app_with('- {name: 氏名, type: 氏名}'), '「氏名」はありません', '「person_name」に直す'),
    Wrong(
        'D202',
        6,
        app_with('- {name: 氏名, type: text}', '- {name: 氏名, type: kana}'),
        '「氏名」が2回',
        'どちらかを消して',
    ),
    Wrong(
        'D202',
        5,
        app_with('- {name: 表, type: subtable, columns: [{name: 日, type: date}, {name: 日, type: text}]}'),
        '「日」',
        '名前を変える',
    ),
    Wrong(
        'D203',
        6,
        app_with(
            '- {name: 種別, type: select_one, choices: [甲, その他], other: true}', '- {name: 種別_その他, type: text}'
        ),
        '項目「種別」が作る',
        'この項目の名前を変える',
    ),
    Wrong(
        'D203',
        5,
        app_with('- {name: 受付番号, type: text}', then='numbering: [{field: 受付番号, format: "{seq:4}"}]'),
        '採番',
        '別の名前',
    ),
    Wrong('D204', 5, app_with('- {name: 電話番号(自宅), type: phone}'), '使えない文字', '「電話番号自宅」'),
    Wrong('D204', 5, app_with('- {name: 1番, type: text}'), '「1番」', '「項目1番」'),
    Wrong('D205', 5, app_with('- {name: _氏名, type: text}'), 'システムが使う', '「_」を取る'),
    Wrong('D206', 5, app_with('- {name: True, type: text}'), '別の意味', '「True_1」'),
    Wrong('D206', 5, app_with('- {name: CurrentUser, type: staff}'), '別の意味', '別の名前'),
    Wrong('D207', 3, 'title: 見本\nsections:\n  - title: 内容\n', '見出し「内容」', 'fields: に項目を書く'),
    Wrong('D207', 2, 'title: 見本\nsections: []\n', '項目が1つもありません', 'まとまりごと消して'),
    Wrong(
        'D208',
        5,
        app_with(
            '- {name: 表, type: subtable, columns: [{name: 中, type: subtable, columns: [{name: 日, type: date}]}]}'
        ),
        '表の中に置けない',
        '表の外に出す',
    ),
    Wrong(
        'D209',
        6,
        app_with('- {name: 氏名, type: person_name}', '- {name: カナ, type: kana, kana_of: 名前}'),
        '「名前」',
        '作って',
    ),
    Wrong('D211', 5, app_with('- {name: 合計, type: calculation}'), 'calculation がありません', 'type を変えて'),
    Wrong(
        'D213',
        5,
        app_with('- {name: 受付日, type: date, readonly: true, required: true}'),
        'readonly',
        'required を外して',
    ),
    Wrong(
        'D214',
        5,
        app_with('- {name: 人数, type: integer, constraint_message: 1人以上}'),
        'constraint がありません',
        '消して',
    ),
    Wrong(
        'D215',
        5,
        app_with('- {name: 人数, type: integer, required: true, forbidden: true}'),
        'どちらも true',
        '式にして',
    ),
    Wrong(
        'D216',
        6,
        app_with('- {name: 氏名, type: person_name, retired: true}', '- {name: カナ, type: kana, kana_of: 氏名}'),
        '使用終了',
        'retired を外して',
    ),
    Wrong(
        'D217',
        5,
        app_with('- {name: 人数, type: text, min_length: 9, max_length: 3}'),
        '最小文字数が最大文字数より',
        '直して',
    ),
    Wrong('D209', 5, app_with('- {name: 施工後, type: photo, pair_of: 施工まえ}'), '「施工まえ」', '作って'),
    Wrong(
        'D210',
        6,
        app_with('- {name: 施工前, type: text}', '- {name: 施工後, type: photo, pair_of: 施工前}'),
        '種類がちがいます',
        '写真の項目',
    ),
    Wrong('D217', 5, app_with('- {name: 施工後, type: photo, pair_of: 施工後}'), '自分自身', '前の写真'),
    Wrong(
        'D217',
        7,
        app_with(
            '- {name: 甲, type: photo}',
            '- {name: 乙, type: photo, pair_of: 甲}',
            '- {name: 丙, type: photo, pair_of: 乙}',
        ),
        '「乙」も',
        '2つの項目',
    ),
    Wrong('D217', 5, app_with('- {name: 施設, type: lookup}'), '参照するアプリがありません', 'app:'),
    Wrong('D217', 5, app_with('- {name: 表, type: subtable}'), '列がありません', 'columns:'),
]

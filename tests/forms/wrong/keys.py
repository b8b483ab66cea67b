"""D1: keys and values."""



from wrong import Wrong, app_with

CASES = [
    Wrong('D101', 3, 'title: 見本\nsections: []\ntitle: 二つ目\n', '「title」が2回', 'どちらか1つを消す'),
    Wrong('D101', 5, app_with('- {name: 氏名, type: text, type: kana}'), '「type」が2回', '別の名前'),
    Wrong('D102', 5, app_with('- {name: 氏名, type: text, requierd: true}'), '「requierd」', '「required」に直す'),
    Wrong('D102', 5, app_with('- {name: 氏名, type: text, 必須: true}'), '「必須」', '「required」に直す'),
    Wrong(
        'D102', 5, app_with('- {name: 氏名, type: text, required_if: true}'), '「required_if」', '「required」に直す'
    ),
    Wrong('D102', 1, 'fields: []\ntitle: 見本\n', '「fields」', '「sections」に直す'),
    Wrong(
        'D102',
        6,
        app_with('- {name: 氏名, type: text}', then='workfow: {initial: 受付}'),
        '「workfow」',
        '「workflow」',
    ),
    Wrong(
        'D102',
        5,
        app_with('- {name: 種別, type: select_one, choices: [{value: 甲, colour: red}]}'),
        '「colour」',
        '「color」',
    ),
    Wrong('D103', 5, app_with('- {type: text}'), '「name」がありません', '書き足す'),
    Wrong('D103', 5, app_with('- {name: 氏名}'), '「type」がありません', '書き足す'),
    Wrong('D103', 1, 'sections:\n  - fields:\n      - {name: 氏名, type: text}\n', '「title」がありません', '書き足す'),
    Wrong('D103', 1, 'title: 見本\n', '「sections」がありません', '書き足す'),
    Wrong(
        'D103',
        6,
        app_with('- {name: 氏名, type: text}', then='views: [{columns: [氏名]}]'),
        '「name」がありません',
        '書き足す',
    ),
    Wrong('D104', 1, 'title:\nsections: []\n', '「title」の値が空', '値を書く'),
    Wrong('D104', 5, app_with('- {name: 種別, type: select_one, choices: }'), '「choices」の値が空', 'この行を消して'),
    Wrong('D105', 5, app_with('- {name: 氏名, type: text, max_length: 長め}'), '「max_length」は整数', '数字だけ'),
    Wrong('D106', 5, app_with('- {name: 人数, type: integer, min: 一人}'), '「min」は数値', '数字だけ'),
    Wrong('D107', 5, app_with('- {name: 氏名, type: text, unique: yes}'), '「unique」は true か false', 'true(する)'),
    Wrong('D107', 5, app_with('- {name: 氏名, type: text, retired: はい}'), '(いまは「はい」)', 'false(しない)'),
    Wrong('D108', 5, app_with('- {name: 氏名, type: text, width: longg}'), '「width」に「longg」', '「long」に直す'),
    Wrong(
        'D108', 5, app_with('- {name: 氏名, type: text, privacy: secret}'), '「privacy」に「secret」', '「sensitive」'
    ),
    Wrong(
        'D108',
        6,
        app_with('- {name: 氏名, type: text}', then='views: [{name: 全部, type: lists}]'),
        '「lists」',
        '「list」に直す',
    ),
    Wrong(
        'D108', 2, 'title: 見本\nfiscal_start: 13\nsections: []\n', '「fiscal_start」に「13」', '「1」、「2」、「3」'
    ),
    Wrong('D109', 2, 'title: 見本\nsections: 内容\n', '「sections」は一覧', '[内容]'),
    Wrong('D109', 5, app_with('- {name: 種別, type: select_one, choices: 甲}'), '「choices」は一覧', '[甲]'),
    Wrong('D110', 5, app_with('- 氏名'), '「名前: 値」の組', '字下げした行'),
    Wrong('D110', 6, app_with('- {name: 氏名, type: text}', then='workflow: 受付'), '「workflow」は', '{名前: 値}'),
    Wrong('D111', 1, 'title: [見本, 二つ]\nsections: []\n', '「title」には値を1つだけ', '[ ] や { } を取って'),
    Wrong('D111', 5, app_with('- {name: 氏名, type: [text, kana]}'), '「type」には値を1つだけ', '1つの値'),
    Wrong('D112', 2, 'title: 見本\nclosing_days: [8月15日]\nsections: []\n', '「closing_days」は日付', '2026-04-01'),
    Wrong('D112', 2, 'title: 見本\nclosing_days: [2026-02-30]\nsections: []\n', '(いまは「2026-02-30」)', '2026-04-01'),
    Wrong(
        'D113', 2, 'title: 見本\nrecord_title: [氏名, 氏名]\nsections: []\n', '同じ「氏名」が2回', 'どちらか1つを消す'
    ),
    Wrong(
        'D113',
        6,
        app_with('- {name: 氏名, type: text}', then='views: [{name: 全部}, {name: 全部}]'),
        '同じ「全部」が2回',
        '別の名前',
    ),
]

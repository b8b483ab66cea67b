"""D0: the file and its YAML."""



from wrong import Wrong, app_with

CASES = [
    Wrong('D001', 1, 'title: 見本\n'.encode('cp932'), '文字コードがUTF-8ではありません', 'UTF-8で保存し直す'),
    Wrong('D002', 1, '', '定義が空', 'title: と sections:'),
    Wrong('D002', 1, '# 何もない\n', '定義が空', 'フォルダーから出して'),
    Wrong('D003', 1, '- title: 見本\n', '「キー: 値」の形ではありません', 'コロンの後の空白'),
    Wrong('D003', 1, 'ただの文\n', '「キー: 値」の形ではありません', 'title: 窓口受付'),
    Wrong('D004', 2, 'title: 見本\n\tsections: []\n', 'タブ文字', '半角の空白2つ'),
    Wrong('D005', 1, 'title: "見本\nsections: []\n', '引用符「"」が閉じていません', '「"」を足す'),
    Wrong('D005', 1, "title: '見本\nsections: []\n", "引用符「'」が閉じていません", "「'」を足す"),
    Wrong(
        'D006', 5, app_with('- {name: 電話, type: phone', '- {name: 氏名, type: text}'), 'かっこ「{」', '「,」を足す'
    ),
    Wrong('D006', 5, app_with('- {name: 電話 type: phone}'), 'かっこ「{」', '1行に1つずつ'),
    Wrong('D006', 2, 'title: 見本\nrecord_title: [氏名\nsections: []\n', 'かっこ「[」', '閉じるかっこ'),
    Wrong('D007', 1, 'title: 見本: 受付\nsections: []\n', '値の中に「: 」', '値全体を「"」で囲む'),
    Wrong('D008', 4, 'title: 見本\nsections:\n  - title: 内容\n   fields: []\n', '字下げ', '左右同じ位置'),
    Wrong('D008', 3, 'title: 見本\nrecord_title:\n - 氏名\n  - 住所\nsections: []\n', '字下げ', '左右同じ位置'),
    Wrong('D009', 2, 'title: 見本\nsections\nviews: []\n', '「:」がありません', '半角の「: 」'),
    Wrong('D009', 1, 'title：見本\nsections: []\n', '「:」がありません', '半角の「: 」'),
    Wrong('D010', 5, app_with('- {name: 内容, type: text, relevant: !IsBlank(氏名)}'), '「!」で始める', 'Not(...)'),
    Wrong('D010', 1, 'title: @見本\nsections: []\n', '「@」で始める', "「'」で囲む"),
    Wrong('D010', 1, 'title: *見本\nsections: []\n', '「*」で始める', "「'」で囲む"),
    Wrong('D010', 1, 'title: &見本 a\nsections: []\n', '「&」で始める', "「'」で囲む"),
    Wrong('D011', 2, 'title: 見本\ndescription: a\x01b\n', '制御文字', '打ち直し'),
    Wrong('D010', 1, 'title: |見本\nsections: []\n', '「|」で始める', "「'」で囲む"),
    Wrong('D012', 1, '%見本\n', 'YAMLとして読めない', '前の版に戻して'),
    Wrong('D018', 1, 'title: "C:\\dir"\n', '「\\」の使い方', '2つ重ねる'),
    Wrong('D013', 3, 'title: 見本\nsections: []\n---\ntitle: 二つ目\n', '2つ目の定義', '別のファイルに分ける'),
    Wrong('D014', 1, app_with('- {name: 氏名, type: text}'), 'ファイル名「道路-要望」', '英小文字', name='道路-要望'),
    Wrong(
        'D015',
        7,
        app_with('- name: 種別', '  type: text', '  relevant: "a" = 内容'),
        '余分な文字',
        '余分な文字を消して',
    ),
    Wrong('D015', 1, 'title: "見本" です\nsections: []\n', '余分な文字', "「'」で囲む"),
    Wrong('D016', 1, 'title: ' + '[' * 60 + ']' * 60 + '\n', '入れ子が深すぎ', '減らす'),
    Wrong('D017', 5, app_with('- {name:電話, type: phone}'), '「:」の後に空白がありません', '半角の空白を足す'),
]

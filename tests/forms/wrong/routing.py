"""Places, rules that fill fields from the map, and words that stop."""

# ruff: noqa: E501 - one wrong definition, one line

from wrong import Wrong, app_with

HEAD = '名前,かな,種類,緯度,経度\n'
POINT, PLACE = '- {name: 位置, type: location}', '- {name: 場所, type: place}'
TOWN = '- {name: 地区, type: select_one, choices: [北部, 南部]}'
SQUARE = '{"type": "Polygon", "coordinates": [[[136, 36], [137, 36], [137, 37], [136, 37], [136, 36]]]}'


def districts(name: str = '北部', key: str = '地区') -> dict[str, bytes]:
    feature = f'{{"type": "Feature", "properties": {{"{key}": "{name}"}}, "geometry": {SQUARE}}}'
    return {'districts.geojson': f'{{"type": "FeatureCollection", "features": [{feature}]}}'.encode()}


def routing(*lines: str) -> str:
    """The fields stand on the lines 5 and 6, `routing:` on line 7."""
    return app_with(POINT, TOWN, then='\n'.join(('routing:', *(f'  {line}' for line in lines))))


def areas(written: str) -> str:
    return routing('location: 位置', f'areas: [{{{written}}}]')


def stops(written: str) -> str:
    return app_with('- {name: 種別, type: text}', then=f'stops:\n  - {{{written}}}')


WHEN = """when: '種別 = "国道"'"""
DISTRICTS = 'fills: 地区, file: districts.geojson'

CASES = [
    Wrong('D209', 5, app_with('- {name: 場所, type: place, location: 位地}', POINT), '項目「位地」はありません', '「位置」に直す', places={'a.csv': f'{HEAD}見本橋,みほんばし,橋,36,136\n'.encode()}),
    Wrong('D210', 5, app_with('- {name: 場所, type: place, location: 種別}', '- {name: 種別, type: text}'), '「種別」は種類がちがいます', '位置の項目'),
    Wrong('D320', 5, app_with(PLACE), '候補がありません', 'places フォルダー'),
    Wrong('D321', 5, app_with(PLACE), '「a.csv」の3行目: 緯度「abc」を数として読めません', '度で書く', places={'a.csv': f'{HEAD}見本橋,,橋,36,136\n例示橋,,橋,abc,136\n'.encode('cp932')}),
    Wrong('D321', 5, app_with(PLACE), '「a.csv」の2行目: 緯度 136.6、経度 36.5 という場所はありません', '入れかえる', places={'a.csv': f'{HEAD}見本橋,,橋,136.6,36.5\n'.encode()}),
    Wrong('D321', 5, app_with(PLACE), '「a.csv」の1行目: 列「緯度」がありません', '「緯　度」を「緯度」に直す', places={'a.csv': '名前,緯　度,経度\n'.encode()}),
    Wrong('D321', 5, app_with(PLACE), '「a.csv」の1行目: 文字コードが分かりません', 'CSV UTF-8', places={'a.csv': b'\xff\xfe\x00'}),
    Wrong('D321', 5, app_with(PLACE), '「a.csv」の3行目: 2行目と同じ場所', 'どちらかの行', places={'a.csv': f'{HEAD}見本橋,,橋,36,136\n見本橋,,橋,36.0,136\n'.encode()}),
    Wrong('D322', 5, app_with(PLACE), 'ほかに5件の誤り', '列の順', places={'a.csv': (HEAD + '甲,,橋,x,y\n' * 25).encode()}),
    Wrong('D323', 7, routing('location: 位置'), '「rules」がありません', 'routing: を消して'),
    Wrong('D323', 7, routing(f'areas: [{{{DISTRICTS}}}]'), '「location」がありません', 'routing: を消して', areas=districts()),
    Wrong('D210', 8, routing('location: 地区', f'areas: [{{{DISTRICTS}}}]'), '「地区」は種類がちがいます', '位置の項目', areas=districts()),
    Wrong('D103', 9, areas('fills: 地区'), '「file」がありません', '書き足す'),
    Wrong('D753', 9, areas(f'{DISTRICTS}, within: -1'), '負の数「-1」', '0以上', areas=districts()),
    Wrong('D209', 9, areas('fills: 町区, file: districts.geojson'), '項目「町区」はありません', '「地区」に直す', areas=districts()),
    Wrong('D713', 9, areas(DISTRICTS), '値「中央」は、「地区」の選択肢にありません', '「地区」の選択肢に足して', areas=districts('中央')),
    Wrong('D714', 9, app_with(POINT, '- {name: 数, type: calculation, calculation: 1 + 1}', then='routing:\n  rules:\n    - {name: 規則, sets: {数: 2}}'), '「数」は人が入力する項目ではない', 'この行を消して'),
    Wrong('D715', 9, areas('fills: 地区, file: district.geojson'), 'ファイル「district.geojson」がありません', '「districts.geojson」に直す', areas=districts()),
    Wrong('D511', 9, areas(DISTRICTS), '「districts.geojson」は使えません。JSON', 'GISソフト', areas={'districts.geojson': b'{'}),
    Wrong('D717', 9, areas(DISTRICTS), '属性「地区」のある図形がありません', '「地区名」に直す', areas=districts(key='地区名')),
    Wrong('D103', 8, routing('rules: [{name: 規則}]'), '「sets」がありません', '書き足す'),
    Wrong('D404', 9, routing('rules:', '  - {name: 規則, when: 種別 = 1, sets: {地区: 1}}'), '「種別」という項目はありません', '名前を直すか'),
    Wrong('D103', 7, stops(f'name: 国道, {WHEN}'), '「say」がありません', '書き足す'),
    Wrong('D108', 7, stops(f'name: 国道, {WHEN}, say: 国へ, public: stop'), '「public」に「stop」は使えません', '「warn」'),
    Wrong('D108', 7, stops(f'name: 国道, {WHEN}, say: 国へ, action: 引き継ぐ'), '「action」に「引き継ぐ」は使えません', 'この行を消して'),
    Wrong('D728', 8, app_with('- {name: 種別, type: text}', '- {name: 内容, type: text}', then='public_form: {fields: [内容], number: 種別}\nstops: [{name: 国道, when: 種別 = "国道", say: 国へ}]'), '聞かない項目「種別」で決まる', '出さないなら none'),
    Wrong('D728', 7, stops(f'name: 国道, {WHEN}, say: 国へ, staff: none, public: none'), '職員にも市民にも出ません', 'この言葉を消して'),
]

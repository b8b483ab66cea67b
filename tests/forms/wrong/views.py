"""D5: views and the record's title."""

from collections.abc import Mapping

from wrong import Wrong, app_with

FIELDS = (
    '- {name: 氏名, type: person_name, privacy: personal}',
    '- {name: 種別, type: select_one, choices: [舗装, 側溝]}',
    '- {name: 受付日, type: date}',
)


def view(settings: str) -> str:
    return app_with(*FIELDS, then=f'views:\n  - {{name: 全部, {settings}}}')


def map_view(settings: str) -> str:
    fields = ('- {name: 位置, type: location}', '- {name: 種別, type: select_one, choices: [舗装, 側溝]}')
    return app_with(*fields, then=f'views:\n  - {{name: 地図, type: map, by: 位置, {settings}}}')


def layer(settings: str) -> str:
    return map_view(f'layers: [{{title: 路線, {settings}}}]')


def line(places: str, attributes: str = '{"名前": "一号"}') -> Mapping[str, bytes]:
    """A file routes.geojson with one route."""
    geometry = f'{{"type": "LineString", "coordinates": {places}}}'
    feature = f'{{"type": "Feature", "properties": {attributes}, "geometry": {geometry}}}'
    return {'routes.geojson': f'{{"type": "FeatureCollection", "features": [{feature}]}}'.encode()}


ROUTE = line('[[136.6, 36.5], [136.7, 36.6]]')

CASES = [
    Wrong('D501', 9, view('columns: [氏名, 種類]'), 'columns に書かれた「種類」', '「種別」に直す'),
    Wrong('D501', 9, view('filters: [年度, 受付]'), 'filters に書かれた「受付」', '「受付日」に直す'),
    Wrong('D501', 9, view('sort: [-受付目]'), 'sort に書かれた「受付目」', '「受付日」に直す'),
    Wrong('D501', 9, view('type: board, by: 状態'), 'by に書かれた「状態」', 'by から消して'),
    Wrong('D501', 9, view('type: summary, rows: month(受付)'), 'rows に書かれた「受付」', '「受付日」'),
    Wrong('D503', 9, view('type: board, columns: [氏名]'), '「by」が必要', 'type を変えて'),
    Wrong('D503', 9, view('type: summary'), '「rows」が必要', '「rows」を書く'),
    Wrong('D503', 9, view('type: gallery'), '「columns」が必要', '「columns」を書く'),
    Wrong('D504', 9, view('type: gallery, columns: [種別]'), '「種別」は種類がちがいます', '写真の項目'),
    Wrong('D504', 9, view('type: board, by: 氏名'), '「氏名」は種類がちがいます', '選択肢が1つの種類'),
    Wrong('D504', 9, view('type: calendar, by: 種別'), '「種別」は種類がちがいます', '日付か日時'),
    Wrong('D504', 9, view('type: map, by: 受付日'), '「受付日」は種類がちがいます', '位置'),
    Wrong('D504', 9, view('type: summary, rows: month(種別)'), '「種別」は種類がちがいます', '日付か日時'),
    Wrong('D504', 9, view('type: summary, rows: 種別, value: sum(受付日)'), '「受付日」は種類がちがいます', '数の項目'),
    Wrong(
        'D505', 2, 'title: 見本\nrecord_title: [受付番号]\nsections: []\n', '「受付番号」', 'record_title から消して'
    ),
    Wrong('D506', 9, view('type: summary, rows: week(受付日)'), '集計できない書き方', 'month(日付の項目)'),
    Wrong('D506', 9, view('type: summary, rows: 種別, value: 受付日'), '「受付日」は集計できない', 'sum(項目名)'),
    Wrong('D507', 9, view('public: true, columns: [種別, 氏名]'), '個人情報の項目「氏名」', 'public を消して'),
    Wrong('D508', 9, view('by: 種別'), '「by」は使いません', 'type を変えて'),
    Wrong('D501', 8, map_view('sign: 種類'), 'sign に書かれた「種類」', '「種別」に直す'),
    Wrong('D504', 8, map_view('sign: 位置'), '「位置」は種類がちがいます', '選択肢が1つ'),
    Wrong('D103', 8, map_view('layers: [{file: routes.geojson}]'), 'title', 'title', areas=ROUTE),
    Wrong('D510', 8, layer('file: route.geojson'), 'がありません', '「routes.geojson」に直す', areas=ROUTE),
    Wrong('D510', 8, layer('file: ../choices/x.csv'), '「../choices/x.csv」がありません', 'areas フォルダー'),
    Wrong('D511', 8, layer('file: a.geojson'), 'JSON(UTF-8)ではありません', 'GISソフト', areas={'a.geojson': b'{'}),
    Wrong('D511', 8, layer('file: a.geojson'), 'FeatureCollection', 'GISソフト', areas={'a.geojson': b'{"type": "X"}'}),
    Wrong('D511', 8, layer('file: routes.geojson'), '形の分からない図形', 'Polygon', areas=line('[]')),
    Wrong('D511', 8, layer('file: routes.geojson'), '平面直角座標系', 'EPSG:4326', areas=line('[[-45000.5, 52000.0]]')),
    Wrong('D511', 8, layer('file: routes.geojson'), '順が逆', '経度を先に', areas=line('[[36.5, 136.6]]')),
    Wrong('D512', 8, layer('file: routes.geojson, text: 名称'), '「名称」という属性', '「名前」に直す', areas=ROUTE),
    Wrong('D508', 9, view('sign: 種別'), '「sign」は使いません', 'type を変えて'),
]

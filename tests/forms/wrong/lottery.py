"""D764 and above: rules of a lottery that make no sense together."""

# ruff: noqa: E501 - one wrong definition, one line

from wrong import Wrong, app_with

FIELDS = (
    '- {name: 氏名, type: text}',
    '- {name: 希望, type: select_one, choices: [午前, 午後]}',
    '- {name: 住まい, type: select_one, choices: [市内, 近隣, 市外]}',
    '- {name: 人数, type: integer, min: 1, max: 3}',
)
SESSIONS = 'sessions: [{name: 午前, capacity: 8}, {name: 午後, capacity: 8}]'


def lottery(*settings: str, sessions: str = SESSIONS, before: str = '') -> str:
    """Without `before`, lottery: is line 9, its sessions and choices are lines 10 and 11, the settings follow."""
    lines = ('lottery:', f'  {sessions}', '  choices: [希望]', *(f'  {each}' for each in settings))
    return app_with(*FIELDS, then='\n'.join((*((before,) if before else ()), *lines)))


ASIDE = 'set_aside: {field: 住まい, values: [市内], '

CASES = [
    Wrong('D764', 12, lottery('policy: stop'), 'policy: stop は', 'size: に'),
    Wrong('D765', 12, lottery('offer_hours: 0'), '「0」は使えません', '1以上の数'),
    Wrong('D766', 10, lottery(sessions='sessions: [{name: 午前, capacity: 8, minimum: 9}, {name: 午後, capacity: 8}]'), '「午前」の最少の人数', '8以下'),
    Wrong('D767', 11, lottery(sessions='sessions: [{name: 午前, capacity: 8, starts: 2026-10-01 17:00}, {name: 午後, capacity: 8}]', before='period: {closes: 2026-10-01 17:00}'), '「午前」の開始', 'starts: を後'),
    Wrong('D768', 12, lottery('tiers: {field: 住まい, order: [市内, 近隣]}'), '「市外」が、抽選の順位', '「市外」を足す'),
    Wrong('D779', 12, lottery('tiers: {field: 住まい, order: [市内, 近隣, 市街]}'), '「市街」という選択肢はありません', 'に直す'),
    Wrong('D210', 12, lottery('tiers: {field: 氏名, order: [市内]}'), '「氏名」は種類がちがいます', '項目を書く'),
    Wrong('D103', 12, lottery('tiers: {order: [市内, 近隣, 市外]}'), '「field」がありません', '書き足す'),
    Wrong('D769', 12, lottery('set_aside: {field: 住まい, values: [市内, 近隣, 市外], share: 1/2}'), '全部、優先枠', '外す'),
    Wrong('D103', 12, lottery('set_aside: {field: 住まい, share: 1/2}'), '「values」がありません', '書き足す'),
    Wrong('D104', 12, lottery('set_aside: {field: 住まい, values: [], share: 1/2}'), '「values」の値が空', '値を書く'),
    Wrong('D770', 12, lottery('set_aside: {field: 住まい, values: [市内]}'), 'どちらか1つ', 'share: 1/2'),
    Wrong('D770', 12, lottery(ASIDE + 'share: 1/2, places: 4}'), 'どちらか1つ', 'places: 10'),
    Wrong('D771', 12, lottery(ASIDE + 'share: 半分}'), '「半分」を読めません', '50%'),
    Wrong('D771', 12, lottery(ASIDE + 'share: 3/2}'), '「3/2」を読めません', '1/2'),
    Wrong('D772', 12, lottery(ASIDE + 'places: 9}'), '定員(8)まで', 'share:'),
    Wrong('D772', 12, lottery(ASIDE + 'places: -1}'), '1以上の数', 'places: を直す'),
    Wrong('D779', 12, lottery('set_aside: {field: 住まい, values: [市外内], share: 1/2}'), '「市外内」という選択肢', 'に直す'),
    Wrong('D209', 12, lottery('set_aside: {field: 住所, values: [市内], share: 1/2}'), '項目「住所」', '作って'),
    Wrong('D773', 13, lottery('method: rfc3797', 'odds: {field: 住まい, tickets: {市内: 2}}'), 'rfc3797 では', 'sha256 にする'),
    Wrong('D774', 12, lottery('odds: {field: 住まい}'), '項目と口数の組', '両方書く'),
    Wrong('D774', 12, lottery('odds: {most: 3}'), '落選回数の項目', 'losses:'),
    Wrong('D775', 12, lottery('odds: {field: 住まい, tickets: {市内: 0}}'), '「市内」の口数', '1以上'),
    Wrong('D776', 12, lottery('odds: {losses: 人数, most: 1}'), '口数の上限「1」', '2以上'),
    Wrong('D210', 12, lottery('odds: {losses: 氏名}'), '「氏名」は種類がちがいます', '整数の項目'),
    Wrong('D777', 13, lottery('tiers: {field: 住まい, order: [市内, 近隣, 市外]}', ASIDE + 'share: 1/2}'), 'set_aside は働きません', '別の項目'),
    Wrong('D777', 13, lottery('tiers: {field: 住まい, order: [市内, 近隣, 市外]}', 'odds: {field: 住まい, tickets: {市内: 2}}'), 'odds は働きません', 'どちらかを消す'),
    Wrong('D778', 13, lottery('one_win: [氏名]', before='unique: [{fields: [氏名]}]'), '「氏名」の申込み', 'one_win: の項目を変える'),
    Wrong('D209', 12, lottery('one_win: [電話]'), '項目「電話」', '作って'),
    Wrong('D108', 12, lottery('method: md5'), '「md5」は使えません', '「sha256」'),
]

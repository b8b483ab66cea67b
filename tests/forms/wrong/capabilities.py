"""D72 and above: what capabilities find wrong with themselves and with the fields they need."""

# ruff: noqa: E501 - one wrong definition, one line

from io import BytesIO

from openpyxl import Workbook

from wrong import Wrong, app_with

FIELDS = (
    '- {name: 受付日, type: date}',
    '- {name: 内容, type: text}',
    '- {name: 用件, type: select_multiple, choices: {住宅課: [修理], 生活課: [支援]}}',
    '- {name: 希望, type: select_one, choices: [午前, 午後]}',
    '- {name: 人数, type: integer, min: 1, max: 9}',
)


def with_key(key: str, *settings: str) -> str:
    """Line 10 names the capability; the settings follow from line 11 on."""
    return app_with(*FIELDS, then='\n'.join((f'{key}:', *(f'  {each}' for each in settings))))


def workflow(statuses: str, actions: str, *more: str) -> str:
    return with_key('workflow', f'statuses: [{statuses}]', f'actions: [{actions}]', *more)


def permission(rule: str) -> str:
    named = ('- {name: 氏名, type: person_name, required: true}', '- {name: 人数, type: integer}')
    return app_with(*named, then='permissions:\n  - {who: {role: staff}, can: [' + rule + '}')


def leaking() -> str:
    fields = ('- {name: 年齢, type: integer}', '- {name: 成人, type: yes_no, calculation: 年齢 >= 18}')
    return app_with(*fields, then='permissions:\n  - {who: {role: staff}, can: [see], hide: [年齢]}')


def retention(*settings: str, field: str = '{name: 氏名, type: person_name, privacy: personal}', then: str = '') -> str:
    """Line 11 names the capability; the settings follow from line 12 on."""
    lines = ('retention:', *(f'  {each}' for each in settings))
    return app_with(*FIELDS, f'- {field}', then='\n'.join(lines) + f'\n{then}')


def workbook(text: str) -> bytes:
    written, book = BytesIO(), Workbook()
    book.active['A1'] = text  # type: ignore[index]
    book.save(written)
    return written.getvalue()


def handed_out() -> str:
    fields = ('- {name: 氏名, type: person_name, privacy: personal}', '- {name: 業者, type: text}')
    return app_with(*fields, then='sheets:\n  - {name: 指示書, to: 業者}')


def public_reports(*settings: str, field: str = '{name: 済み, type: yes_no}') -> str:
    """Line 11 names the capability, line 15 is the first setting given."""
    known = ('released: 済み = true', 'category: 希望', 'date: 受付日')
    lines = ('public_reports:', *(f'  {each}' for each in (*known, *settings)))
    rest = 'public_form: {fields: [内容]}\n' + STEPS
    return app_with(*FIELDS, f'- {field}', then='\n'.join(lines) + f'\n{rest}')


def public_form(*settings: str) -> str:
    return with_key('public_form', *settings) + 'numbering: [{field: 番号}]\n'


def open311(*settings: str, then: str = '') -> str:
    """Line 10 names the capability, line 13 is the first setting given."""
    return app_with(*FIELDS, then=open311_of(*settings) + then)


def open311_of(*settings: str) -> str:
    written = ('jurisdiction: city.example', 'service: 希望', *settings)
    return '\n'.join(('open311:', *(f'  {each}' for each in written), STEPS))


def phone_screen(*settings: str) -> str:
    """Line 12 is the first setting given."""
    fields = ('- {name: 電話, type: phone}', '- {name: 場所, type: text, required: true}', *FIELDS[1:4])
    return app_with(*fields, then='\n'.join(('call:', '  number: 電話', *(f'  {each}' for each in settings))))


PUBLIC = 'numbering: [{field: 番号}]\npublic_form:\n'
def queue(section: str, *more: str) -> str:
    """Line 12 names the sections; the settings after them follow from line 13 on."""
    return with_key('queue', 'items: 用件', f'sections: [{section}, {{name: 生活課, prefix: 生}}]', *more)


TWO = '{name: 受付}, {name: 完了, done: true}'
DONE = '{name: 終える, from: [受付], to: 完了}'
STEPS = f'numbering: [{{field: 番号}}]\nworkflow: {{statuses: [{TWO}], actions: [{DONE}]}}\n'

CASES = [
    Wrong('D209', 11, with_key('numbering', '- {field: 番号, by: 受付}'), '「by」に書かれた項目「受付」', '「受付日」に直す'),
    Wrong('D210', 11, with_key('numbering', '- {field: 番号, by: 内容}'), '「内容」は種類がちがいます', '日付か日時'),
    Wrong('D108', 11, with_key('numbering', '- {field: 番号, scope: 年度}'), '「scope」に「年度」', 'fiscal_year'),
    Wrong('D720', 12, with_key('numbering', '- {field: 番号}', '- {field: 番号}'), '「番号」が2回', '別の項目名'),
    Wrong('D721', 11, with_key('numbering', "- {field: 番号, format: '道-{seq'}"), 'を読めません', 'を閉じる'),
    Wrong('D722', 11, with_key('numbering', "- {field: 番号, format: '道-{year}'}"), '{seq} がありません', '{seq:5} を書き足す'),
    Wrong('D723', 11, with_key('numbering', "- {field: 番号, format: '{yaer}-{seq}'}"), '{yaer}', '「year」に直す'),
    Wrong('D730', 13, workflow(TWO, DONE, 'initial: 受付中'), '状態「受付中」', '「受付」に直す'),
    Wrong('D730', 12, workflow(TWO, '{name: 終える, from: [受付], to: 完成}'), '状態「完成」', '「完了」に直す'),
    Wrong('D731', 11, workflow(TWO + ', {name: 保留, done: true}', DONE), '「保留」に進む操作がありません', '消して'),
    Wrong('D732', 11, workflow('{name: 受付}, {name: 保留}, {name: 完了, done: true}', DONE + ', {name: 待つ, from: [受付], to: 保留}'), '「保留」から進む操作がなく', 'done: true'),
    Wrong('D735', 12, workflow(TWO, "{name: 終える, from: [受付], to: 完了, sets: {状態: '\"完了\"'}}"), '状態の項目「状態」', 'sets: から'),
    Wrong('D736', 11, workflow('{name: 受付}, {name: 対応}', '{name: 始める, from: [受付], to: 対応}, {name: 戻す, from: [対応], to: 受付}'), '終わりの状態', 'done: true'),
    Wrong('D737', 11, workflow(TWO, DONE), '「完了」から戻す操作がありません', '再開する'),
    Wrong('D210', 13, workflow(TWO, DONE, 'deadline: {from: 受付日, moved_to: 内容}'), '「内容」は種類がちがいます', '日付'),
    Wrong('D113', 11, workflow(TWO + ', {name: 受付}', DONE), '「受付」が2回', 'どちらか1つを消す'),
    Wrong('D402', 12, workflow(TWO, '{name: 終える, from: [受付], to: 完了, guard: 人数}'), '結果が合いません', '直すか'),
    Wrong('D404', 12, workflow(TWO, '{name: 終える, from: [受付], to: 完了, guard: 人員 > 1}'), '「workflow」の「guard」の式に書かれた「人員」', '名前を直す'),
    Wrong('D740', 12, with_key('queue', 'items: 用件', 'sections: [{name: 住宅課, prefix: 住}, {name: 生活課, prefix: 住}]'), '頭の字「住」', '別の字'),
    Wrong('D741', 12, with_key('queue', 'items: 用件', 'sections: [{name: 住宅課, prefix: 住}]'), '分類「生活課」', 'sections:'),
    Wrong('D742', 12, with_key('queue', 'items: 用件', 'sections: [{name: 住宅課, prefix: 住}, {name: 生活課, prefix: 生}, {name: 税務課, prefix: 税}]'), '課「税務課」', 'この課を消して'),
    Wrong('D743', 12, queue('{name: 住宅課, prefix: 住, start: 100, end: 99}'), '終わりの番号(99)', '100以上'),
    Wrong('D744', 12, queue("{name: 住宅課, prefix: 住, staffing: [{from: '13:00', to: '12:00'}]}"), '時間帯の体制', '後の時刻'),
    Wrong('D747', 12, queue('{name: 住宅課, prefix: 住, after_end: close}'), '終わりの番号がありません', 'end:'),
    Wrong('D745', 13, queue('{name: 住宅課, prefix: 住}', 'priority: {classes: [{name: 優先, field: 希望, values: [午前], rank: 5}]}'), '順位「5」', '1から4'),
    Wrong('D746', 13, queue('{name: 住宅課, prefix: 住}', 'priority: {in_a_row: 0, classes: [{name: 優先, field: 希望, values: [午前]}]}'), '人数「0」', '1以上'),
    Wrong('D779', 13, queue('{name: 住宅課, prefix: 住}', 'priority: {classes: [{name: 優先, field: 希望, values: [午後から]}]}'), '「午後から」という選択肢', '「午後」に直す'),
    Wrong('D210', 13, queue('{name: 住宅課, prefix: 住}', 'appointment: {time: 内容}'), '「内容」は種類がちがいます', '時刻か日時'),
    Wrong('D210', 11, with_key('queue', 'items: 内容', 'sections: [{name: 住宅課}]'), '「内容」は種類がちがいます', '項目を書く'),
    Wrong('D750', 12, with_key('period', 'opens: 2026-10-02 09:00', 'closes: 2026-10-01 17:00'), 'closes が opens より後', '後の日時'),
    Wrong('D751', 11, with_key('period', 'closes: 2026-10-01'), '時刻がありません', '2026-10-01 17:00'),
    Wrong('D112', 11, with_key('period', 'closes: 令和8年10月1日'), '「closes」は日付か日時', '2026-04-01 09:00'),
    Wrong('D752', 13, with_key('schedule', 'of: 内容', 'date: 受付日', 'every: {months: 0}'), '間隔「months: 0」', '1以上の数'),
    Wrong('D108', 13, with_key('schedule', 'of: 内容', 'date: 受付日', 'every: {month: 6}'), '「month」は使えません', '「months」'),
    Wrong('D753', 11, with_key('effect', 'minutes_before: -5'), '負の数「-5」', '0以上の数'),
    Wrong('D711', 10, with_key('duplicates', 'date: 受付日', 'category: 希望'), '比べるものがありません', 'text:'),
    Wrong('D210', 11, with_key('call', 'number: 内容', 'asks: [受付日]'), '「number」の項目「内容」', '電話番号'),
    Wrong('D718', 12, phone_screen('asks: [内容]'), '必須の項目「場所」', '「場所」を足す'),
    Wrong('D719', 13, phone_screen('asks: [場所]', 'print: 受付票'), '紙「受付票」がありません', 'sheets:'),
    Wrong('D712', 13, with_key('duplicates', 'date: 受付日', 'text: [内容]', 'status: 重複'), '進行管理のあるアプリだけ', 'workflow:'),
    Wrong('D730', 13, with_key('duplicates', 'date: 受付日', 'text: [内容]', 'hand_over: [取下げ]') + STEPS, '「取下げ」はありません', 'statuses:'),
    Wrong('D710', 13, with_key('duplicates', 'date: 受付日', 'text: [内容]', 'metres: 0'), '「metres」に「0」', '1以上の数'),
    Wrong('D210', 12, with_key('duplicates', 'date: 受付日', 'location: 内容'), '「内容」は種類がちがいます', '位置の項目'),
    Wrong('D209', 12, with_key('duplicates', 'date: 受付日', 'text: [用語]'), '項目「用語」はありません', '作って'),
    Wrong('D779', 14, with_key('duplicates', 'date: 受付日', 'text: [内容]', 'category: 希望', 'within: [{categories: [午後から], days: 7}]'), '「午後から」という選択肢', '「午後」に直す'),
    Wrong('D113', 12, with_key('sheets', '- {name: 受付票}', '- {name: 受付票}'), '同じ「受付票」が2回', '別の名前'),
    Wrong('D724', 11, with_key('sheets', '- {name: 受付票, excel: 受付票.xlsx}'), 'ひな形「受付票.xlsx」がない', 'sheets フォルダー'),
    Wrong('D724', 11, with_key('sheets', '- {name: 受付票, excel: 受付.xlsx}'), '「受付.xlsx」がない', '「受付票.xlsx」に直す', sheets={'受付票.xlsx': b'PK'}),
    Wrong('D716', 11, with_key('sheets', '- {name: 受付票, excel: 受付票.xlsx}'), '「{{内客}}」という項目', '「内容」に直す', sheets={'受付票.xlsx': workbook('{{内客}}')}),
    Wrong('D725', 11, with_key('sheets', '- {name: 一覧, type: list, seals: [課長]}'), '「seals」は使いません', 'type を変えて'),
    Wrong('D726', 11, with_key('sheets', '- {name: 受付票, seals: [1, 2, 3, 4, 5, 6, 7, 8, 9]}'), '押印欄が9個', '8個まで'),
    Wrong('D727', 8, handed_out(), '「指示書」に、個人情報の項目「氏名」', 'fields:'),
    Wrong('D103', 11, with_key('sheets', '- {title: 受付票}'), '「name」がありません', '書き足す'),
    Wrong('D209', 11, with_key('sheets', '- {name: 受付票, fields: [内客]}'), '項目「内客」はありません', '「内容」に直す'),
    Wrong('D210', 11, with_key('sheets', '- {name: 受付票, map: 内容}'), '「内容」は種類がちがいます', '位置の項目'),
    Wrong('D753', 11, with_key('sheets', '- {name: 受付票, history: -1}'), '負の数「-1」', '0以上の数'),
    Wrong('D754', 11, with_key('permissions', '- {can: [see]}'), 'だれのことか', '{role: staff}'),
    Wrong('D108', 11, with_key('permissions', '- {who: {role: staff}, can: [look]}'), '「look」は使えません', 'この行を消して'),
    Wrong('D756', 8, permission('create], hide: [氏名]'), '「氏名」が hide', '初期値'),
    Wrong('D757', 8, permission('see], records: own_section'), '0個', 'section_field'),
    Wrong('D758', 8, permission('see], records: assigned'), '担当者の項目', '職員(staff)'),
    Wrong('D759', 8, leaking(), '「成人」は、hide にある「年齢」から', '「成人」も hide'),
    Wrong('D755', 11, with_key('follow_up', '- {each: 点検表, app: sample}'), '「点検表」がありません', 'each: を消して'),
    Wrong('D209', 11, with_key('unique', '- {fields: [氏名]}'), '項目「氏名」はありません', '作って'),
    Wrong('D761', 12, with_key('lottery', 'choices: [希望]', 'sessions: [{name: 午前}, {name: 午後, capacity: 3}]'), '「午前」の定員', 'capacity:'),
    Wrong('D762', 11, with_key('lottery', 'choices: [希望]', 'sessions: [{name: 午前, capacity: 3}]'), '「午後」という回', 'sessions: に足す'),
    Wrong('D763', 13, with_key('lottery', 'choices: [希望]', 'sessions: [{name: 午前, capacity: 3}, {name: 午後, capacity: 3}]', 'size: 人数'), '「人数」は', 'max:'),
    Wrong('D203', 13, workflow(TWO, DONE, 'numbering: [{field: 状態}]').replace('  numbering', 'numbering'), '進行管理(workflow)が作る', '別の名前'),
    Wrong('D780', 11, public_form('address: 陶芸教室', 'fields: [内容]'), '「陶芸教室」に使えない文字', 'tougei'),
    Wrong('D785', 10, public_form('intro: ご案内'), '聞く項目がありません', 'fields:'),
    Wrong('D209', 11, public_form('fields: [氏名]'), '項目「氏名」はありません', '作って'),
    Wrong('D783', 10, with_key('public_form', 'fields: [内容]'), '受付番号がありません', 'numbering:'),
    Wrong('D784', 12, public_form('fields: [内容]', 'cancel: やめる'), '「やめる」がありません', 'withdraw'),
    Wrong('D781', 13, app_with('- {name: 担当, type: staff}', *FIELDS, then=PUBLIC + '  fields: [担当]\n'), '「担当」', 'fields: から消し'),
    Wrong('D782', 13, app_with('- {name: 町名, type: text, required: true}', *FIELDS, then=PUBLIC + '  fields: [内容]\n'), '「町名」を', 'sets:'),
    Wrong('D787', 14, app_with(*FIELDS, '- {name: 住まい, type: text, privacy: personal}', then=open311_of('address: 住まい')), '「住まい」は個人情報', '消すか'),
    Wrong('D788', 14, open311('accepts: true', 'description: 内容', then='public_form: {fields: [希望, 人数]}\n'), '「内容」を', 'public_form の fields:'),
    Wrong('D789', 13, open311('codes: {午前: a/1}'), '「a/1」', '英数字'),
    Wrong('D789', 13, open311('codes: {午前: 午後}'), '「午後」', 'ほかとちがう'),
    Wrong('D779', 13, open311('codes: {夕方: evening}'), '「夕方」という選択肢', '選択肢に足して'),
    Wrong('D798', 13, open311('accepts: true'), '市民の申込みフォーム(public_form)がない', '消してください'),
    Wrong('D210', 13, open311('location: 内容'), '「内容」は種類がちがいます', '位置'),
    Wrong('D730', 13, open311('closed: [終了]'), '「終了」はありません', 'statuses:'),
    Wrong('D700', 12, retention('after: {from: 受付日}', 'only: 人数 = 1'), '長さが1つに決まりません', 'fiscal_years'),
    Wrong('D700', 12, retention('after: {from: 受付日, years: 1, days: 3}', 'only: 人数 = 1'), '長さが1つに決まりません', '1つだけ'),
    Wrong('D103', 12, retention('after: {years: 1}', 'only: 人数 = 1'), '「from」がありません', '書き足す'),
    Wrong('D752', 12, retention('after: {from: 受付日, years: -1}', 'only: 人数 = 1'), '「years: -1」', '1以上'),
    Wrong('D705', 11, retention('after: {from: 受付日, years: 1}'), 'いつ消してよいレコード', 'only:'),
    Wrong('D706', 11, retention('after: {from: 受付日, years: 1}', 'only: 人数 = 1', field='{name: 町名, type: text}'), '消す個人情報の項目がありません', 'privacy'),
    Wrong('D707', 11, retention('after: {from: 受付日, years: 1}', 'only: 人数 = 1', then='record_title: [氏名]'), '「氏名」が record_title', 'keeps:'),
    Wrong('D708', 11, retention('after: {from: 受付日, years: 1}', 'only: 人数 = 1', then='views: [{name: 数, type: summary, rows: 氏名}]'), '集計表「数」', '使わない'),
    Wrong('D709', 11, retention('after: {from: 受付日, years: 1}', 'only: 人数 = 1', 'erases: [人数]', field='{name: 倍, type: calculation, calculation: 人数 * 2}'), '「倍」は、消す項目「人数」から', 'erases: に足す'),
    Wrong('D209', 14, retention('after: {from: 受付日, years: 1}', 'only: 人数 = 1', 'erases: [氏名, 住所]'), '項目「住所」はありません', '作って'),
    Wrong('D702', 14, retention('after: {from: 受付日, years: 1}', 'only: 人数 = 1', 'erases: [氏名, 内容.列]'), '列「列」はありません', '足して'),
    Wrong('D210', 14, retention('after: {from: 受付日, years: 1}', 'only: 人数 = 1', 'coarse: {内容: 2}'), '「内容」は種類がちがいます', '位置'),
    Wrong('D739', 14, retention('after: {from: 受付日, years: 1}', 'only: 人数 = 1', 'coarse: {場所: 9}', field='{name: 場所, type: location, privacy: personal}'), '桁数「9」', '5まで'),
    Wrong('D103', 11, app_with(*FIELDS, '- {name: 済み, type: yes_no}', then='public_reports: {category: 希望, date: 受付日}\npublic_form: {fields: [内容]}\n' + STEPS), '「released」がありません', '書き足す'),
    Wrong('D729', 10, with_key('public_reports', 'released: 人数 > 1', 'category: 希望', 'date: 受付日'), '市民のフォーム(public_form)がない', '消してください'),
    Wrong('D799', 15, public_reports('fields: [済み]', field='{name: 済み, type: yes_no, privacy: personal}'), '「済み」は個人情報', 'privacy を外'),
    Wrong('D210', 15, public_reports('location: 内容'), '「内容」は種類がちがいます', '位置'),
    Wrong('D209', 15, public_reports('fields: [住所]'), '項目「住所」はありません', '作って'),
    Wrong('D730', 15, public_reports('notes: {終了: 終わりました}'), '「終了」はありません', 'statuses:'),
    Wrong('D753', 15, public_reports('days: -1'), '負の数「-1」', '0以上'),
    Wrong('D103', 15, public_reports('asks: {after: 受付日}'), '「into」がありません', '書き足す'),
    Wrong('D210', 15, public_reports('asks: {into: 内容, after: 受付日}'), '「内容」は種類がちがいます', '選択肢が2つ'),
    Wrong('D752', 15, public_reports('asks: {into: 希望, after: 受付日, days: 0}'), '「days: 0」', '1以上'),
]

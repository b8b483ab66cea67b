"""D8: sample tests inside a definition."""



from wrong import Wrong, app_with

FIELDS = (
    '- {name: 氏名, type: text, required: true}',
    '- {name: 人数, type: integer}',
    '- {name: 料金, type: calculation, result: money, calculation: 人数 * 500}',
)


def sample(settings: str) -> str:
    return app_with(*FIELDS, then=f'tests:\n  - title: 申込み\n    {settings}')


CASES = [
    Wrong(
        'D801',
        11,
        sample('values: {氏名: 見本}\n    messages: {氏名: required}'),
        '「required」が出ません',
        '見本の messages',
    ),
    Wrong('D802', 10, sample('values: {人数: 2}'), '「氏名」に思わぬ「required」', 'messages に書き足して'),
    Wrong('D802', 10, sample('values: {氏名: 見本, 人数: 二名様}'), '「人数」に思わぬ', '見本の values'),
    Wrong(
        'D803',
        11,
        sample('values: {氏名: 見本, 人数: 2}\n    calculated: {料金: 900}'),
        '「900」ではなく「1000」',
        '式を直して',
    ),
    Wrong('D804', 10, sample('messages: {氏名: requird}'), '「requird」という誤りはありません', '「required」に直す'),
]

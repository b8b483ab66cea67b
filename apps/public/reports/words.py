"""What the pages of released reports say, in ordinary and in easy Japanese."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Each text twice: see PLAIN and EASY."""

    title: str
    lead: str
    category: str
    status: str
    every: str
    narrow: str
    none: str
    range: str
    earlier: str
    later: str
    map: str
    map_hint: str
    report: str
    number: str
    day: str
    me_too: str
    me_too_done: str
    me_too_count: str
    reports: str
    trouble: str
    near_title: str
    near_text: str
    near_away: str
    link: str
    look_up: str
    look_up_title: str
    look_up_text: str
    code: str
    found: str
    needed: str
    asks: str
    well: str
    not_well: str
    how: str
    send: str
    thanks: str
    again: str


PLAIN = Words(
    title='お知らせいただいたこと',
    lead='市が公開したお知らせの一覧です。お名前や電話番号は出ません。',
    category='種別',
    status='いまの状態',
    every='すべて',
    narrow='この条件で見る',
    none='あてはまるものはありません。',
    range='{first}〜{last}件目 / 全{count}件',
    earlier='前の{size}件',
    later='次の{size}件',
    map='地図',
    map_hint='しるしを選ぶと、下に内容が出ます。同じものは、下の一覧にもあります。',
    report='新しく知らせる',
    number='受付番号',
    day='受付日',
    me_too='わたしも困っています',
    me_too_done='お知らせいただきました',
    me_too_count='ほかに{count}人が困っています',
    reports='{count}件のお知らせをまとめています',
    trouble='送信できませんでした。少し待ってから、もう一度押してください。',
    near_title='もう知らせがあります',
    near_text='同じことなら「わたしも困っています」を押すだけで伝わります。ちがうことなら、このまま続けてください。',
    near_away='ここから約{metres}m',
    link='受け付けたお知らせの一覧と地図',
    look_up='番号で、いまの状態を見る',
    look_up_title='いまの状態を見る',
    look_up_text='受付番号を入力してください。確認コードも入力すると、お知らせの内容も見られます。',
    code='確認コード(なくてもかまいません)',
    found='いまの状態',
    needed='受付番号を入力してください。',
    asks='直りましたか',
    well='はい、直りました',
    not_well='いいえ、直っていません',
    how='どのような様子ですか(書かなくてもかまいません)',
    send='送る',
    thanks='ありがとうございました。担当の職員に伝わりました。',
    again='ほかの番号を調べる',
)

EASY = Words(
    title='みなさんが 知らせてくれたこと',
    lead='市が みんなに 見せている お知らせです。名前や 電話番号は ありません。',
    category='どんなこと',
    status='いまの ようす',
    every='ぜんぶ',
    narrow='これを 見る',
    none='ありません。',
    range='{first}から {last}まで / ぜんぶで {count}',
    earlier='前の {size}こ',
    later='次の {size}こ',
    map='地図',
    map_hint='しるしを 押すと 下に 出ます。下の リストも 同じです。',
    report='あたらしく 知らせる',
    number='番号',
    day='知らせた日',
    me_too='わたしも 困っています',
    me_too_done='つたわりました',
    me_too_count='ほかに {count}人が 困っています',
    reports='{count}人の お知らせです',
    trouble='送ることが できませんでした。すこし 待って もう一度 押してください。',
    near_title='もう だれかが 知らせています',
    near_text='同じことなら「わたしも 困っています」を 押してください。ちがうことなら つづけてください。',
    near_away='ここから {metres}メートルくらい',
    link='お知らせの リストと 地図',
    look_up='番号で いまの ようすを 見る',
    look_up_title='いまの ようすを 見る',
    look_up_text='番号を 書いてください。コードも 書くと 知らせたことも 見られます。',
    code='コード(なくても いいです)',
    found='いまの ようす',
    needed='番号を 書いてください。',
    asks='直りましたか',
    well='はい、直りました',
    not_well='いいえ、直っていません',
    how='どんな ようすですか(書かなくても いいです)',
    send='送る',
    thanks='ありがとうございます。市の 人に つたわりました。',
    again='ほかの 番号を 見る',
)


def words(easy: bool) -> Words:
    return EASY if easy else PLAIN

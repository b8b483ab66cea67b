"""What the page of a ticket says, in Japanese, easy Japanese and English; one place, so that no text is forgotten.

{n} people, {low} {high} minutes, {counter} as `counter` says it, {other} a section, {at} a time of the day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The same texts in every language. counter: how a counter is called; numbered_counter: when it is a number."""

    language: str
    code: str
    page: str
    counter: str
    numbered_counter: str
    waiting: str
    before: str
    next: str
    estimate: str
    estimate_short: str
    waiting_what: str
    called: str
    called_where: str
    called_times: str
    elsewhere: str
    elsewhere_what: str
    booked: str
    booked_what: str
    serving: str
    serving_where: str
    held: str
    held_what: str
    collect: str
    collect_what: str
    collect_when: str
    done: str
    done_what: str
    absent: str
    absent_what: str
    cancelled: str
    cancelled_what: str
    closed: str
    closed_what: str
    lost: str
    lost_what: str
    lost_since: str
    fresh: str
    notify: str
    notify_on: str
    keep_open: str
    board: str
    unknown: str
    unknown_what: str
    no_script: str


JAPANESE = Words(
    language='日本語',
    code='ja',
    page='整理券',
    counter='{counter}',
    numbered_counter='{counter}番窓口',
    waiting='お待ちください',
    before='前に{n}人',
    next='次にお呼びします',
    estimate='待ち時間の見込み {low}〜{high}分',
    estimate_short='待ち時間の見込み {high}分以内',
    waiting_what='見込みです。早くなることも、遅くなることもあります。',
    called='お呼びしています',
    called_where='{counter}へお越しください',
    called_times='{n}回お呼びしました。',
    elsewhere='順番を取っています',
    elsewhere_what='いまは{other}にいらっしゃるため、お呼びしません。終わると、元の順番に戻ります。',
    booked='ご予約の時刻をお待ちください',
    booked_what='{at}から順番にお呼びします。',
    serving='ご案内中です',
    serving_where='{counter}でご案内しています。',
    held='少しお待ちください',
    held_what='職員が準備をしています。順番はなくなりません。用意ができるとお呼びします。',
    collect='後でお受け取りください',
    collect_what='用意ができると、この番号でもう一度お呼びします。',
    collect_when='{at}ごろの予定です。',
    done='終わりました',
    done_what='ご来庁ありがとうございました。',
    absent='お呼びしましたが、いらっしゃいませんでした',
    absent_what='窓口の職員に、この番号を見せてください。もう一度お呼びします。',
    cancelled='取り消されました',
    cancelled_what='まだ用事がある方は、受付の職員にお声がけください。',
    closed='本日の受付は終わりました',
    closed_what='お手数ですが、次の開庁日にお越しください。',
    lost='つながっていません',
    lost_what='番号は更新されていません。待合の表示と、職員の案内をご覧ください。つながると、ひとりでに戻ります。',
    lost_since='最後に届いたのは{at}です。',
    fresh='{at} 現在。ひとりでに更新します。',
    notify='呼ばれたら音と振動で知らせる',
    notify_on='呼ばれると、音と振動で知らせます。',
    keep_open='この画面を開いたままにしてください。',
    board='待合の表示を見る',
    unknown='この整理券は見られません',
    unknown_what='整理券は、受け付けた日だけ見られます。アドレスがちがうこともあります。窓口の職員におたずねください。',
    no_script='このページには、JavaScriptが必要です。待合の表示をご覧ください。',
)

EASY = Words(
    language='やさしい日本語',
    code='ja',
    page='番号の紙(整理券)',
    counter='{counter}',
    numbered_counter='{counter}番の 窓口',
    waiting='待って ください',
    before='前に {n}人 います',
    next='つぎは あなたです',
    estimate='{low}分から {high}分くらい 待ちます',
    estimate_short='待つのは {high}分より 短いです',
    waiting_what='時間は だいたいです。早い ときも おそい ときも あります。',
    called='あなたの 番です',
    called_where='{counter}へ 来て ください',
    called_times='{n}回 よびました。',
    elsewhere='あなたの 順番は なくなりません',
    elsewhere_what='いま {other}に います。終わったら、もとの 順番に なります。',
    booked='予約の 時間まで 待って ください',
    booked_what='{at}から よびます。',
    serving='いま 窓口に います',
    serving_where='{counter}で 話して います。',
    held='すこし 待って ください',
    held_what='市役所の人が じゅんびを して います。順番は なくなりません。あとで よびます。',
    collect='あとで 取りに 来て ください',
    collect_what='できたら、この番号で もう一度 よびます。',
    collect_when='{at}ごろ できます。',
    done='終わりました',
    done_what='ありがとうございました。',
    absent='よびましたが、あなたは いませんでした',
    absent_what='市役所の人に この番号を 見せて ください。もう一度 よびます。',
    cancelled='やめました(取消)',
    cancelled_what='まだ 用事が ある ときは、受付の人に 言って ください。',
    closed='今日は 終わりました',
    closed_what='ほかの日に また 来て ください。',
    lost='つながって いません',
    lost_what='番号が 古いです。待つ ところの 画面を 見て ください。つながると もとに もどります。',
    lost_since='さいごに 見た 時間は {at}です。',
    fresh='{at}の ようすです。画面は 自動で 新しく なります。',
    notify='よばれたら 音と ふるえで 知らせる',
    notify_on='よばれたら、音と ふるえで 知らせます。',
    keep_open='この画面を 開いたままに して ください。',
    board='待つ ところの 画面を 見る',
    unknown='この番号の 紙は 見る ことが できません',
    unknown_what='番号の 紙は、もらった日だけ 見る ことが できます。わからない ときは、市役所の人に 聞いて ください。',
    no_script='この画面は JavaScriptが 必要です。待つ ところの 画面を 見て ください。',
)

ENGLISH = Words(
    language='English',
    code='en',
    page='Your ticket',
    counter='{counter}',
    numbered_counter='counter {counter}',
    waiting='Please wait',
    before='{n} before you',
    next='You are next',
    estimate='About {low} to {high} minutes to wait',
    estimate_short='Less than {high} minutes to wait',
    waiting_what='This is an estimate. It may be shorter or longer.',
    called='It is your turn',
    called_where='Please go to {counter}',
    called_times='You have been called {n} times.',
    elsewhere='Your place is kept',
    elsewhere_what='You are with {other} now. When you have finished there, you are back at your place here.',
    booked='Please wait for your appointment',
    booked_what='You can be called from {at}.',
    serving='You are being served',
    serving_where='At {counter}.',
    held='One moment, please',
    held_what='The staff are preparing something. Your place is kept, and you will be called again.',
    collect='Please come back to collect',
    collect_what='When it is ready, this number is called again.',
    collect_when='Ready at about {at}.',
    done='Finished',
    done_what='Thank you for coming.',
    absent='We called you, but you were not there',
    absent_what='Please show this number to the staff. You will be called again.',
    cancelled='Cancelled',
    cancelled_what='If you still need something, please ask at the reception.',
    closed='Closed for today',
    closed_what='We are sorry. Please come again on another working day.',
    lost='Connection lost',
    lost_what='This page is not up to date. Please watch the display in the waiting room. It will come back by itself.',
    lost_since='Last heard at {at}.',
    fresh='As of {at}. This page updates by itself.',
    notify='Sound and vibrate when I am called',
    notify_on='Your phone will sound and vibrate when you are called.',
    keep_open='Please keep this page open.',
    board='See the display of the waiting room',
    unknown='This ticket cannot be shown',
    unknown_what='A ticket can be seen only on its day, or the address is wrong. Please ask the staff.',
    no_script='This page needs JavaScript. Please watch the display in the waiting room.',
)

LANGUAGES: Mapping[str, Words] = {'ja': JAPANESE, 'easy': EASY, 'en': ENGLISH}
"""As the address says it (?lang=easy) -> its words."""


def language_of(asked: str, accepted: str) -> str:
    """A key of LANGUAGES. asked: what was pressed, or ''; accepted: the browser's Accept-Language."""
    if asked in LANGUAGES:
        return asked
    first = accepted.partition(',')[0].strip().lower()
    return 'ja' if not first or first.startswith(('ja', '*')) else 'en'

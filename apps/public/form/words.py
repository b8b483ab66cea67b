"""What the public form says, in ordinary and in easy Japanese; one place for both, so that none is forgotten."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Each text twice: see PLAIN and EASY. {opens}, {closes} are moments in Japanese."""

    other_language: str
    next: str
    review_title: str
    review_text: str
    blank: str
    send: str
    back: str
    trouble: str
    not_open_yet: str
    closed: str
    until: str
    done_title: str
    number: str
    code: str
    keep: str
    print: str
    own: str
    finish: str
    new: str
    own_title: str
    own_text: str
    look_up: str
    own_found: str
    cancel: str
    cancel_question: str
    answered: str
    keep_it: str
    needed: str
    qr: str
    draw: str
    merged_title: str
    merged: str
    no_script: str


PLAIN = Words(
    other_language='やさしい日本語にする',
    next='内容を確認する',
    review_title='内容の確認',
    review_text='まだ送信していません。内容を確かめて、下のボタンで送信してください。',
    blank='(なし)',
    send='この内容で申し込む',
    back='直す',
    trouble='送信できませんでした',
    not_open_yet='受付は{opens}からです。',
    closed='受付は{closes}に終わりました。',
    until='{closes}まで受け付けます。',
    done_title='申込みを受け付けました',
    number='受付番号',
    code='確認コード',
    keep='受付番号と確認コードは、結果の確認や取消しに使います。控えるか、この画面を印刷してください。あとから知ることはできません。',
    print='この画面を印刷する',
    own='申込みの確認・取消し',
    finish='終わる(この画面を消す)',
    new='申込みフォームへ',
    own_title='申込みの確認・取消し',
    own_text='申込みのときの受付番号と確認コードを入力してください。',
    look_up='確認する',
    own_found='申込みの内容',
    cancel='この申込みを取り消す',
    cancel_question='取り消すと、元に戻せません。取り消しますか。',
    answered='受け付けました',
    keep_it='戻る',
    needed='受付番号と確認コードを入力してください。',
    qr='受付番号のQRコード。当日の受付で見せてください。',
    draw='抽選のしかたと結果',
    merged_title='お知らせ',
    merged='ほかの方からの同じ内容とまとめて扱っています。状態は、まとめた先のものです。',
    no_script='このフォームを使うには、ブラウザーのJavaScriptを有効にしてください。お困りのときは窓口へどうぞ。',
)

EASY = Words(
    other_language='ふつうの日本語にする',
    next='つぎへ(まちがいがないか見る)',
    review_title='もう一度 見てください',
    review_text='まだ 送っていません。書いたことを 見てください。よければ 下のボタンを 押してください。',
    blank='(書いていません)',
    send='申し込む(送る)',
    back='書きなおす',
    trouble='送ることが できませんでした',
    not_open_yet='{opens}から 申し込むことが できます。',
    closed='申し込みは {closes}に 終わりました。',
    until='{closes}まで 申し込むことが できます。',
    done_title='申し込みが できました',
    number='あなたの番号',
    code='あなたのコード',
    keep='番号と コードを 紙に 書いてください。結果を 見るとき 使います。やめるときも 使います。あとで 見られません。',
    print='印刷する(紙に出す)',
    own='申し込みを 見る・やめる',
    finish='終わる(この画面を 消す)',
    new='申し込みの画面へ',
    own_title='申し込みを 見る・やめる',
    own_text='申し込んだときの 番号と コードを 書いてください。',
    look_up='見る',
    own_found='あなたの申し込み',
    cancel='申し込みを やめる',
    cancel_question='やめると 元に もどりません。ほんとうに やめますか。',
    answered='わかりました',
    keep_it='やめない',
    needed='番号と コードを 書いてください。',
    qr='番号の QRコード。その日に 受付で 見せてください。',
    draw='くじの やりかたと 結果',
    merged_title='お知らせ',
    merged='ほかの人も 同じことを 知らせました。いっしょに しています。',
    no_script='この画面は JavaScriptが 必要です。わからないときは 窓口で 聞いてください。',
)


def words(easy: bool) -> Words:
    return EASY if easy else PLAIN

"""Why a single sign-on did not end in a session: what the sign-in page says about it."""

from __future__ import annotations

REASONS = {
    'state': 'サインインの続きが見つかりません(時間切れか、別の画面で始めたもの)。もう一度サインインしてください。',
    'declined': '庁内の認証でサインインが取り消されました。もう一度お試しください。',
    'unreachable': '庁内の認証サーバーにつながりません。少し待って、もう一度お試しください。',
    'code': '庁内の認証サーバーが、この認証を受け付けませんでした(1回しか使えません)。もう一度サインインしてください。',
    'signature': '庁内の認証の署名を確かめられなかったため、サインインしていません。管理者に知らせてください。',
    'nonce': '庁内の認証の答えが、この画面で始めたものではありません。もう一度サインインしてください。',
    'audience': '庁内の認証の答えが、ほかのシステムあてです。サインインしていません。管理者に知らせてください。',
    'issuer': '庁内の認証の答えが、設定と違うサーバーのものです。管理者に知らせてください。',
    'expired': '庁内の認証の期限が切れています。もう一度サインインしてください。続くときは管理者に知らせてください。',
    'claim': '庁内の認証の答えに、利用者IDが入っていません。管理者に知らせてください。',
    'no_account': 'この利用者は窓口に登録されていないか、停止されています。システム管理者に知らせてください。',
}
"""Code, which stands in the address -> text. Whether an account is unknown or disabled is not told."""


class NotSignedIn(Exception):
    """reason: a key of REASONS. str() is for the log: no names, no tokens."""

    def __init__(self, reason: str, told: str = '') -> None:
        self.reason = reason
        super().__init__(f'{reason}: {told}' if told else reason)

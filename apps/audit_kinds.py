"""The register of what the audit notes: one word per kind of deed, as it is stored, and what people call it."""

from __future__ import annotations

KINDS: dict[str, str] = {
    'sign_in': 'サインイン',
    'sign_in_failed': 'サインインの失敗',
    'sign_out': 'サインアウト',
    'locked': 'サインインの停止',
    'screen_locked': '画面のロック',
    'unlocked': '画面のロックの解除',
    'switch_operator': '担当者の切り替え',
    'device': '共用端末の登録・取り消し',
    'account': '利用者の登録・変更',
    'token': 'APIトークンの発行・取り消し',
    'token_used': 'APIトークンの利用(1日の最初)',
    'grant': '閲覧の許可',
    'preview': '見え方の確認',
    'view': '個人情報のあるレコードの閲覧',
    'reveal': '伏せた項目の表示',
    'redact': '写真の塗りつぶし',
    'original': '塗りつぶす前の写真の表示',
    'search': '検索',
    'export': 'データの書き出し',
    'import': 'データの取り込み',
    'print': '印刷',
    'send': '通知の発送',
    'bulk': 'まとめて変更',
    'definition': '定義の変更',
    'audit_export': '監査記録の書き出し',
    'audit_expired': '保存期間を過ぎた監査記録の消去',
}
"""Kind -> what people call it. One line each; a kind that was used once keeps its word."""

DETAILS: dict[str, str] = {
    'purpose': '目的',
    'count': '件数',
    'view': '一覧',
    'format': '形式',
    'filters': '絞り込みの数',
    'words': '検索の言葉(照合用の値)',
    'length': '検索の言葉の文字数',
    'searched': '検索の言葉の文字数',
    'fields': '項目',
    'before': '前の版',
    'after': '新しい版',
    'added': '増えた項目',
    'removed': 'なくなった項目',
    'changed': '変わった項目',
    'parts': '変わったところ',
    'failed': '断られた件数',
    'until': 'いつまでの記録',
    'way': '方法',
    'reason': '理由',
    'name': '名前',
    'target': '対象',
    'place': 'どこから',
}
"""What an entry tells besides who, when and where -> what people call it. Others stand as they are."""

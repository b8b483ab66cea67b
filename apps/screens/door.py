"""The pages before the door: sign in, sign out, and the one-time link that makes the first administrator.

Plain HTML forms, so that password managers work, no Japanese conversion can send them, and an answer sets the cookie.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from nicegui import app
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from apps.addresses import SET_UP, SIGN_IN, SINGLE_SIGN_ON, prefix_of
from apps.api.session import WRONG, local_path
from apps.demo import DEMO_ACCOUNTS
from apps.design import design_address
from apps.passwords import SHORTEST
from apps.people import ROLES
from apps.security import session_token
from apps.single_sign_on.reasons import REASONS

if TYPE_CHECKING:
    from apps.context import AppContext


def register(context: AppContext) -> None:
    """Make these pages known; they answer without a session. What they send goes to apps/api/session."""

    @app.get(SIGN_IN, include_in_schema=False)
    def sign_in_page(request: Request) -> Response:
        session = context.sessions.find(session_token(request.scope))
        if session is not None and session.barred:
            goal = quote(local_path(request.query_params.get('to', '')), safe='')
            return RedirectResponse(f'{prefix_of(request)}{SIGN_IN}/{session.barred}?to={goal}', 303)
        return _sign_in(context, request)

    @app.get('/set-up/{token}', include_in_schema=False)
    def set_up_page(request: Request, token: str) -> Response:
        return _set_up(context, request, token)


def _sign_in(context: AppContext, request: Request) -> Response:
    prefix, goal = prefix_of(request), request.query_params.get('to', '')
    wrong = WRONG if request.query_params.get('wrong') else REASONS.get(request.query_params.get('reason', ''), '')
    weight = 'outline' if context.settings.oidc_issuer else 'solid'
    body = (
        f'<h1 class="door-title">サインイン</h1>{_samples(context, prefix, goal)}{error(wrong)}'
        + _single(context, prefix, goal)
        + f'<form method="post" action="{escape(prefix + SIGN_IN)}">'
        f'<input type="hidden" name="to" value="{escape(local_path(goal))}">'
        + field('account', '利用者ID', 'username', focus=not (context.settings.demo or context.settings.oidc_issuer))
        + field('password', 'パスワード', 'current-password', kind='password')
        + f'<button class="button {weight} large wide door-button" type="submit">サインイン</button></form>'
        '<p class="door-note">利用者IDやパスワードが分からないときは、システム管理者に聞いてください。</p>'
    )
    return page(context, request, 'サインイン', body, 401 if wrong else 200)


def _single(context: AppContext, prefix: str, goal: str) -> str:
    """The way through the city's own sign-in, where there is one."""
    if not context.settings.oidc_issuer:
        return ''
    address = f'{prefix}{SINGLE_SIGN_ON}?to={quote(local_path(goal), safe="")}'
    return (
        f'<p><a class="button solid large wide door-button" href="{escape(address)}">'
        f'{escape(context.settings.oidc_button)}</a></p><p class="door-note">または、利用者IDとパスワードで</p>'
    )


def _samples(context: AppContext, prefix: str, goal: str) -> str:
    """One row for every sample account: pressing it signs in. Nothing without sample data."""
    if not context.settings.demo:
        return ''
    rows = ''.join(
        f'<form method="post" action="{escape(prefix + SIGN_IN)}">'
        f'<input type="hidden" name="to" value="{escape(local_path(goal))}">'
        f'<input type="hidden" name="account" value="{each.account}">'
        f'<input type="hidden" name="password" value="{each.password}">'
        f'<button class="sample-person" type="submit" data-account="{each.account}">'
        f'<span class="sample-person-name">{escape(each.name)} ({escape(ROLES[each.role])})</span>'
        f'<span class="sample-person-role">利用者ID {each.account} / パスワード {each.password}</span></button></form>'
        for each in DEMO_ACCOUNTS
    )
    return (
        f'<section class="samples" aria-labelledby="samples"><h2 id="samples">見本の人として入る</h2>{rows}</section>'
    )


def _set_up(context: AppContext, request: Request, token: str) -> Response:
    if not context.set_up.valid(token):
        body = (
            '<h1 class="door-title">このリンクは使えません</h1>'
            '<p>リンクは1回だけ、24時間のあいだ使えます。管理者がまだいないときは、サーバーを起動し直すと新しいリンクが出ます。</p>'
            f'<p><a class="button solid" href="{escape(prefix_of(request) + SIGN_IN)}">サインインへ</a></p>'
        )
        return page(context, request, 'このリンクは使えません', body, 403)
    wrong = request.query_params.get('wrong', '')
    account, name = (request.query_params.get(each, '') for each in ('account', 'name'))
    body = (
        f'<h1 class="door-title">はじめの管理者を作る</h1>{error(wrong)}'
        '<p>この人が、ほかの職員の利用者IDを作ります。</p>'
        f'<form method="post" action="{escape(f"{prefix_of(request)}{SET_UP}/{quote(token)}")}">'
        + field('account', '利用者ID', 'username', '半角の英小文字と数字。例 mihon.taro', value=account, focus=True)
        + field('name', '名前', 'name', '画面や変更履歴に出ます。例 見本 太郎', value=name)
        + field('password', 'パスワード', 'new-password', f'{SHORTEST}文字以上。', kind='password')
        + '<button class="button solid large wide door-button" type="submit">作ってサインインする</button></form>'
    )
    return page(context, request, 'はじめの管理者を作る', body, 422 if wrong else 200)


def field(  # noqa: PLR0913 - the parts of one labelled box
    name: str, label: str, fills: str, hint: str = '', *, kind: str = 'text', value: str = '', focus: bool = False
) -> str:
    """One labelled box of a plain form. fills: what a password manager may put there."""
    described = f' aria-describedby="{name}-hint"' if hint else ''
    return (
        f'<label for="{name}">{label}</label>'
        + (f'<p class="hint" id="{name}-hint">{hint}</p>' if hint else '')
        + f'<input class="field-box" id="{name}" name="{name}" type="{kind}" value="{escape(value)}" required'
        f' autocomplete="{fills}" autocapitalize="none" spellcheck="false"{described}{" autofocus" if focus else ""}>'
    )


def error(text: str) -> str:
    """What went wrong, read out at once; nothing for ''."""
    return f'<div class="notice error" role="alert"><div>{escape(text)}</div></div>' if text else ''


def page(context: AppContext, request: Request, title: str, body: str, status: int) -> Response:
    """A page of its own with a card in its middle."""
    banner = (
        '<div class="sample-banner">見本データで動いています。本物の個人情報は入力しないでください。</div>'
        if context.settings.demo
        else ''
    )
    city = f'<span class="rail-brand-city">{escape(context.settings.city)}</span>' if context.settings.city else ''
    style = escape(prefix_of(request) + design_address('screens.css'))
    return HTMLResponse(
        '<!doctype html><html lang="ja"><head><meta charset="utf-8">'
        f'<title>{escape(title)} - 窓口</title><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="{style}"></head><body>{banner}<main class="door"><div class="door-card">'
        '<div class="door-brand"><span class="rail-brand-mark" aria-hidden="true">窓</span>'
        f'<span class="rail-brand-words"><span class="rail-brand-name">窓口</span>{city}</span></div>'
        f'{body}</div></main></body></html>',
        status,
        {'Cache-Control': 'no-store'},
    )

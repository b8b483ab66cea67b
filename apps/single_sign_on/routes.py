"""The addresses of the single sign-on: out to the provider and back, and in by the header of the city's proxy."""

from __future__ import annotations

import logging
import secrets
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from apps.addresses import SIGN_IN, SINGLE_SIGN_ON, prefix_of
from apps.api.session import entered, local_path
from apps.sign_ins import place_of
from apps.single_sign_on.flow import AT_MOST, SingleSignOn
from apps.single_sign_on.provider import Provider
from apps.single_sign_on.reasons import NotSignedIn
from apps.single_sign_on.trusted_header import TrustedHeader

if TYPE_CHECKING:
    from apps.account import Account
    from apps.context import AppContext

logger = logging.getLogger(__name__)

BROWSER_COOKIE = 'madoguchi_sign_on'
BACK = f'{SINGLE_SIGN_ON}/back'
BY_HEADER = f'{SIGN_IN}/header'


def register(router: APIRouter, context: AppContext) -> None:
    """Only the ways in that the settings switch on have addresses."""
    if context.settings.oidc_issuer:
        _register_provider(router, context, single_sign_on(context))
    if context.settings.trusted_header:
        _register_header(router, context)


def single_sign_on(context: AppContext) -> SingleSignOn:
    """As the settings say. Raises OSError when the file of the secret cannot be read."""
    settings = context.settings
    assert settings.oidc_secret is not None  # checked with the settings
    secret = settings.oidc_secret.read_text('utf-8').strip()
    provider = Provider(settings.oidc_issuer, settings.oidc_client, secret)
    return SingleSignOn(provider, context.accounts, context.store, context.clock, settings)


def trusted_header(context: AppContext) -> TrustedHeader | None:
    """What the wall asks for who the proxy has checked; None when that is switched off."""
    settings = context.settings
    return TrustedHeader(settings.trusted_header, settings.trusted_proxy) if settings.trusted_header else None


def _register_provider(router: APIRouter, context: AppContext, single: SingleSignOn) -> None:
    @router.get(SINGLE_SIGN_ON, include_in_schema=False)
    async def out(request: Request, to: str = '') -> Response:
        browser = secrets.token_urlsafe(32)
        try:
            address = await single.begin(local_path(to), _base(request, context) + BACK, browser)
        except NotSignedIn as refused:
            return _refused(refused, local_path(to))
        answer = RedirectResponse(address, 303)
        answer.set_cookie(
            BROWSER_COOKIE,
            browser,
            max_age=int(AT_MOST.total_seconds()),
            path=f'{prefix_of(request)}{SINGLE_SIGN_ON}',
            httponly=True,
            secure=context.settings.https,
            samesite='lax',
        )
        return answer

    @router.get(BACK, include_in_schema=False)
    async def back(request: Request) -> Response:
        try:
            account, goal = await single.finish(request.query_params, request.cookies.get(BROWSER_COOKIE, ''))
        except NotSignedIn as refused:
            return _refused(refused, '/')
        return _let_in(request, context, account, goal)


def _register_header(router: APIRouter, context: AppContext) -> None:
    @router.get(BY_HEADER, include_in_schema=False)
    async def by_header(request: Request, to: str = '') -> Response:
        account = context.accounts.get(request.state.told_by_proxy) if request.state.told_by_proxy else None
        if account is None or account.disabled:
            return _refused(NotSignedIn('no_account', 'told by the proxy'), local_path(to))
        return _let_in(request, context, account, local_path(to))


def _let_in(request: Request, context: AppContext, account: Account, goal: str) -> Response:
    place = place_of(request.client.host if request.client else None)
    context.sign_ins.came(account, place=place, way='庁内の認証')
    return entered(request, context, account, RedirectResponse(goal, 303))


def _refused(refused: NotSignedIn, goal: str) -> Response:
    logger.warning('a single sign-on was refused: %s', refused)
    query = urlencode({'reason': refused.reason, **({'to': goal} if goal != '/' else {})})
    return RedirectResponse(f'{SIGN_IN}?{query}', 303)


def _base(request: Request, context: AppContext) -> str:
    """Where the provider sends the browser back: what the settings say, so that no header can lead it elsewhere."""
    if context.settings.origins:
        return context.settings.origins[0] + prefix_of(request)
    return f'{request.url.scheme}://{request.url.netloc}{prefix_of(request)}'

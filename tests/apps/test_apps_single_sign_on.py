"""OpenID Connect against a real provider on this machine, the whole way over HTTP, and everything that is refused."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest
from city_hall import LEADER, STAFF, opened
from fastapi import FastAPI
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from local_provider import CLIENT, LocalProvider, local_provider, with_query

from apps.api.routes import install
from apps.clock import JapaneseClock
from apps.context import AppContext
from apps.people import may
from apps.settings import Settings, SettingsError, load_settings
from apps.single_sign_on import id_token
from apps.single_sign_on.reasons import REASONS, NotSignedIn

# The mock provider's own parts speak to each other in words that they call old.
pytestmark = pytest.mark.filterwarnings('ignore::DeprecationWarning')

HALL = 'http://hall.example'
OPEN_APP = '{title: 備品, owner: 道路管理課, sections: [{title: 備品, fields: [{name: 品名, type: text}]}]}'


@pytest.fixture(scope='module')
def provider() -> Iterator[LocalProvider]:
    with local_provider() as started:
        started.know('subject-1', preferred_username='TARO', name='見本 太郎')
        yield started


@pytest.fixture
def with_provider(settings: Settings, tmp_path: Path, provider: LocalProvider) -> Settings:
    secret = tmp_path / 'client_secret'
    secret.write_text('provider-secret\n')
    return replace(settings, oidc_issuer=provider.url, oidc_client=CLIENT, oidc_secret=secret)


@pytest.fixture
async def hall(with_provider: Settings) -> AsyncIterator[AppContext]:
    context = opened(with_provider, JapaneseClock())
    await context.accounts.add(STAFF.account, STAFF.name, '', roles=STAFF.roles, by=LEADER)
    yield context
    context.close()


def browser(hall: AppContext) -> httpx.AsyncClient:
    """One that follows nothing by itself."""
    app = FastAPI()
    install(app, hall)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=HALL)


async def sent_out(web: httpx.AsyncClient, to: str = '/apps/road_requests?view=all') -> str:
    """Pressed the button; where the provider is to be asked."""
    answer = await web.get(f'/sign-in/single?to={quote(to, safe="")}')
    assert answer.status_code == 303, answer.text
    return answer.headers['location']


def reason_of(answer: httpx.Response) -> str:
    """Why the sign-in page says that nobody was let in; '' when somebody was."""
    assert answer.status_code == 303
    parts = urlsplit(answer.headers['location'])
    return parse_qs(parts.query)['reason'][0] if parts.path == '/sign-in' else ''


async def signed_in(web: httpx.AsyncClient) -> bool:
    return (await web.get('/api/v1/session')).status_code == 200


async def test_somebody_is_let_in_and_arrives_where_they_wanted(hall: AppContext, provider: LocalProvider) -> None:
    async with browser(hall) as web:
        address = await sent_out(web)
        asked = parse_qs(urlsplit(address).query)
        assert address.startswith(provider.url) and asked['code_challenge_method'] == ['S256']
        assert asked['redirect_uri'] == [f'{HALL}/sign-in/single/back'] and 'openid' in asked['scope'][0].split()
        answer = await web.get(provider.choose(address))
        assert answer.headers['location'] == '/apps/road_requests?view=all'
        assert (await web.get('/api/v1/session')).json()['account'] == STAFF.account
        await web.post('/sign-out')
        assert not await signed_in(web)


async def test_a_goal_elsewhere_is_forgotten(hall: AppContext, provider: LocalProvider) -> None:
    async with browser(hall) as web:
        answer = await web.get(provider.choose(await sent_out(web, 'https://elsewhere.example/')))
        assert answer.headers['location'] == '/'


async def test_the_same_answer_is_taken_once(hall: AppContext, provider: LocalProvider) -> None:
    async with browser(hall) as web:
        back = provider.choose(await sent_out(web))
        assert reason_of(await web.get(back)) == ''
        await web.post('/sign-out')
        assert reason_of(await web.get(back)) == 'state' and not await signed_in(web)


async def test_a_code_that_was_used_is_refused_by_the_provider(hall: AppContext, provider: LocalProvider) -> None:
    async with browser(hall) as web:
        first = provider.choose(await sent_out(web))
        used = parse_qs(urlsplit(first).query)['code'][0]
        assert reason_of(await web.get(first)) == ''
        await web.post('/sign-out')
        again = with_query(provider.choose(await sent_out(web)), code=used)
        assert reason_of(await web.get(again)) == 'code' and not await signed_in(web)


async def test_another_state_and_another_browser_are_refused(hall: AppContext, provider: LocalProvider) -> None:
    async with browser(hall) as web, browser(hall) as other:
        back = provider.choose(await sent_out(web))
        await sent_out(other)
        assert reason_of(await web.get(with_query(back, state='made-up'))) == 'state'
        assert reason_of(await other.get(back)) == 'state', 'nobody is signed in with the answer meant for another'
        assert not await signed_in(web) and not await signed_in(other)
        assert reason_of(await web.get(back)) == '', 'what others try does not take the sign-in away'


async def test_who_takes_too_long_begins_anew(
    hall: AppContext, provider: LocalProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr('apps.single_sign_on.flow.AT_MOST', timedelta(seconds=-1))
    async with browser(hall) as web:
        assert reason_of(await web.get(provider.choose(await sent_out(web)))) == 'state'


async def test_a_wrong_nonce_is_refused(hall: AppContext, provider: LocalProvider) -> None:
    async with browser(hall) as web:
        back = provider.choose(with_query(await sent_out(web), nonce='planted'))
        assert reason_of(await web.get(back)) == 'nonce' and not await signed_in(web)


async def test_a_code_of_another_pkce_is_refused(hall: AppContext, provider: LocalProvider) -> None:
    async with browser(hall) as web:
        back = provider.choose(with_query(await sent_out(web), code_challenge='planted'))
        assert reason_of(await web.get(back)) == 'code' and not await signed_in(web)


async def test_a_token_for_another_system_is_refused(hall: AppContext, provider: LocalProvider) -> None:
    provider.know('elsewhere', preferred_username=STAFF.account, aud='another-system')
    async with browser(hall) as web:
        assert reason_of(await web.get(provider.choose(await sent_out(web), 'elsewhere'))) == 'audience'
        assert not await signed_in(web)


async def test_an_expired_token_is_refused(with_provider: Settings) -> None:
    with local_provider(timedelta(minutes=-5)) as late:
        late.know('subject-1', preferred_username=STAFF.account)
        context = opened(replace(with_provider, oidc_issuer=late.url), JapaneseClock())
        await context.accounts.add(STAFF.account, STAFF.name, '', roles=STAFF.roles, by=LEADER)
        async with browser(context) as web:
            assert reason_of(await web.get(late.choose(await sent_out(web)))) == 'expired'
            assert not await signed_in(web)
        context.close()


async def test_who_declines_and_who_has_no_account_stay_outside(hall: AppContext, provider: LocalProvider) -> None:
    provider.know('stranger', preferred_username='nobody')
    provider.know('nameless')
    async with browser(hall) as web:
        refused = httpx.post(await sent_out(web), data={'action': 'deny'}, trust_env=False).headers['location']
        state = parse_qs(urlsplit(await sent_out(web)).query)['state'][0]
        assert reason_of(await web.get(with_query(refused, state=state))) == 'declined'
        assert reason_of(await web.get(provider.choose(await sent_out(web), 'stranger'))) == 'no_account'
        assert reason_of(await web.get(provider.choose(await sent_out(web), 'nameless'))) == 'claim'
        await hall.accounts.change(STAFF.account, {'disabled': True}, by=LEADER)
        assert reason_of(await web.get(provider.choose(await sent_out(web)))) == 'no_account'
        assert not await signed_in(web)


async def test_a_newcomer_is_made_only_where_a_setting_says_so_and_may_do_nothing(
    with_provider: Settings, provider: LocalProvider, definitions: Path
) -> None:
    provider.know('newcomer', preferred_username='new.comer', name='例示 花子')
    (definitions / 'open_to_all.yaml').write_text(OPEN_APP, 'utf-8')
    context = opened(replace(with_provider, oidc_create=True), JapaneseClock())
    async with browser(context) as web:
        assert reason_of(await web.get(provider.choose(await sent_out(web), 'newcomer'))) == ''
    made = context.accounts.get('new.comer')
    assert made is not None and (made.name, made.roles, made.sections) == ('例示 花子', (), ())
    unguarded = context.catalogue.get('open_to_all')
    assert may(STAFF, unguarded, 'see') and not may(made.person, unguarded, 'see')
    context.close()


async def test_a_provider_that_is_gone_or_calls_itself_otherwise_lets_nobody_in(
    with_provider: Settings, provider: LocalProvider
) -> None:
    for issuer, reason in (('http://127.0.0.1:9', 'unreachable'), (f'{provider.url}/', 'issuer')):
        context = opened(replace(with_provider, oidc_issuer=issuer), JapaneseClock())
        async with browser(context) as web:
            assert reason_of(await web.get('/sign-in/single')) == reason
        context.close()


def test_an_id_token_is_believed_only_with_a_signature_by_a_public_key() -> None:
    key = RSAKey.generate_key(2048, {'kid': 'one'}, auto_kid=False)
    now = JapaneseClock().now()
    expected = {'issuer': 'https://idp.example', 'client': CLIENT, 'nonce': 'n', 'now': now}
    claims = {'iss': 'https://idp.example', 'aud': CLIENT, 'sub': '1', 'nonce': 'n', 'iat': int(time.time())}
    claims['exp'] = claims['iat'] + 60

    def reason(changes: dict[str, object], signed_by: RSAKey = key) -> str:
        token = jwt.encode({'alg': 'RS256', 'kid': 'one'}, {**claims, **changes}, signed_by)
        try:
            id_token.read(token, KeySet([key]), **expected)  # type: ignore[arg-type]
        except NotSignedIn as refused:
            return refused.reason
        return ''

    assert reason({}) == '' and reason({'exp': claims['iat'] - 100}) == '', 'two clocks may differ by two minutes'
    assert reason({'exp': claims['iat'] - 130}) == 'expired' and reason({'iat': claims['iat'] + 130}) == 'expired'
    assert reason({'iss': 'https://other.example'}) == 'issuer'
    assert reason({'aud': [CLIENT, 'other']}) == 'audience' and reason({'azp': 'other'}) == 'audience'
    assert reason({'aud': [CLIENT, 'other'], 'azp': CLIENT}) == ''
    assert reason({}, RSAKey.generate_key(2048, {'kid': 'one'}, auto_kid=False)) == 'signature'
    unsigned = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.'
    with pytest.raises(NotSignedIn, match='signature'):
        id_token.read(unsigned, KeySet([key]), **expected)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    'given',
    [
        {'oidc_issuer': 'http://idp.example', 'oidc_client': 'a'},
        {'oidc_issuer': 'https://idp.example'},
        {'oidc_secret': '/nowhere/secret'},
        {'trusted_header': 'X-Remote-User'},
        {'trusted_header': 'X-Remote-User', 'trusted_proxy': '0.0.0.0/0'},
    ],
)
def test_a_half_set_sign_on_stops_the_start(given: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        load_settings(given, {}, folder=tmp_path)


def test_every_reason_is_a_sentence_with_a_way_out() -> None:
    assert all(each.endswith('ください。') for each in REASONS.values())

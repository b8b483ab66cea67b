"""The settings of one installation: command line over environment over one TOML file, checked at start."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from apps.mail_server import wrong_mail
from apps.postal_codes import knows_codes
from apps.purposes import PURPOSES

HERE = Path(__file__).resolve().parent
PREFIX = 'MADOGUCHI_'
FILE_NAME = 'madoguchi.toml'


class SettingsError(Exception):
    """Something is wrong in the settings. str() is Japanese, one line per mistake, each with the way out."""


def about(text: str, *, least: int = 0, most: int = 0) -> dict[str, Any]:
    """What a setting does, in one line of Japanese, and the permitted range of a number."""
    return {'help': text, 'least': least, 'most': most}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting. The key in the file is the field's name; in the environment MADOGUCHI_ and that in capitals."""

    data: Path = field(default=Path('data'), metadata=about('記録を置くフォルダー。'))
    definitions: Path = field(default=HERE / 'definitions', metadata=about('アプリの定義(YAML)を置くフォルダー。'))
    host: str = field(default='127.0.0.1', metadata=about('待ち受けるアドレス。'))
    port: int = field(default=8080, metadata=about('待ち受けるポート番号。', least=1, most=65535))
    demo: bool = field(default=False, metadata=about('見本データで動かすかどうか。'))
    city: str = field(default='', metadata=about('画面の見出しに出す自治体名。'))
    origins: tuple[str, ...] = field(default=(), metadata=about('職員が開くアドレス(https://…)。逆プロキシの後ろで使います。'))
    public_origin: str = field(
        default='', metadata=about('来庁者のスマートフォンが開くアドレス(整理券のQRコード)。空なら職員と同じです。')
    )
    https: bool = field(default=False, metadata=about('職員がHTTPSで開くならtrue。Cookieを暗号化した通信に限ります。'))
    proxy: str = field(default='127.0.0.1', metadata=about('転送ヘッダーを信じる逆プロキシのアドレス。'))
    session_hours: int = field(default=12, metadata=about('サインインしたままにできる時間。', least=1, most=72))
    idle_minutes: int = field(default=15, metadata=about('操作がないと画面をロックする分数。', least=1, most=720))
    shared_idle_minutes: int = field(default=5, metadata=about('共用の端末をロックするまでの分数。', least=1, most=720))
    unused_days: int = field(default=90, metadata=about('使われていない利用者とみなす日数。', least=1, most=3650))
    sign_in_attempts: int = field(default=5, metadata=about('続けて何回まちがえたら止めるか。', least=3, most=20))
    lock_minutes: int = field(default=15, metadata=about('サインインを止める分数。', least=1, most=1440))
    upload_mb: int = field(default=20, metadata=about('1つの添付ファイルの大きさの上限(MB)。', least=1, most=200))
    rate_sign_in: int = field(
        default=60, metadata=about('1つのアドレスから1分間に試せるサインインの回数。', least=5, most=6000)
    )
    rate_api: int = field(default=1200, metadata=about('1人が1分間にAPIを使える回数。', least=60, most=60000))
    rate_uploads: int = field(default=120, metadata=about('1人が1分間に送れるファイルの数。', least=5, most=6000))
    rate_public_pages: int = field(
        default=1200, metadata=about('1つのアドレスから1分間に開ける公開ページの回数。', least=60, most=60000)
    )
    rate_public_sends: int = field(
        default=10, metadata=about('公開フォームを1つの画面から10分間に送れる回数。', least=1, most=1000)
    )
    oidc_issuer: str = field(default='', metadata=about('OpenID Connectの発行者(issuer)のアドレス。空なら使いません。'))
    oidc_client: str = field(default='', metadata=about('OpenID ConnectのクライアントID。'))
    oidc_secret: Path | None = field(default=None, metadata=about('OpenID Connectの秘密(client secret)のファイル。'))
    oidc_claim: str = field(default='preferred_username', metadata=about('利用者IDとして読むクレームの名前。'))
    oidc_button: str = field(default='庁内の認証でサインイン', metadata=about('サインイン画面のボタンの文字。'))
    oidc_create: bool = field(
        default=False, metadata=about('初めての人の利用者を、役割なしで自動で作るかどうか(OpenID Connect)。')
    )
    trusted_header: str = field(
        default='', metadata=about('認証済みの利用者IDを逆プロキシが入れるヘッダーの名前。空なら使いません。')
    )
    trusted_proxy: str = field(default='', metadata=about('そのヘッダーを信じる逆プロキシのIPアドレス。'))
    witness: Path | None = field(default=None, metadata=about('改ざんを見つけるための控えのファイル(別のディスクに)。'))
    backup: Path | None = field(default=None, metadata=about('バックアップを置くフォルダー(別のディスク)。'))
    audit_days: int = field(default=1095, metadata=about('監査記録を残す日数。', least=30, most=36500))
    outbox_days: int = field(
        default=1095, metadata=about('送った通知の文と宛先を残す日数。送ったことは残ります。', least=30, most=36500)
    )
    export_purposes: tuple[str, ...] = field(
        default=PURPOSES, metadata=about('個人情報を書き出すときに選ぶ目的の一覧。「その他」はいつも加わります。')
    )
    postal: Path | None = field(default=None, metadata=about('郵便番号データのファイル(日本郵便のCSV)。'))
    tiles: Path | None = field(
        default=None, metadata=about('地図の画像。フォルダー({z}/{x}/{y}.png)か、.mbtiles か .pmtiles のファイル。')
    )
    tiles_attribution: str = field(default='', metadata=about('地図に出す出典。地理院タイルなら "国土地理院"。'))
    open311_keys: Path | None = field(
        default=None, metadata=about('Open311で報告を送る相手のAPIキーのファイル(1行に1つ)。なければキーはいりません。')
    )
    smtp_host: str = field(default='', metadata=about('メールを渡すサーバーの名前。書かなければメールを送りません。'))
    smtp_port: int = field(default=587, metadata=about('メールサーバーのポート番号。', least=1, most=65535))
    smtp_security: str = field(
        default='starttls', metadata=about('メールサーバーとの通信の暗号化。starttls、tls、none のどれか。')
    )
    smtp_user: str = field(default='', metadata=about('メールサーバーの利用者名。いらなければ書きません。'))
    smtp_password_file: Path | None = field(
        default=None, metadata=about('メールサーバーのパスワードを書いたファイル。')
    )
    mail_from: str = field(default='', metadata=about('メールの差出人。例 見本市 <no-reply@city.example.lg.jp>'))
    mail_per_minute: int = field(default=120, metadata=about('1分に送るメールの数の上限。', least=1, most=6000))
    bounces: Path | None = field(
        default=None, metadata=about('戻ってきたメールが1通1ファイルで置かれるフォルダー。')
    )

    @property
    def database(self) -> str:
        """Address of the store, as `open_store` takes it."""
        return f'sqlite:///{self.data.resolve() / "city.db"}'


def load_settings(
    given: Mapping[str, Any], environment: Mapping[str, str], *, folder: Path | None = None
) -> Settings:
    """Settings from the command line (`given`: only what was typed), the environment, and the file in `folder`.

    The file is madoguchi.toml in `folder`, or the one that MADOGUCHI_SETTINGS names.
    Raises SettingsError with every mistake at once.
    """
    mistakes: list[str] = []
    written = _written(environment, folder or Path.cwd(), mistakes)
    from_environment = {
        name.removeprefix(PREFIX).lower(): (text, name)
        for name, text in environment.items()
        if name.startswith(PREFIX) and name != f'{PREFIX}SETTINGS'
    }
    typed = {name: (value, f'--{name}') for name, value in given.items() if value is not None}
    merged = {**written, **from_environment, **typed}
    values = _read_all(merged, mistakes)
    if mistakes:
        raise SettingsError('\n'.join(mistakes))
    if values.get('demo') and 'data' not in values:
        values['data'] = Path('data') / 'demo'
    return _checked(Settings(**values))


def _written(environment: Mapping[str, str], folder: Path, mistakes: list[str]) -> dict[str, tuple[Any, str]]:
    named = environment.get(f'{PREFIX}SETTINGS')
    path = Path(named) if named else folder / FILE_NAME
    if not path.exists():
        if named:
            mistakes.append(f'{PREFIX}SETTINGS: 設定ファイル {path} がありません。')
        return {}
    try:
        content = tomllib.loads(path.read_text('utf-8'))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        mistakes.append(f'{path}: 設定ファイルが読めません({error})。「名前 = 値」を1行に1つ書いてください。')
        return {}
    return {name: (value, f'{path} の {name}') for name, value in content.items()}


def _read_all(merged: Mapping[str, tuple[Any, str]], mistakes: list[str]) -> dict[str, Any]:
    known = {each.name: each for each in fields(Settings)}
    values: dict[str, Any] = {}
    for name, (raw, where) in merged.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            advice = f'「{near[0]}」ではありませんか。' if near else f'使える名前: {", ".join(known)}。'
            mistakes.append(f'{where}: 「{name}」という設定はありません。{advice}')
            continue
        try:
            values[name] = _read(known[name], raw)
        except ValueError as error:
            mistakes.append(f'{where}: {error}')
    return values


def _read(one: Field[Any], raw: Any) -> Any:
    kind = str(one.type)
    if kind == 'bool':
        return _yes_no(raw)
    if kind == 'int':
        return _number(raw, one.metadata['least'], one.metadata['most'])
    if kind.startswith('Path'):
        if not isinstance(raw, str | Path) or not str(raw):
            raise ValueError('フォルダーかファイルの場所を書いてください。')
        return Path(raw).expanduser()
    if kind.startswith('tuple'):
        return _several(raw)
    if not isinstance(raw, str):
        raise ValueError(f'「{raw}」は文字で書いてください(引用符で囲みます)。')
    return raw


def _several(raw: Any) -> tuple[str, ...]:
    parts = raw if isinstance(raw, list | tuple) else str(raw).split(',')
    return tuple(str(part).strip() for part in parts if str(part).strip())


def _yes_no(raw: Any) -> bool:
    words = {'true': True, '1': True, 'yes': True, 'false': False, '0': False, 'no': False}
    if isinstance(raw, bool):
        return raw
    if str(raw).lower() not in words:
        raise ValueError(f'「{raw}」は true か false で書いてください。')
    return words[str(raw).lower()]


def _number(raw: Any, least: int, most: int) -> int:
    try:
        number = int(str(raw))
    except ValueError:
        number = least - 1
    if isinstance(raw, bool) or not least <= number <= most:
        raise ValueError(f'「{raw}」は{least}から{most}までの整数で書いてください。')
    return number


def _checked(settings: Settings) -> Settings:
    mistakes = [*_wrong_places(settings), *_wrong_addresses(settings), *_wrong_sign_on(settings), *wrong_mail(settings)]
    if mistakes:
        raise SettingsError('\n'.join(mistakes))
    return settings


def _wrong_places(settings: Settings) -> Iterator[str]:
    if not settings.definitions.is_dir():
        yield f'definitions: 定義のフォルダー {settings.definitions} がありません。場所を確かめるか、作ってください。'
    if settings.data.exists() and not settings.data.is_dir():
        yield f'data: {settings.data} はフォルダーではありません。フォルダーの場所を書いてください。'
    if settings.tiles and not settings.tiles.exists():
        yield f'tiles: 地図の画像 {settings.tiles} がありません。'
    if settings.postal and not _is_postal(settings.postal):
        yield f'postal: {settings.postal} は日本郵便の郵便番号データ(CSV)ではありません。ZIPは広げて置いてください。'


def _is_postal(path: Path) -> bool:
    try:
        return knows_codes(path)
    except OSError:
        return False


_AS_AN_ORIGIN = ' https://madoguchi.example.lg.jp の形で(最後の / なしで)書いてください。'


def _is_origin(text: str) -> bool:
    return text.startswith(('http://', 'https://')) and text.count('/') == 2


def _wrong_addresses(settings: Settings) -> Iterator[str]:
    for origin in settings.origins:
        if not _is_origin(origin):
            yield f'origins: 「{origin}」は{_AS_AN_ORIGIN}'
    if settings.public_origin and not _is_origin(settings.public_origin):
        yield f'public_origin: 「{settings.public_origin}」は{_AS_AN_ORIGIN}'
    if settings.host != 'localhost' and not _is_address(settings.host):
        yield f'host: 「{settings.host}」はIPアドレスではありません。127.0.0.1 か 0.0.0.0 などを書いてください。'


def _wrong_sign_on(settings: Settings) -> Iterator[str]:
    """A single sign-on that is half set would be an open door or a dead button."""
    issuer = urlsplit(settings.oidc_issuer)
    if settings.oidc_issuer and issuer.scheme != 'https' and issuer.hostname not in {'127.0.0.1', 'localhost'}:
        yield 'oidc_issuer: 発行者のアドレスは https:// で始めてください。'
    if len({bool(each) for each in (settings.oidc_issuer, settings.oidc_client, settings.oidc_secret)}) > 1:
        yield 'oidc_client: oidc_issuer、oidc_client、oidc_secret は、3つとも書いてください。'
    if settings.oidc_secret and not settings.oidc_secret.is_file():
        yield f'oidc_secret: ファイル {settings.oidc_secret} がありません。'
    if settings.open311_keys and not settings.open311_keys.is_file():
        yield f'open311_keys: ファイル {settings.open311_keys} がありません。'
    if bool(settings.trusted_header) != bool(settings.trusted_proxy):
        yield 'trusted_proxy: trusted_header と trusted_proxy は、両方とも書いてください。'
    if settings.trusted_proxy and not _is_address(settings.trusted_proxy):
        yield f'trusted_proxy: 「{settings.trusted_proxy}」はIPアドレスではありません。1つだけ書いてください。'
    if settings.trusted_header and not settings.trusted_header.replace('-', '').isalnum():
        yield f'trusted_header: 「{settings.trusted_header}」はヘッダーの名前ではありません。例 X-Remote-User'


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True

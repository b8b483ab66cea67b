"""Everything a running installation consists of, put together once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from apps.accounts import Accounts
from apps.audit import Audit
from apps.audit_trail import AuditTrail
from apps.catalogue import Catalogue
from apps.clock import Clock, JapaneseClock
from apps.devices import Devices
from apps.directory import Directory
from apps.excel.desk import ExportDesk
from apps.formula_failures import FormulaFailures
from apps.grants import Grants
from apps.importing.desk import ImportDesk
from apps.indexes import IndexMaker
from apps.live import Live
from apps.mail_server import MailServer
from apps.map.layer_files import LayerFiles
from apps.map.maps import Maps
from apps.notifications.inbox import Inbox
from apps.notifications.reminders import Reminders
from apps.operations import Operations
from apps.operations.bulk import Bulk
from apps.operations.hall import Hall
from apps.operations.lotteries import Lotteries
from apps.operations.photos import Photos
from apps.operations.reply_links import ReplyLinks
from apps.operations.same_reports import SameReports
from apps.operators import Operators
from apps.outbox.bounces import Bounces
from apps.outbox.box import Outbox
from apps.outbox.sender import Sender
from apps.own_codes import OwnCodes
from apps.owners import Owners, owning_sections
from apps.passwords import Passwords
from apps.pins import Pins
from apps.places import Places
from apps.postal_codes import PostalCodes
from apps.published import Published
from apps.rate_limits import RateLimits, rates_of
from apps.reading import Reading
from apps.reading.map_points import MapPoints
from apps.reading.map_views import MapViews
from apps.reading.queue_forecasts import Desks, Forecasts
from apps.reading.queue_statistics import QueueReports
from apps.reading.waiting_room import WaitingRooms
from apps.retention.desk import RetentionDesk
from apps.searched_words import SearchedWords
from apps.sessions import Sessions
from apps.set_up import SetUp
from apps.settings import Settings
from apps.sign_ins import SignIns
from apps.tokens import Tokens
from apps.transactions import Transactions
from storage import Store, open_store


@dataclass(frozen=True, slots=True)
class AppContext:
    """What screens, API and commands are given. Nothing here is a module global, so that two can live side by side."""

    settings: Settings
    clock: Clock
    store: Store
    transactions: Transactions
    audit: Audit
    trail: AuditTrail
    live: Live
    catalogue: Catalogue
    directory: Directory
    accounts: Accounts
    sign_ins: SignIns
    sessions: Sessions
    devices: Devices
    pins: Pins
    operators: Operators
    owners: Owners
    grants: Grants
    tokens: Tokens
    set_up: SetUp
    operations: Operations
    photos: Photos
    bulk: Bulk
    same_reports: SameReports
    reading: Reading
    exports: ExportDesk
    imports: ImportDesk
    lotteries: Lotteries
    reply_links: ReplyLinks
    waiting_rooms: WaitingRooms
    desks: Desks
    forecasts: Forecasts
    queue_reports: QueueReports
    own_codes: OwnCodes
    postal_codes: PostalCodes
    places: Places
    maps: Maps
    map_views: MapViews
    layer_files: LayerFiles
    indexes: IndexMaker
    failures: FormulaFailures
    outbox: Outbox
    inbox: Inbox
    reminders: Reminders
    rate_limits: RateLimits
    searched_words: SearchedWords
    retention: RetentionDesk

    def operations_at(self, clock: Clock) -> Operations:
        """The same operations at another time: for sample data."""
        hall = Hall(self.catalogue, self.directory, clock, self.failures, forecasts=self.forecasts)
        return Operations(self.store, self.transactions, hall, self.live)

    def close(self) -> None:
        """Finish what was accepted and let go of the files."""
        self.indexes.close()
        self.maps.close()
        self.audit.close()
        self.store.close()


def open_context(
    settings: Settings,
    clock: Clock | None = None,
    *,
    passwords: Callable[[Store, Clock], Passwords] | None = None,
) -> AppContext:
    """Open the store, read the definitions, connect the parts. Raises storage errors when the files do not fit.

    passwords: makes another keeper of passwords (tests hash weakly and quickly).
    """
    clock = clock or JapaneseClock()
    store = open_store(settings.data, clock=clock.now, witness=settings.witness)
    live = Live()
    transactions = Transactions(store)
    audit = Audit(store, transactions, clock)
    catalogue = Catalogue(settings.definitions, Published(store, transactions, audit), live)
    directory = Directory(store, lambda: owning_sections(store, catalogue.all()), clock)
    attempts, minutes = settings.sign_in_attempts, settings.lock_minutes
    kept = (
        passwords(store, clock)
        if passwords is not None
        else Passwords(store, clock, attempts=attempts, lock_minutes=minutes)
    )
    accounts = Accounts(store, transactions, kept, live, clock)
    sign_ins = SignIns(store, accounts, kept, audit, clock)
    sessions = _sessions(settings, store, accounts, clock)
    devices, pins = Devices(store, transactions, clock), Pins(store, kept.hasher)
    failures = FormulaFailures(store, catalogue, clock)
    desks = Desks(live)
    forecasts = Forecasts(store, catalogue, clock, desks)
    grants = Grants(store, transactions, accounts, audit, clock)
    hall = Hall(catalogue, directory, clock, failures, grants.lent, forecasts=forecasts)
    reading = Reading(store, hall, directory, clock)
    catalogue.reload()
    operations = Operations(store, transactions, hall, live)
    places = Places(settings.definitions)
    indexes = IndexMaker(store)
    catalogue.when_ready(indexes.prepare)
    reply_links = ReplyLinks(store, transactions, hall, live)
    sender = sender_of(settings, store, transactions, clock, reply_links)
    return AppContext(
        settings=settings,
        clock=clock,
        store=store,
        transactions=transactions,
        audit=audit,
        trail=AuditTrail(store, catalogue, directory),
        live=live,
        catalogue=catalogue,
        directory=directory,
        accounts=accounts,
        sign_ins=sign_ins,
        sessions=sessions,
        devices=devices,
        pins=pins,
        grants=grants,
        owners=Owners(store, transactions, catalogue, accounts),
        operators=Operators(accounts, sessions, pins, devices, sign_ins, audit),
        tokens=Tokens(store, transactions, accounts, audit, clock),
        set_up=SetUp(store, accounts, clock),
        operations=operations,
        photos=Photos(store, operations, hall, audit),
        bulk=Bulk(store, transactions, hall, live, audit),
        same_reports=SameReports(operations, hall),
        reading=reading,
        exports=ExportDesk(settings, reading, audit, clock),
        imports=ImportDesk(settings, store, transactions, hall, live, reading=reading, clock=clock, audit=audit),
        lotteries=Lotteries(store, transactions, hall, live),
        reply_links=reply_links,
        own_codes=OwnCodes(store, transactions),
        waiting_rooms=WaitingRooms(store, catalogue, live, clock, forecasts),
        desks=desks,
        forecasts=forecasts,
        queue_reports=QueueReports(store, hall),
        postal_codes=PostalCodes(settings.postal),
        places=places,
        map_views=MapViews(reading, MapPoints(live)),
        layer_files=LayerFiles(settings.definitions),
        maps=Maps(settings.tiles, settings.tiles_attribution, lambda: places.gazetteer().places),
        indexes=indexes,
        failures=failures,
        inbox=Inbox(store, transactions, hall, live, clock),
        reminders=Reminders(store, transactions, hall, clock),
        outbox=Outbox(store, transactions, hall, clock, sender),
        rate_limits=RateLimits(rates_of(settings)),
        searched_words=SearchedWords(store),
        retention=RetentionDesk(store, transactions, hall, live, clock=clock, audit=audit, failures=failures),
    )


def _sessions(settings: Settings, store: Store, accounts: Accounts, clock: Clock) -> Sessions:
    minutes, shared = settings.idle_minutes, settings.shared_idle_minutes
    return Sessions(
        store, accounts, clock, hours=settings.session_hours, idle_minutes=minutes, shared_idle_minutes=shared
    )


def sender_of(
    settings: Settings, store: Store, transactions: Transactions, clock: Clock, links: ReplyLinks
) -> Sender | None:
    """Who hands mail to the mail server; None where none is set."""
    server = MailServer.of(settings)
    origin = settings.origins[0] if settings.origins else f'http://{settings.host}:{settings.port}'
    bounces = Bounces(store, transactions, clock, settings.bounces) if settings.bounces else None
    if server is None:
        return None
    public = settings.public_origin
    return Sender(
        store, transactions, clock, server, origin, bounces, another_token=links.another, public_origin=public
    )


@contextmanager
def opened(settings: Settings, clock: Clock | None = None) -> Iterator[AppContext]:
    """The same for a command: closed again at the end."""
    context = open_context(settings, clock)
    try:
        yield context
    finally:
        context.close()

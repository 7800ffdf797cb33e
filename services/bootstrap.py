"""The one place that puts the parts of the service together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from domain.unit_tree import UnitTree
from services.access.audit import AuditTrail
from services.access.credentials import PasswordPolicy
from services.access.desk import SignInDesk
from services.access.present import present
from services.access.seeing import sees_whole, sight_of
from services.access.signing_in import Person
from services.attaching import EvidenceDesk
from services.background import Background
from services.clock import Clock, today, wall_clock
from services.database.connect import Database, open_database
from services.evaluating import Evaluator
from services.evidence.keys import EvidenceKeys
from services.evidence.vault import Vault
from services.founding import store_on_record
from services.log.application import Log
from services.log.meta import Meta
from services.projections.projector import Projector
from services.readmodel.lookups import Lookups
from services.readmodel.readmodel import ReadModel
from services.readmodel.sight import EVERYTHING
from services.secret import revealed
from services.settings import Settings
from services.starting import require_sound_start

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Services:
    """What use cases work with."""

    settings: Settings
    database: Database
    clock: Clock
    log: Log
    projector: Projector
    read_model: ReadModel
    lookups: Lookups
    background: Background = field(default_factory=Background)

    @property
    def region(self) -> str:
        """The region of the store, or the configured one before there is a store.

        Raises:
            SettingError: neither is known.
        """
        store = store_on_record(self.log)
        return store.region if store is not None else self.settings.require_region()

    @property
    def sign_in_desk(self) -> SignInDesk:
        """What signing in needs; connections open on first use."""
        settings = self.settings
        policy = PasswordPolicy(settings.password_rules, settings.password_hash)
        return SignInDesk.on(self.lookups.pool, policy)

    @property
    def evidence_desk(self) -> EvidenceDesk:
        """What keeping evidence files needs; connections open on first use."""
        pool = self.lookups.pool
        return EvidenceDesk(
            self.log,
            Vault(self.settings.data_dir),
            EvidenceKeys(pool),
            AuditTrail(pool),
            today(self.clock),
        )

    def evaluator(self, region: str | None = None) -> Evaluator:
        """Who judges days, for the store's region unless another one is known.

        Raises:
            SettingError: there is no store, and no region is configured.
        """
        everything = self.read_model.seen_by(EVERYTHING)
        return Evaluator(self.log, self.projector, everything, region or self.region)

    def units_today(self) -> UnitTree:
        """The units as they stand today; none before there is a store."""
        store = store_on_record(self.log)
        if store is None:
            return UnitTree(())
        return self.read_model.units(store.region, today(self.clock))

    def seen_by(self, person: Person) -> Services:
        """The same services, with the read tables as somebody sees them."""
        whole = sees_whole(person.actor)
        sight = sight_of(person.actor, UnitTree(()) if whole else person.tree())
        return replace(
            self,
            read_model=self.read_model.seen_by(sight),
            lookups=self.lookups.seen_by(sight),
        )

    def seen_by_present(self) -> Services:
        """The same services as whoever is present sees them; NotSignedInError."""
        return self.seen_by(present())

    def meta(self, source: str, actor: str = "operator") -> Meta:
        """Metadata for an act that no signed-in person asked for."""
        return Meta(actor, None, source)


@contextmanager
def open_services(
    settings: Settings,
    progress: Progress,
    clock: Clock = wall_clock,
    *,
    web_only: bool = False,
) -> Iterator[Services]:
    """Open the database and everything on it, for the length of a block.

    ``web_only``: without the worker's rights; somebody else projects.

    Raises:
        MonitoringError: it is not safe to start, or the database cannot be used; the sentence
            says the next step.
    """
    require_sound_start(settings)
    with open_database(
        settings.data_dir,
        revealed(settings.database_url),
        revealed(settings.worker_database_url),
        progress,
        web_only=web_only,
    ) as database:
        log = Log(database.web_url, clock=clock)
        read_model = ReadModel(database.web_url)
        lookups = Lookups(database.web_url)
        projector = Projector(log, database.worker_url, may_lead=not web_only)
        try:
            projector.prepare_if_alone(progress)
            services = Services(settings, database, clock, log, projector, read_model, lookups)
            try:
                yield services
            finally:
                services.background.close()
        finally:
            lookups.close()
            read_model.close()
            log.close()

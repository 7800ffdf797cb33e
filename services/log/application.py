"""The log as the use cases see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol, TypeVar, cast
from uuid import UUID, uuid5

from eventsourcing.application import Application
from eventsourcing.domain import CanMutateAggregate
from eventsourcing.persistence import InfrastructureFactory, TrackingRecorder
from eventsourcing.postgres import PostgresFactory
from eventsourcing.utils import Environment, EnvType

from domain.errors import NotOnRecordError
from domain.event import DomainAggregate
from services.log.appending import Appended, Command, FactsAppended
from services.log.chunks import Stream, chunks, digest_of
from services.log.codec import EventMapper, prepared_meta
from services.log.datastore import LogDatastore
from services.log.many import ManyReader
from services.log.meta import Meta
from services.log.reading import LoggedEvent
from services.log.recorder import Clock, LogRecorder, require_zone

Kind = TypeVar("Kind", bound=DomainAggregate)

EVENTS_TABLE = "events"


class Pending(Protocol):
    """What has events to be written: an aggregate, or a fact that needs no replay."""

    def collect_events(self) -> Sequence[CanMutateAggregate[UUID]]:
        """Hand the events over."""


class Log(Application[UUID]):
    """Writes and reads the events of the service; the only writer there is.

    Built on the library's application with a mapper, a recorder and a datastore of ours.
    ``conninfo`` is a URL or connection string, ``clock`` answers the moment of recording.
    """

    name = "log"

    def __init__(self, conninfo: str, *, clock: Clock, pool_size: int = 8) -> None:
        self._datastore = LogDatastore(conninfo, pool_size=pool_size)
        self._clock = clock
        self._mapper = EventMapper()
        self._recorder = LogRecorder(
            self._datastore, events_table_name=EVENTS_TABLE, clock=self._now
        )
        self._reader = ManyReader(self._datastore, self._mapper, EVENTS_TABLE)
        super().__init__()

    # How the library gets its parts.

    @classmethod
    def construct_env(cls, name: str, env: EnvType | None = None) -> Environment:
        """Take nothing from the process environment: settings have one reader."""
        return Environment(name, env)

    def construct_factory(self, env: Environment) -> InfrastructureFactory[TrackingRecorder]:
        """Give the library a factory on our datastore."""
        return cast("InfrastructureFactory[TrackingRecorder]", _Factory(env, self._datastore))

    def construct_mapper(self) -> EventMapper:
        """Give the library our mapper."""
        return self._mapper

    def construct_recorder(self) -> LogRecorder:
        """Give the library our recorder."""
        return self._recorder

    # Writing.

    def save(  # type: ignore[override]  # the library's own knows neither actor nor command
        self, *aggregates: DomainAggregate, meta: Meta, command: Command | None = None
    ) -> Appended:
        """Append what the aggregates decided, all or nothing.

        A repeated command writes nothing and answers as the first time. After a
        ConcurrencyError load again and decide again. Errors as of ``LogRecorder.append``.
        """
        stored = [row for rows in self._streams(aggregates, meta) for row in rows]
        return self._recorder.append(stored, recorded_at=self._now(), command=command)

    def append_facts(
        self, aggregates: Iterable[Pending], meta: Meta, command_id: UUID
    ) -> FactsAppended:
        """Append any number of new, independent aggregates, in chunks that stand by themselves.

        Ids on record are reported back and not written again, so the same batch may be sent
        again after a crash, under the same command id. ConcurrencyError cannot happen.
        """
        written, known, last = 0, frozenset[UUID](), 0
        for number, chunk in enumerate(chunks(self._streams(aggregates, meta))):
            command = Command(uuid5(command_id, str(number)), digest_of(chunk))
            done = self._recorder.append_new(chunk, recorded_at=self._now(), command=command)
            written += done.appended.last_position - done.appended.first_position + 1
            known |= done.known
            last = done.appended.last_position
        return FactsAppended(written, known, last or self.head())

    def answered(self, command: Command) -> Appended | None:
        """What a command was answered, None if it is new; CommandReusedError.

        To be asked before deciding: what was decided once is decided no second time.
        """
        return self._recorder.find(command)

    # Reading.

    def get(self, kind: type[Kind], thing_id: UUID) -> Kind:
        """Load an aggregate; NotOnRecordError if there is none of that kind."""
        found = self.get_many(kind, [thing_id]).get(thing_id)
        if found is None:
            raise NotOnRecordError(thing_id)
        return found

    def get_many(self, kind: type[Kind], ids: Iterable[UUID]) -> dict[UUID, Kind]:
        """Load those that are on record, by id; others, and of another kind, are left out."""
        found = self._reader.aggregates(ids)
        return {key: thing for key, thing in found.items() if isinstance(thing, kind)}

    def exists(self, ids: Iterable[UUID]) -> frozenset[UUID]:
        """Which of these ids are on record."""
        return self._reader.known(ids)

    def read(self, after: int, limit: int) -> list[LoggedEvent]:
        """Up to ``limit`` events behind a position, in order of position."""
        return self._reader.window(after, limit)

    def stream(self, thing_id: UUID) -> list[LoggedEvent]:
        """All events of one aggregate, empty if there is none."""
        return self._reader.stream(thing_id)

    def head(self) -> int:
        """Position of the last event, 0 in an empty log."""
        return self._reader.head()

    @property
    def channel(self) -> str:
        """Where the database tells of appends, for ``LISTEN``."""
        return self._recorder.channel_name

    def position_at(self, moment: datetime) -> int:
        """Position of the last append recorded not after a moment; NaiveTimeError."""
        require_zone(moment)
        return self._reader.position_at(moment)

    def _now(self) -> datetime:
        return self._clock()

    def _streams(self, aggregates: Iterable[Pending], meta: Meta) -> Iterator[Stream]:
        prepared = prepared_meta(meta)
        for aggregate in aggregates:
            yield [self._mapper.encode(event, prepared) for event in aggregate.collect_events()]


class _Factory(PostgresFactory):
    """The library's factory, on a datastore that exists already."""

    def __init__(self, env: Environment, datastore: LogDatastore) -> None:
        InfrastructureFactory.__init__(self, env)
        self.datastore = datastore

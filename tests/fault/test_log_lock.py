"""Who waits for whom at the log (faults B5, B6)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from time import monotonic
from uuid import uuid4

import psycopg
import pytest

from services.log.application import Log
from services.log.errors import LogBusyError
from services.log.statements import lock_key
from tests.servers import RunningServer
from tests.toys import META, ticking, voucher

HOLDS = [
    f"SELECT pg_advisory_xact_lock({lock_key('log', 'events')})",
    "LOCK TABLE log.events IN EXCLUSIVE MODE",
]


@contextmanager
def held(server: RunningServer, dbname: str, statement: str) -> Iterator[None]:
    """A superuser's session that sits on a lock."""
    with (
        psycopg.connect(server.admin_url(dbname)) as connection,
        connection.transaction(force_rollback=True),
    ):
        connection.execute(statement)
        yield


@pytest.mark.parametrize("statement", HOLDS)
def test_a_lock_that_somebody_holds_is_an_error_within_seconds(
    any_server: RunningServer, statement: str
) -> None:
    with any_server.fresh() as database, Log(database.web_url, clock=ticking()) as log:
        log.save(voucher(0), meta=META)
        dbname = psycopg.conninfo.conninfo_to_dict(database.web_url)["dbname"]
        with held(any_server, str(dbname), statement):
            started = monotonic()
            with pytest.raises(LogBusyError):
                log.save(voucher(1), meta=META)
            assert monotonic() - started < 3
            assert log.head() == 1  # reading does not wait
        assert log.save(voucher(1), meta=META).repeated is False


def test_a_long_import_lets_others_in_between_its_chunks(any_server: RunningServer) -> None:
    with any_server.fresh() as database, Log(database.web_url, clock=ticking()) as log:
        facts = (voucher(n) for n in range(50_000))
        importing = Thread(target=log.append_facts, args=(facts, META, uuid4()))
        importing.start()
        waits: list[float] = []
        while importing.is_alive():
            started = monotonic()
            log.save(voucher(f"of a person {len(waits)}"), meta=META)
            waits.append(monotonic() - started)
        importing.join()
        assert log.head() == 50_000 + len(waits)
        assert len(waits) > 10
        assert max(waits) < 1.5, sorted(waits)[-5:]

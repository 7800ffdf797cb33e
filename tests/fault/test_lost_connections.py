"""The database drops its connections, and comes back (faults A3, B8)."""

from __future__ import annotations

from threading import Thread
from time import monotonic

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from services.log.application import Log
from services.log.errors import LogUnreachableError
from tests.servers import RunningServer, free_port
from tests.toys import META, Voucher, ticking, voucher

END_ALL = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def end_sessions(server: RunningServer, url: str) -> None:
    """End every session of a database, as a restart does."""
    with server.admin(str(conninfo_to_dict(url)["dbname"])) as connection:
        connection.execute(END_ALL)


def test_a_session_that_was_ended_is_replaced_without_anybody_noticing(
    any_server: RunningServer,
) -> None:
    with any_server.fresh() as database, Log(database.web_url, clock=ticking()) as log:
        for number in range(3):
            log.save(voucher(number), meta=META)
            end_sessions(any_server, database.web_url)
            assert log.get(Voucher, Voucher.create_id(str(number))).number == str(number)
            end_sessions(any_server, database.web_url)
        assert log.head() == 3


def test_appends_under_a_hail_of_ended_sessions_are_written_once_each(
    any_server: RunningServer,
) -> None:
    with any_server.fresh() as database, Log(database.web_url, clock=ticking()) as log:

        def work() -> None:
            for number in range(400):
                log.save(voucher(number), meta=META)

        writer = Thread(target=work)
        writer.start()
        while writer.is_alive():
            end_sessions(any_server, database.web_url)
            writer.join(0.2)
        with psycopg.connect(database.web_url) as connection:
            counts = connection.execute(
                "SELECT count(*), count(DISTINCT originator_id) FROM log.events"
            ).fetchone()
        assert counts == (400, 400)


def test_a_database_that_is_not_there_is_said_within_seconds() -> None:
    nowhere = make_conninfo("", host="127.0.0.1", port=free_port(), dbname="x", user="x")
    with Log(nowhere, clock=ticking()) as log:
        started = monotonic()
        with pytest.raises(LogUnreachableError):
            log.save(voucher(1), meta=META)
        with pytest.raises(LogUnreachableError):
            log.head()
        assert monotonic() - started < 30

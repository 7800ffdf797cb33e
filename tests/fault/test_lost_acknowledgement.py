"""The acknowledgement of a COMMIT is lost: the log answers as if it had come (faults A5)."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest

from services.database.connect import Database
from services.log.appending import Command
from services.log.application import Log
from services.log.errors import CommandReusedError, LogUnreachableError
from tests.fault.proxy import Cut, Proxy, proxied
from tests.toys import META, Voucher, ticking, voucher


@pytest.fixture
def proxy(any_database: Database) -> Iterator[Proxy]:
    """A proxy before the database of the test."""
    with proxied(any_database.web_url) as proxy:
        yield proxy


@pytest.fixture
def log(proxy: Proxy) -> Iterator[Log]:
    """A log that is reached through the proxy."""
    with Log(proxy.conninfo, clock=ticking()) as log:
        yield log


def rows(database: Database) -> list[tuple[object, ...]]:
    """Every append on record, with the number of its events."""
    with psycopg.connect(database.web_url) as connection:
        return connection.execute(
            "SELECT first_position, last_position, answer, (SELECT count(*) FROM log.events"
            " WHERE notification_id BETWEEN first_position AND last_position)"
            " FROM log.appends ORDER BY first_position"
        ).fetchall()


def command() -> Command:
    return Command(uuid4(), b"digest", {"sentence": "已记录"})


def test_the_retry_finds_its_own_work_and_answers_as_the_first_call_did(
    any_database: Database, proxy: Proxy, log: Log
) -> None:
    proxy.cut(Cut.BEFORE_ANSWER)
    appended = log.save(voucher(1), voucher(2), meta=META, command=command())
    assert proxy.commits_cut == 1
    assert appended.answer == {"sentence": "已记录"}
    assert rows(any_database) == [(1, 2, {"sentence": "已记录"}, 2)]


def test_a_commit_that_never_arrived_is_written_by_the_retry(
    any_database: Database, proxy: Proxy, log: Log
) -> None:
    proxy.cut(Cut.BEFORE_COMMIT)
    appended = log.save(voucher(1), meta=META, command=command())
    assert (proxy.commits_cut, appended.repeated) == (1, False)
    assert [row[2:] for row in rows(any_database)] == [({"sentence": "已记录"}, 1)]


def test_an_append_without_a_command_is_found_too(
    any_database: Database, proxy: Proxy, log: Log
) -> None:
    proxy.cut(Cut.BEFORE_ANSWER, times=2)
    log.save(voucher(1), meta=META)
    log.get(Voucher, Voucher.create_id("1"))
    assert len(rows(any_database)) == 1


def test_a_chunk_of_facts_reports_what_it_wrote_not_that_it_was_known(
    any_database: Database, proxy: Proxy, log: Log
) -> None:
    log.save(known := voucher(0), meta=META)
    proxy.cut(Cut.BEFORE_ANSWER)
    done = log.append_facts([voucher(n) for n in range(3)], META, uuid4())
    assert (done.written, done.known) == (2, frozenset({known.id}))
    assert [row[3] for row in rows(any_database)] == [1, 2]


def test_a_user_who_sends_again_after_the_network_failed_gets_the_first_answer(
    any_database: Database, proxy: Proxy, log: Log
) -> None:
    asked = command()
    proxy.cut(Cut.BEFORE_ANSWER, times=100)
    with pytest.raises(LogUnreachableError):
        log.save(voucher(1), meta=META, command=asked)
    proxy.cut(Cut.BEFORE_ANSWER, times=0)
    again = log.save(voucher(1), meta=META, command=asked)
    assert (again.repeated, again.answer) == (True, {"sentence": "已记录"})
    with pytest.raises(CommandReusedError):
        log.save(voucher(2), meta=META, command=Command(asked.command_id, b"other"))
    assert len(rows(any_database)) == 1

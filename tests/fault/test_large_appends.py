"""What makes the library's recorder hang for ever finishes here (faults B1, facts §1)."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from services.database.connect import Database
from services.log.appending import MAX_BYTES, MAX_EVENTS
from services.log.application import Log
from services.log.codec import EventMapper, prepared_meta
from tests.toys import META, Voucher, ticking, voucher

pytestmark = pytest.mark.timeout(60)


@pytest.fixture(params=["database", "debian_database", "debian_tcp_database"])
def log(request: pytest.FixtureRequest) -> Iterator[Log]:
    """The embedded server on its socket, and PostgreSQL 15 on socket and TCP."""
    database: Database = request.getfixturevalue(request.param)
    with Log(database.web_url, clock=ticking()) as log:
        yield log


def test_fifty_thousand_events_in_one_call_finish(log: Log) -> None:
    done = log.append_facts((voucher(n) for n in range(50_000)), META, uuid4())
    assert (done.written, done.last_position, log.head()) == (50_000, 50_000, 50_000)


def test_one_event_of_five_megabytes_is_stored_and_read(log: Log) -> None:
    text = "文" * (5_000_000 // 3)
    log.save(live := voucher(1, summary=text), meta=META)
    assert log.get(Voucher, live.id) == live


def test_one_append_as_full_as_it_may_be_is_written_at_once(log: Log) -> None:
    wanted = MAX_BYTES // MAX_EVENTS
    [event] = voucher(10_000, summary="").pending_events
    empty = len(EventMapper().encode(event, prepared_meta(META)).state)
    batch = [voucher(10_000 + n, summary="x" * (wanted - empty)) for n in range(MAX_EVENTS)]
    appended = log.save(*batch, meta=META)
    assert (appended.first_position, appended.last_position) == (1, MAX_EVENTS)

"""The log on real servers: what is saved is read, once and in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import psycopg
import pytest

from domain.errors import NotOnRecordError
from services.database.connect import Database
from services.log.appending import MAX_BYTES, Command
from services.log.application import Log
from services.log.errors import (
    AppendTooLargeError,
    CommandReusedError,
    ConcurrencyError,
    NaiveTimeError,
)
from services.log.meta import Meta
from tests.toys import META, NOON, Toy, Voucher, ticking, voucher


@pytest.fixture
def log(any_database: Database) -> Iterator[Log]:
    """A log of the web role on each server."""
    with Log(any_database.web_url, clock=ticking()) as log:
        yield log


def command(answer: str = "done", digest: bytes = b"first") -> Command:
    return Command(uuid4(), digest, {"answer": answer})


def test_what_was_saved_is_loaded_equal_to_the_live_one(log: Log) -> None:
    live = voucher(1)
    live.mend(Decimal("100.00"))
    log.save(live, meta=META)
    assert log.get(Voucher, live.id) == live


def test_a_window_tells_position_event_metadata_and_recorded_time(log: Log) -> None:
    one, two = voucher(1), voucher(2)
    events = [*one.pending_events, *two.pending_events]
    meta = Meta("desk", uuid4(), "API")
    log.save(one, meta=meta)
    log.save(two, meta=META)
    assert [tuple(entry) for entry in log.read(after=0, limit=10)] == [
        (1, events[0], meta, NOON),
        (2, events[1], META, NOON + timedelta(seconds=1)),
    ]


def test_windows_follow_each_other_without_gap_or_overlap(log: Log) -> None:
    log.save(*[voucher(n) for n in range(7)], meta=META)
    log.save(*[voucher(n) for n in range(7, 10)], meta=META)
    first, second = log.read(0, 4), log.read(4, 100)
    assert [e.position for e in first + second] == list(range(1, 11))
    assert [e.recorded_at - NOON for e in second] == [timedelta(0)] * 3 + [timedelta(seconds=1)] * 3
    assert log.read(10, 5) == []


def test_a_stream_is_read_with_the_time_of_each_of_its_appends(log: Log) -> None:
    thing = voucher(1)
    log.save(thing, meta=META)
    log.save(voucher(2), meta=META)
    thing.mend(Decimal(5))
    log.save(thing, meta=META)
    assert [(e.position, e.recorded_at) for e in log.stream(thing.id)] == [
        (1, NOON),
        (3, NOON + timedelta(seconds=2)),
    ]
    assert log.stream(uuid4()) == []


def test_head_and_moments_are_positions(log: Log) -> None:
    assert (log.head(), log.position_at(NOON)) == (0, 0)
    log.save(voucher(1), voucher(2), meta=META)
    log.save(voucher(3), meta=META)
    assert log.head() == 3
    moments = [NOON - timedelta(seconds=1), NOON, NOON + timedelta(seconds=1)]
    assert [log.position_at(moment) for moment in moments] == [0, 2, 3]
    with pytest.raises(NaiveTimeError):
        log.position_at(datetime(2025, 6, 30))  # noqa: DTZ001  # what is refused


def test_what_is_not_there_is_said_in_the_domains_words(log: Log) -> None:
    log.save(known := voucher(1), meta=META)
    assert log.exists([known.id, uuid4()]) == {known.id}
    for kind, thing_id in ((Voucher, uuid4()), (Toy, known.id)):
        with pytest.raises(NotOnRecordError):
            log.get(kind, thing_id)


def test_two_who_decided_on_the_same_version_do_not_both_win(log: Log) -> None:
    log.save(thing := voucher(1), meta=META)
    mine, theirs = log.get(Voucher, thing.id), log.get(Voucher, thing.id)
    theirs.mend(Decimal(1))
    log.save(theirs, meta=META)
    mine.mend(Decimal(2))
    with pytest.raises(ConcurrencyError) as refusal:
        log.save(mine, meta=META, command=command())
    assert (refusal.value.stream_id, refusal.value.version) == (thing.id, 2)
    assert log.get(Voucher, thing.id) == theirs


def test_several_aggregates_are_saved_all_or_none(log: Log) -> None:
    log.save(voucher(1), meta=META)
    with pytest.raises(ConcurrencyError):
        log.save(voucher(2), voucher(1), meta=META)
    assert log.head() == 1
    assert log.exists([Voucher.create_id("2")]) == frozenset()


def test_the_same_command_twice_writes_once_and_answers_the_same(log: Log) -> None:
    asked = command("三号凭证已记录")
    first = log.save(voucher(3), meta=META, command=asked)
    again = log.save(voucher(3), meta=META, command=asked)
    assert (again.first_position, again.last_position) == (first.first_position, 1)
    assert (again.recorded_at, again.answer) == (first.recorded_at, first.answer)
    assert (first.repeated, again.repeated) == (False, True)
    assert log.head() == 1


def test_a_command_can_be_asked_after_before_anything_is_decided(log: Log) -> None:
    asked = command()
    assert log.answered(asked) is None
    log.save(voucher(3), meta=META, command=asked)
    found = log.answered(asked)
    assert found is not None
    assert found.answer == {"answer": "done"}


def test_a_command_id_under_another_request_is_refused(log: Log) -> None:
    asked = command()
    log.save(voucher(1), meta=META, command=asked)
    with pytest.raises(CommandReusedError):
        log.save(voucher(2), meta=META, command=Command(asked.command_id, b"other"))
    assert log.head() == 1


def test_saving_nothing_answers_with_the_head_and_no_position(log: Log) -> None:
    log.save(voucher(1), meta=META)
    nothing = log.save(meta=META, command=command("nothing"))
    assert (nothing.first_position, nothing.last_position) == (2, 1)
    assert nothing.answer == {"answer": "nothing"}


def test_recorded_time_never_goes_back_when_the_clock_does(any_database: Database) -> None:
    moments = iter([NOON, NOON - timedelta(hours=1), NOON + timedelta(hours=1)])
    with Log(any_database.web_url, clock=lambda: next(moments)) as log:
        times = [log.save(voucher(n), meta=META).recorded_at for n in range(3)]
    assert times == [NOON, NOON, NOON + timedelta(hours=1)]


def test_a_clock_without_zone_is_refused(any_database: Database) -> None:
    naive = datetime(2025, 6, 30)  # noqa: DTZ001  # what is refused
    with Log(any_database.web_url, clock=lambda: naive) as log, pytest.raises(NaiveTimeError):
        log.save(voucher(1), meta=META)


def test_what_one_append_cannot_hold_is_refused_before_anything_is_written(log: Log) -> None:
    many = [voucher(n) for n in range(5_001)]
    heavy = [voucher(n, summary="x" * (MAX_BYTES // 2)) for n in range(2)]
    for batch in (many, heavy):
        with pytest.raises(AppendTooLargeError):
            log.save(*batch, meta=META)
    assert log.head() == 0


def test_facts_go_in_once_in_chunks_and_known_ones_are_named(log: Log) -> None:
    log.save(known := voucher(7), meta=META)
    batch_id = uuid4()
    first = log.append_facts((voucher(n) for n in range(12_000)), META, batch_id)
    again = log.append_facts((voucher(n) for n in range(12_000)), META, batch_id)
    assert (first.written, first.known, first.last_position) == (
        11_999,
        frozenset({known.id}),
        12_000,
    )
    assert again == first
    assert log.head() == 12_000


def test_a_fact_given_twice_is_written_once(log: Log) -> None:
    twin = voucher(1)
    done = log.append_facts([twin, voucher(2), voucher(1)], META, uuid4())
    assert (done.written, done.known) == (2, frozenset({twin.id}))


def test_a_batch_under_a_new_command_finds_all_its_facts_known(log: Log) -> None:
    batch = [voucher(n) for n in range(5)]
    ids = frozenset(thing.id for thing in batch)
    log.append_facts(batch, META, uuid4())
    again = log.append_facts([voucher(n) for n in range(5)], META, uuid4())
    assert (again.written, again.known, again.last_position) == (0, ids, 5)


def test_facts_of_several_events_stay_whole(log: Log) -> None:
    def facts() -> Iterator[Voucher]:
        for number in range(2_000):
            thing = voucher(number)
            for amount in range(3):
                thing.mend(Decimal(amount))
            yield thing

    done = log.append_facts(facts(), META, uuid4())
    assert done.written == 8_000
    assert log.get(Voucher, Voucher.create_id("1250")).version == 4


def test_the_order_of_facts_is_kept(log: Log) -> None:
    ids = [voucher(n).id for n in range(6_000)]
    log.append_facts((voucher(n) for n in range(6_000)), META, uuid4())
    assert [entry.event.originator_id for entry in log.read(0, 10_000)] == ids


def test_a_closed_log_leaves_no_connection_behind(any_database: Database) -> None:
    with Log(any_database.web_url, clock=ticking()) as log:
        log.save(voucher(1), meta=META)
    with psycopg.connect(any_database.web_url) as connection:
        others = connection.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchone()
    assert others == (0,)

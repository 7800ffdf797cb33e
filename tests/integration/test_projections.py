"""From the log to the read tables, and back to the very same rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.claim import Share
from domain.indicator import Likelihood
from domain.payment import Payment
from domain.target import Target
from services.database.connect import Database
from services.projections.payments import PaymentRows
from services.projections.projector import Projector, families
from services.projections.targets import TargetRows
from services.projections.window import Family, Window
from services.readmodel.moment import Moment
from services.skipping import skip
from tests.declaring import declaration, declared, line, paid, payment, reported
from tests.world import META, World, world_on

MAY, JUNE = date(2025, 5, 6), date(2025, 6, 30)


@pytest.fixture
def world(any_database: Database) -> Iterator[World]:
    with world_on(any_database) as made:
        yield made


def executed(world: World, target: Target, known_at: int | None = None) -> Decimal:
    moment = world.read.moment(2025, JUNE, known_at)
    return world.read.judged_target(target.id, moment).picture.executed


def standings(world: World) -> dict[str, str]:
    return {row.voucher_no: row.standing for row in world.read.payments(limit=500)}


def test_a_payment_finds_its_target_by_code(world: World) -> None:
    target = declared()
    world.save(target)
    world.pay(payment("V1", paid("100", MAY)), payment("V2", paid("7", MAY, project_code="P2")))
    world.complete_to(JUNE)
    world.projector.catch_up()
    assert executed(world, target) == 100
    assert standings(world) == {"V1": "matched", "V2": "unclaimed"}


def test_a_payment_before_its_target_waits_and_attaches_by_itself(world: World) -> None:
    world.pay(payment("V1", paid("100", MAY)))
    world.complete_to(JUNE)
    world.projector.catch_up()
    assert standings(world) == {"V1": "unclaimed"}
    target = declared()
    declared_at = world.save(target)
    world.projector.catch_up()
    assert standings(world) == {"V1": "matched"}
    assert executed(world, target) == 100
    entries = sorted((row[0], row[3], row[6]) for row in world.rows("payment_entries"))
    assert entries == [
        (1, Decimal(100), "unclaimed"),
        (declared_at, Decimal(-100), "unclaimed"),
        (declared_at, Decimal(100), "matched"),
    ]


def test_it_attaches_all_the_same_when_both_lie_in_one_window(world: World) -> None:
    world.pay(payment("V1", paid("100", MAY)))
    target = declared()
    world.save(target)
    world.complete_to(JUNE)
    world.projector.catch_up()
    assert executed(world, target) == 100
    assert len(world.rows("payment_entries")) == 3


def test_a_former_code_in_the_name_and_a_later_code_are_codes_too(world: World) -> None:
    target = declared(code=None, name="[13073021T6Q0KS27UZ891]配套资金")
    world.save(target)
    world.pay(payment("V1", paid("1", MAY, project_code="13073021T6Q0KS27UZ891")))
    world.pay(payment("V2", paid("2", MAY, project_code="P77")))
    world.complete_to(JUNE)
    world.projector.catch_up()
    assert executed(world, target) == 1
    target = world.log.get(Target, target.id)
    target.add_code("P77")
    world.save(target)
    world.projector.catch_up()
    assert executed(world, target) == 3


def test_a_document_number_matches_only_what_prints_no_code_and_only_one_target(
    world: World,
) -> None:
    of_document = paid("5", MAY, project_code=None, document_no="财社1号")
    first = declared(fund_lines=(line(document_no="财社1号"),))
    world.save(first)
    world.pay(payment("V1", of_document))
    world.pay(payment("V2", paid("5", MAY, project_code="P2", document_no="财社1号")))
    world.projector.catch_up()
    assert standings(world) == {"V1": "matched", "V2": "unclaimed"}
    world.save(declared(code="P9", fund_lines=(line(document_no="财社1号"),)))
    world.pay(payment("V3", of_document))
    world.projector.catch_up()
    assert standings(world) == {"V1": "matched", "V2": "unclaimed", "V3": "unclaimed"}


def test_a_line_that_arrives_later_brings_its_document_number(world: World) -> None:
    target = declared()
    world.save(target)
    world.pay(payment("V1", paid("5", MAY, project_code=None, document_no="财社8号")))
    world.projector.catch_up()
    assert standings(world) == {"V1": "unclaimed"}
    target = world.log.get(Target, target.id)
    target.add_fund_line(line(100, no="2", document_no="财社8号"))
    world.save(target)
    world.projector.catch_up()
    assert standings(world) == {"V1": "matched"}


def test_a_correction_changes_the_present_and_not_what_was_known(world: World) -> None:
    target = declared()
    world.save(target)
    known = payment("V1", paid("1000", MAY))
    world.pay(known)
    world.complete_to(JUNE)
    before = world.projector.catch_up()
    known = world.log.get(Payment, known.id)
    known.correct(paid("100", MAY), "多写一个零")
    world.save(known)
    world.projector.catch_up()
    assert executed(world, target) == 100
    assert executed(world, target, before) == 1000
    now = world.read.detail(target.id, world.read.moment(2025, JUNE))
    then = world.read.detail(target.id, world.read.moment(2025, JUNE, before))
    assert [one.amount for one in now.payments] == [100]
    assert [one.amount for one in then.payments] == [1000]


def test_a_corrected_fund_nature_takes_the_money_back_from_the_old_one(world: World) -> None:
    target = declared()
    world.save(target)
    known = payment("V1", paid("1000", MAY, fund_nature="一般公共预算资金"))
    world.pay(known)
    world.complete_to(JUNE)
    world.projector.catch_up()
    known = world.log.get(Payment, known.id)
    known.correct(paid("1000", MAY, fund_nature="单位资金"), "资金性质录错")
    world.save(known)
    world.projector.catch_up()
    picture = world.read.judged_target(target.id, world.read.moment(2025, JUNE)).picture
    assert (picture.executed, picture.executed_other) == (Decimal(0), Decimal(1000))


def test_reversals_later_lines_claims_and_splits_add_up(world: World) -> None:
    target, other = declared(), declared(code="P2", name="运行经费")
    world.save(target, other)
    known = payment("V1", paid("100", MAY), paid("-30", JUNE, key="2"))
    lost = payment("V2", paid("50", MAY, project_code=None))
    world.pay(known, lost)
    world.complete_to(JUNE)
    world.projector.catch_up()
    known = world.log.get(Payment, known.id)
    known.add_lines((paid("5", JUNE, key="3"),), None)
    lost = world.log.get(Payment, lost.id)
    lost.claim("1", (Share(target.id, Decimal(20)), Share(None, Decimal(30))), "拆分")
    world.save(known, lost)
    world.projector.catch_up()
    assert [executed(world, target), executed(world, other)] == [Decimal(95), Decimal(0)]
    assert standings(world)["V2"] == "split"
    lost = world.log.get(Payment, lost.id)
    lost.claim("1", (Share(other.id, Decimal(50)),), "更正认领")
    world.save(lost)
    world.projector.catch_up()
    assert [executed(world, target), executed(world, other)] == [Decimal(75), Decimal(50)]
    lost = world.log.get(Payment, lost.id)
    lost.correct(paid("40", MAY, project_code=None), "更正金额")
    world.save(lost)
    world.projector.catch_up()
    assert executed(world, other) == 40
    lost = world.log.get(Payment, lost.id)
    lost.claim("1", (Share(None, Decimal(40)),), "基本支出")
    world.save(lost)
    world.projector.catch_up()
    assert (executed(world, other), standings(world)["V2"]) == (Decimal(0), "basic")


def test_a_corrected_split_line_is_nobodys_until_a_person_splits_it_again(world: World) -> None:
    target = declared()
    world.save(target)
    known = payment("V1", paid("100", MAY))
    world.pay(known)
    world.complete_to(JUNE)
    known = world.log.get(Payment, known.id)
    known.claim("1", (Share(target.id, Decimal(60)), Share(None, Decimal(40))), "拆分")
    world.save(known)
    world.projector.catch_up()
    assert executed(world, target) == 60
    known = world.log.get(Payment, known.id)
    known.correct(paid("90", MAY), "更正")
    world.save(known)
    world.projector.catch_up()
    assert (executed(world, target), standings(world)) == (Decimal(0), {"V1": "unclaimed"})
    assert world.read.unclaimed(world.read.moment(2025, JUNE)) == {"450001": Decimal(90)}
    known = world.log.get(Payment, known.id)
    known.claim("1", (Share(target.id, Decimal(50)), Share(None, Decimal(40))), "重新拆分")
    world.save(known)
    world.projector.catch_up()
    assert executed(world, target) == 50


def test_a_rebuild_gives_the_very_same_rows_whatever_the_windows(world: World) -> None:
    world.pay(payment("V0", paid("3", MAY)))
    target = declared()
    world.save(target)
    world.pay(*(payment(f"V{n}", paid(str(n), MAY)) for n in range(1, 40)))
    world.projector.catch_up()
    target = world.log.get(Target, target.id)
    target.report(reported("5", JUNE), today=JUNE)
    target.propose_revision(
        declaration(annual_objective="调整"), reason="调整", document_no=None, proposed_on=JUNE
    )
    target.approve_revision(target.version, JUNE)
    world.save(target)
    world.complete_to(JUNE)
    world.evaluate(JUNE)
    known = world.log.get(Payment, payment("V5", paid("5", MAY)).id)
    known.correct(paid("500000", MAY), "更正")
    world.save(known)
    world.evaluate(date(2025, 7, 31))
    world.projector.catch_up()
    live = {table: world.rows(table) for table in world.tables()}
    world.projector.rebuild(lambda _: None)
    assert {table: world.rows(table) for table in world.tables()} == live
    small = Projector(world.log, world.services.database.worker_url)
    _rebuild_in_windows(small, 7)
    assert {table: world.rows(table) for table in world.tables()} == live


def _rebuild_in_windows(projector: Projector, window: int) -> None:
    from services.projections import tables

    with tables.owner_connection(projector.worker_url) as connection:
        tables.drop(connection, tables.NEXT)
        tables.make(connection, tables.NEXT, projector.families)
        with projector.runner(connection, window) as runner:
            runner.run()
        tables.switch(connection)


class Choking:
    """A family that cannot take some vouchers."""

    def __init__(self, inner: Family, poison: set[UUID]) -> None:
        self.inner, self.poison = inner, poison
        self.name, self.halts = inner.name, inner.halts

    def apply(self, window: Window, cursor: Cursor[TupleRow]) -> None:
        for entry in window.entries:
            if entry.event.originator_id in self.poison:
                raise ValueError("cannot take this")
        self.inner.apply(window, cursor)


def choking(world: World, poison: set[UUID], name: str) -> Projector:
    parts = [Choking(f, poison) if f.name == name else f for f in families()]
    return Projector(world.log, world.services.database.worker_url, parts)


def test_money_halts_at_its_last_good_position_and_the_others_go_on(world: World) -> None:
    world.save(declared())
    vouchers = [payment(f"V{n}", paid("1", MAY)) for n in range(20)]
    world.pay(*vouchers)
    projector = choking(world, {vouchers[7].id}, PaymentRows.name)
    head = projector.catch_up()
    status = {one.family: one for one in projector.status()}
    assert (status["payments"].position, status["targets"].position) == (8, head)
    assert "cannot take this" in str(status["payments"].halted_by)
    [parked] = projector.parked()
    assert (parked.family, parked.position, parked.topic) == ("payments", 9, "payment.recorded")
    assert parked.attempts == 3
    assert len(world.rows("payment_lines")) == 7
    readings = world.read.readings()
    assert readings.incomplete == ("payments",)


def test_after_the_program_is_mended_the_halted_family_goes_on(world: World) -> None:
    vouchers = [payment(f"V{n}", paid("1", MAY)) for n in range(5)]
    world.pay(*vouchers)
    choking(world, {vouchers[2].id}, "payments").catch_up()
    world.projector.resume("payments")
    world.projector.catch_up()
    assert len(world.rows("payment_lines")) == 5
    assert world.projector.parked() == []


def test_a_rebuild_with_the_mended_program_leaves_nothing_parked(world: World) -> None:
    first = declared()
    world.save(first)
    choking(world, {first.id}, "history").catch_up()
    assert len(world.projector.parked()) == 1
    world.projector.rebuild(lambda _: None)
    assert world.projector.parked() == []
    assert len(world.rows("history")) == 1


def test_the_history_names_what_was_reported(world: World) -> None:
    target = declared()
    target.report(reported("5", JUNE), today=JUNE)
    hopeful = replace(reported("0", date(2025, 7, 31)), text="", likelihood=Likelihood.POSSIBLE)
    target.report(hopeful, today=date(2025, 7, 31))
    world.save(target)
    world.projector.catch_up()
    lines = [one.line for one in world.read.history(target.id)]
    assert lines == [
        "报送“救助人次”：完成可能性有可能",
        "报送“救助人次”：5万人次",
        "申报绩效目标：城乡医疗救助，绩效指标1项",
    ]


def test_a_skip_is_an_event_with_a_reason_and_lets_the_family_pass(world: World) -> None:
    vouchers = [payment(f"V{n}", paid("1", MAY)) for n in range(5)]
    world.pay(*vouchers)
    projector = choking(world, {vouchers[2].id}, "payments")
    projector.catch_up()
    skip(world.log, projector, "payments", 3, reason="重复凭证", meta=META)
    projector.catch_up()
    assert len(world.rows("payment_lines")) == 4
    assert [(one.position, one.skipped) for one in projector.parked()] == [(3, True)]
    [status] = [one for one in projector.status() if one.family == "payments"]
    assert status.halted_by is None
    assert world.read.readings().incomplete == ("payments",)


def test_a_family_that_is_no_money_passes_a_poison_event_and_is_incomplete(world: World) -> None:
    first, second = declared(), declared(code="P2", name="另一个")
    world.save(first, second)
    projector = choking(world, {first.id}, "history")
    head = projector.catch_up()
    assert {one.position for one in projector.status()} == {head}
    assert [row[2] for row in world.rows("history")] == [second.id]
    assert world.read.readings().incomplete == ("history",)


def test_an_event_that_nobody_can_read_is_parked_for_each_family(world: World) -> None:
    world.save(declared())
    world.pay(*(payment(f"V{n}", paid("1", MAY)) for n in range(3)))
    with psycopg.connect(world.services.database.worker_url, autocommit=True) as connection:
        connection.execute("SET ROLE app_owner")
        connection.execute(
            "UPDATE log.events SET topic = 'payment.vanished' WHERE notification_id = 3"
        )
    head = world.projector.catch_up()
    status = {one.family: one for one in world.projector.status()}
    assert (status["payments"].position, status["history"].position) == (2, head)
    assert len(world.projector.parked()) == len(families())


def test_a_changed_schema_is_rebuilt_by_who_leads(world: World) -> None:
    world.save(declared())
    world.projector.catch_up()
    with psycopg.connect(world.services.database.worker_url, autocommit=True) as connection:
        connection.execute("SET ROLE app_owner")
        connection.execute("UPDATE read.made_from SET digest = 'older'")
        connection.execute("DELETE FROM read.targets")
    told: list[str] = []
    world.projector.prepare_if_alone(told.append)
    assert "读数表结构有变化" in told[0]
    assert len(world.rows("targets")) == 1


def test_every_reading_shows_what_was_known(world: World) -> None:
    target = declared()
    declared_at = world.save(target)
    world.projector.catch_up()
    target = world.log.get(Target, target.id)
    target.report(reported("5", JUNE), today=JUNE)
    world.save(target)
    world.projector.catch_up()
    now = world.read.judged_target(target.id, world.read.moment(2025, JUNE))
    then = world.read.judged_target(target.id, Moment(2025, JUNE, declared_at))
    assert [len(one.readings) for one in now.picture.indicators] == [1]
    assert [len(one.readings) for one in then.picture.indicators] == [0]


def test_rows_are_written_in_sets_not_one_by_one(world: World) -> None:
    """A window of many vouchers costs a fixed number of statements."""
    world.pay(*(payment(f"V{n}", paid("1", MAY)) for n in range(300)))
    counted: list[Any] = []

    class Counting(TargetRows):
        def apply(self, window: Window, cursor: Cursor[TupleRow]) -> None:
            counted.append(len(window.entries))
            super().apply(window, cursor)

    parts = [Counting() if f.name == "targets" else f for f in families()]
    Projector(world.log, world.services.database.worker_url, parts).catch_up()
    assert counted == [300]

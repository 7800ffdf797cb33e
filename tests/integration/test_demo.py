"""The sample year in a real store: every story shows, the past is kept, crashes leave no mark."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from domain.alert import Rule
from domain.light import Light
from domain.monitoring_round import MonitoringRound
from domain.payment import Payment
from domain.plan import month_end
from domain.store import StoreKind, WrongStoreError
from ops.demo.clock import VirtualClock
from ops.demo.desk import target_of
from ops.demo.load import OtherSampleError, choose, is_complete, load
from ops.demo.sample import DEFAULT_SEED, Sample
from ops.demo.stories import LUMPS, PAYMENT_DEADLINE, REPORTED_AGAIN, STORIES
from ops.demo.story import LABEL, REGION, YEAR, Story
from ops.demo.summary import summary
from services.bootstrap import Services, open_services
from services.database.connect import Database
from services.declaring import open_round
from services.founding import found, store_on_record
from services.log.meta import Meta
from services.readmodel.judged import JudgedTarget
from services.secret import Secret
from services.settings import Settings
from tests.servers import RunningServer, silent

YEAR_END = date(YEAR, 12, 31)
FOR_EVER = 2**62


def ends(month: int) -> date:
    return month_end(date(YEAR, month, 1))


def story(key: str) -> Story:
    return next(one for one in STORIES if one.key == key)


@dataclass(frozen=True, slots=True)
class Sampled:
    """A store with its clock."""

    services: Services
    clock: VirtualClock

    def load(self, seed: int | None = None, scale: int | None = None) -> dict[str, int | str]:
        sample = choose(self.services.log, seed, scale)
        load(self.services, self.clock, sample, silent)
        return summary(self.services, sample)

    def judged(self, key: str, day: date, known_on: date | None = None) -> JudgedTarget:
        read = self.services.read_model
        return read.judged_target(target_of(story(key)), read.moment(YEAR, day, known_on))

    def money(self, key: str, day: date, known_on: date | None = None) -> Light:
        return self.judged(key, day, known_on).standing.money.light

    def lights(self, key: str) -> str:
        """The money lights that the evaluations of the twelve month ends saw, as letters."""
        read = self.services.read_model
        seen = {}
        for one in sorted(read.evaluations(YEAR), key=lambda e: e.position, reverse=True):
            year = read.judged_year(read.moment(YEAR, one.as_of, one.known_at))
            mine = [j for j in year.targets if j.picture.target_id == target_of(story(key))]
            seen[one.as_of] = mine[0].standing.money.light if mine else None
        letters = {Light.RED: "R", Light.YELLOW: "Y", Light.GREEN: "G", Light.NONE: "-"}
        days = [ends(month) for month in range(1, 13)]
        return "".join(letters[light] if (light := seen[day]) else " " for day in days)

    def alert(self, key: str, rule: Rule) -> Any:
        read = self.services.read_model
        every = read.alerts(read.moment(YEAR, date(2026, 6, 1)), target_of(story(key)))
        return next((one for one in every if one.rule == rule), None)

    def rows(self, table: str) -> list[str]:
        with psycopg.connect(self.services.database.worker_url) as connection:
            found = connection.execute(SQL("SELECT * FROM read.{}").format(Identifier(table)))
            return sorted(map(str, found.fetchall()))

    def tables(self) -> list[str]:
        with psycopg.connect(self.services.database.worker_url) as connection:
            found = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'read' ORDER BY 1"
            )
            return [row[0] for row in found.fetchall()]

    def record(self) -> list[str]:
        """All that was recorded: where, by whom, when it became known, and what it says."""
        entries = self.services.log.read(0, 100_000)
        hidden = {"timestamp"}
        return [
            f"{e.position} {e.recorded_at} {e.meta} {type(e.event).TOPIC} "
            f"{[(k, v) for k, v in vars(e.event).items() if k not in hidden]}"
            for e in entries
        ]


@contextmanager
def sampled(database: Database, clock: VirtualClock | None = None) -> Iterator[Sampled]:
    clock = clock or VirtualClock()
    settings = Settings(
        Path("/nowhere"),
        database_url=Secret(database.web_url),
        worker_database_url=Secret(database.worker_url),
    )
    with open_services(settings, silent, clock) as services:
        yield Sampled(services, clock)


@pytest.fixture(scope="module")
def year(embedded_server: RunningServer) -> Iterator[Sampled]:
    """The sample year of the default seed, loaded once for all tests that only read."""
    with embedded_server.fresh() as database, sampled(database) as store:
        store.load()
        yield store


@pytest.fixture
def empty(database: Database) -> Iterator[Sampled]:
    with sampled(database) as store:
        yield store


def test_it_holds_what_was_asked_for(year: Sampled) -> None:
    figures = year.load()

    assert (figures["label"], figures["targets"], figures["fiscal_year"]) == (LABEL, 12, YEAR)
    assert 60 <= int(figures["indicators"]) <= 90
    assert 270 <= int(figures["payments"]) <= 350
    assert 140 <= int(figures["achievements"]) <= 175
    assert (figures["unclaimed_lines"], figures["evaluations"]) == (1, 13)
    assert int(figures["alerts_open"]) > 0
    assert int(figures["alerts_resolved"]) > 0
    assert figures["position"] == year.services.log.head()
    assert store_on_record(year.services.log).label == LABEL  # type: ignore[union-attr]


def test_a_second_run_records_the_very_same_and_a_third_nothing(
    year: Sampled, empty: Sampled
) -> None:
    first = empty.load(DEFAULT_SEED, 1)
    assert first == year.load()
    assert empty.record() == year.record()

    head = empty.services.log.head()
    assert empty.load() == first
    assert empty.services.log.head() == head


@pytest.mark.parametrize(
    ("key", "lights"),
    [
        ("on_plan", "--GGGGGGGGGG"),
        ("front_loaded", "--GGGGGGGGGG"),
        ("silent", "--GGGGGGGGGG"),
        ("lumps", "----GGGGGGGG"),
        ("stalled", "--GGYYRRRRRR"),
        ("lagging", "--RRRRRYGGGG"),
        ("recovered", "--RRGGGGGGGG"),
        ("carried_over", "--GGGGGYRRRR"),
        ("corrected", "--GGGGGGGGGG"),
        ("overspent", "--GGGGGGGGRR"),
        ("paid_first", "   GGGGGGGGG"),
        ("late_money", "         -GY"),
    ],
)
def test_the_light_of_money_tells_each_story(year: Sampled, key: str, lights: str) -> None:
    assert year.lights(key) == lights


def test_matching_funds_come_in_two_lumps_and_are_green_throughout(year: Sampled) -> None:
    payments = year.services.read_model.payments(target_id=target_of(LUMPS), limit=500)
    assert [(p.kind, p.amount) for p in payments] == [("拨款凭证", Decimal(20_000_000))] * 2
    for month in range(5, 13):
        assert year.money("lumps", ends(month)) is Light.GREEN
    goals = year.judged("lumps", YEAR_END)
    judged = {k.indicator.name: s for k, s in _indicators(goals)}
    assert judged[PAYMENT_DEADLINE].light is Light.GREEN
    assert "11月20日完成" in judged[PAYMENT_DEADLINE].reason


def _indicators(judged: JudgedTarget) -> list[tuple[Any, Any]]:
    return list(zip(judged.picture.indicators, judged.standing.goals.indicators, strict=True))


def test_money_that_arrives_in_october_has_no_light_before_its_thirty_days(year: Sampled) -> None:
    october = year.judged("late_money", ends(10)).standing
    assert october.money.light is Light.NONE
    assert 180_000 < october.money.executed < 220_000
    assert "未满30天" in october.money.reason
    # A round whose cut-off lay before the money came asks nothing of it.
    assert october.goals.not_reported == 0


def test_who_never_reports_is_marked_and_others_are_not(year: Sampled) -> None:
    silent_one = year.judged("silent", YEAR_END).standing.goals
    assert silent_one.not_reported == 4
    for other in STORIES:
        if other.key != "silent":
            assert year.judged(other.key, YEAR_END).standing.goals.not_reported == 0


def test_overspending_is_a_task_before_the_desk_confirms_it(year: Sampled) -> None:
    october = year.judged("overspent", ends(10)).standing.money
    november = year.judged("overspent", ends(11)).standing.money
    assert (october.light, october.check_over_budget) == (Light.GREEN, True)
    assert (november.light, november.check_over_budget) == (Light.RED, False)
    assert year.alert("overspent", Rule.MONEY_OVER_BUDGET).state == "explained"


def test_alerts_end_as_their_stories_do(year: Sampled) -> None:
    behind = Rule.MONEY_BEHIND_PLAN
    ends_as = {
        key: alert and (alert.state, alert.owed)
        for key in ("stalled", "lagging", "recovered", "carried_over", "on_plan", "lumps")
        for alert in [year.alert(key, behind)]
    }
    assert ends_as == {
        "stalled": ("explained", False),
        "lagging": ("resolved", False),
        "recovered": ("recovered_unexplained", True),
        "carried_over": ("firing", True),
        "on_plan": None,
        "lumps": None,
    }


def test_what_was_paid_before_it_was_declared_waits_and_attaches(year: Sampled) -> None:
    read = year.services.read_model
    in_april = read.unclaimed(read.moment(YEAR, ends(3), date(YEAR, 4, 10)))
    by_may = read.unclaimed(read.moment(YEAR, ends(3), date(YEAR, 5, 10)))
    paid = year.judged("paid_first", ends(3)).standing.money.executed
    assert in_april["330002"] - by_may.get("330002", Decimal(0)) == paid > 400_000


def test_one_line_stays_unclaimed_and_others_found_their_owner(year: Sampled) -> None:
    read = year.services.read_model
    (stays,) = read.payments(standing="unclaimed")
    assert (stays.project_name, stays.unit_code) == ("上年度农田水利应急资金", "330002")
    assert read.unclaimed(read.moment(YEAR, YEAR_END)) == {"330002": stays.amount}
    assert len(read.payments(standing="basic")) == 2
    claimed = [
        p
        for p in read.payments(target_id=target_of(story("corrected")), limit=500)
        if p.project_code != story("corrected").code
    ]
    assert [(p.standing, p.amount) for p in claimed] == [("matched", Decimal(28_000))]


def test_a_late_correction_changes_the_present_and_not_what_was_known(year: Sampled) -> None:
    then, now = date(YEAR, 7, 10), date(YEAR, 8, 10)
    for month, light in ((5, Light.YELLOW), (6, Light.YELLOW)):
        known = year.judged("corrected", ends(month), then).standing.money
        present = year.judged("corrected", ends(month), now).standing.money
        claimed = Decimal(28_000) if month == 6 else Decimal(0)
        assert known.executed - present.executed == Decimal(324_000) - claimed
        assert (known.light, present.light) == (Light.GREEN, light)


def test_a_conflict_was_listed_and_nothing_overwritten(year: Sampled) -> None:
    every = year.services.read_model.imports()
    (june,) = (one for one in every if one.conflicts)
    assert "年6月" in june.name
    assert (june.conflicts, june.rows) == (1, june.stored + june.known + 1)
    assert {one.complete_to for one in every if one.kind == "payments"} == {
        ends(month) for month in range(1, 13)
    }


def test_a_value_reported_again_changes_the_present_and_not_what_was_known(
    year: Sampled,
) -> None:
    name, on, value = REPORTED_AGAIN
    numbers = []
    for known_on in (date(YEAR, 7, 31), date(YEAR, 8, 31)):
        judged = year.judged("on_plan", on, known_on)
        numbers.append(
            next(s.verdict.value for k, s in _indicators(judged) if k.indicator.name == name)
        )
    assert numbers[1] == value
    assert numbers[0] not in (None, value)


def test_a_revision_counts_from_its_approval(year: Sampled) -> None:
    def wanted(day: date) -> Decimal | None:
        indicators = year.judged("recovered", day).picture.indicators
        return next(
            k.indicator.value.number for k in indicators if k.indicator.name == "补贴农机具台数"
        )

    assert [wanted(ends(5)), wanted(ends(6))] == [Decimal(400), Decimal(320)]


def test_the_desk_settled_a_cost_with_the_wrong_sign(year: Sampled) -> None:
    before = year.judged("on_plan", ends(1), date(YEAR, 2, 10)).standing.goals
    after = year.judged("on_plan", ends(3), date(YEAR, 4, 10)).standing.goals
    assert (before.to_confirm, after.to_confirm) == (1, 0)


def test_facts_become_known_a_few_days_after_they_happened(year: Sampled) -> None:
    delays = []
    for entry in year.services.log.read(0, 100_000):
        if isinstance(entry.event, Payment.Recorded):
            day = entry.recorded_at.astimezone().date()
            delays += [(day - line.paid_on).days for line in entry.event.lines]
    assert min(delays) >= 0
    assert max(delays) <= 40
    assert len(set(delays)) > 20


def test_nothing_was_recorded_before_or_after_the_sample_s_own_time(year: Sampled) -> None:
    moments = [entry.recorded_at for entry in year.services.log.read(0, 100_000)]
    assert moments == sorted(moments)
    assert moments[0].date() == date(YEAR, 1, 2)
    assert moments[-1].date() == date(YEAR + 1, 1, 22)
    # The clock runs with the real one again.
    assert abs(year.clock() - datetime.now(UTC)) < timedelta(minutes=1)


def test_rebuilt_tables_equal_the_live_ones(year: Sampled) -> None:
    tables = year.tables()
    assert len(tables) > 15
    before = {table: year.rows(table) for table in tables}
    year.services.projector.rebuild(silent)
    after = {table: year.rows(table) for table in tables}
    for table in tables:
        assert after[table] == before[table], table


class _Interrupted(Exception):  # noqa: N818  # as Ctrl-C is
    pass


class _BreakingClock(VirtualClock):
    """Breaks whatever is going on when it is asked for the time once too often."""

    left = 10**9

    def __call__(self) -> datetime:
        self.left -= 1
        if self.left == 0:
            raise _Interrupted
        return super().__call__()


def test_an_interrupted_load_is_completed_by_the_next_run(
    year: Sampled, database: Database
) -> None:
    clock = _BreakingClock()
    with sampled(database, clock) as store:
        for asked in (2, 12, 40, 41, 42, 43, 44, 45):
            clock.left = asked
            with pytest.raises(_Interrupted):
                load(store.services, clock, Sample(), silent)
            assert not is_complete(store.services.log, Sample())
        assert store.load() == year.load()
        assert store.record() == year.record()


def test_a_half_loaded_demo_that_was_worked_on_is_completed_all_the_same(
    year: Sampled, database: Database
) -> None:
    clock = _BreakingClock()
    clock.left = 200
    with sampled(database, clock) as store:
        with pytest.raises(_Interrupted):
            load(store.services, clock, Sample(), silent)
        opened = MonitoringRound(2026, "1—6月", *(date(2026, 7, day) for day in (1, 2, 3, 4)))
        open_round(store.services.log, REGION, opened, meta=Meta("desk", None, "screen"))

        figures, whole = store.load(), year.load()
        facts = ("targets", "indicators", "payment_lines", "achievements", "unclaimed_lines")
        assert [figures[name] for name in facts] == [whole[name] for name in facts]
        assert store.load() == figures


def test_another_seed_or_scale_is_refused(year: Sampled) -> None:
    for seed, scale in ((7, None), (None, 2)):
        with pytest.raises(OtherSampleError, match="另指一个空目录"):
            choose(year.services.log, seed, scale)
    assert choose(year.services.log, None, None) == Sample()
    assert choose(year.services.log, DEFAULT_SEED, 1) == Sample()


def test_a_real_store_is_refused(empty: Sampled) -> None:
    found(empty.services.log, StoreKind.REAL, REGION, "某县", Meta("desk", None, "test"))
    with pytest.raises(WrongStoreError):
        choose(empty.services.log, None, None)


@pytest.mark.parametrize(("seed", "scale"), [(7, 1), (-3, 2)])
def test_other_seeds_tell_the_same_stories_in_other_figures(
    year: Sampled, empty: Sampled, seed: int, scale: int
) -> None:
    figures = empty.load(seed, scale)

    assert (figures["targets"], figures["unclaimed_lines"]) == (12 * scale, scale)
    for key in ("stalled", "lagging", "recovered", "carried_over", "overspent", "lumps"):
        assert empty.lights(key).strip(" ")[-1] == year.lights(key)[-1]
        assert empty.lights(key).count("R") >= year.lights(key).count("R") - 1
    assert empty.record() != year.record()

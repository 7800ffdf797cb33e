"""What always holds of the record, whatever comes in, in whatever order (issue: properties)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.funds import FundSource
from domain.identity import indicator_id
from domain.payment import Payment, PaymentLine
from domain.picture import TargetPicture
from domain.policy_terms import PolicyTerms
from domain.standing import judge_target
from domain.target import Target
from services.database.connect import Database
from services.readmodel.judged import JudgedTarget
from tests.declaring import declaration, line, paid, reported, visits, voucher
from tests.world import World, world_on

YEAR_END = date(2025, 12, 31)
DAYS = st.dates(date(2025, 1, 1), YEAR_END)
AMOUNTS = st.integers(-50_000, 900_000).filter(bool)
LOOKS = [date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 15), YEAR_END]

_numbers = count()


@pytest.fixture(scope="module")
def world(embedded_server: object) -> Iterator[World]:
    database: Database
    with embedded_server.fresh() as database, world_on(database) as made:  # type: ignore[attr-defined]
        yield made


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that comes in about one project, under a key of its own."""

    what: str
    key: int
    on: date
    amount: int

    def tell(self, world: World, code: str, target_id: UUID) -> None:
        """Record it; told again it is the same fact."""
        if self.what == "payment":
            self._pay(world, code)
            return
        target = world.log.get(Target, target_id)
        if self.what == "line":
            target.add_fund_line(
                line(
                    self.amount,
                    no=f"L{self.key}",
                    source=FundSource.CURRENT_YEAR,
                    arrived_on=self.on,
                )
            )
        else:
            report = reported(str(abs(self.amount) // 10_000), self.on)
            own = indicator_id(target_id, ("产出指标", "数量指标", "救助人次"), 0)
            target.report(replace(report, indicator_id=own), today=YEAR_END)
        world.save(target)

    def _pay(self, world: World, code: str) -> None:
        fact: PaymentLine = paid(str(self.amount), self.on, project_code=code)
        key = voucher(f"{code}-{self.key}")
        if Payment.create_id(key) not in world.log.exists([Payment.create_id(key)]):
            world.pay(Payment(key, (fact,), None))


def facts() -> st.SearchStrategy[list[Fact]]:
    """Facts with different keys: vouchers, fund lines, reports of different days."""
    payments = st.builds(Fact, st.just("payment"), st.integers(0, 5), DAYS, AMOUNTS)
    lines = st.builds(Fact, st.just("line"), st.integers(0, 2), DAYS, AMOUNTS)
    reports = st.builds(Fact, st.just("report"), st.just(0), DAYS, AMOUNTS)

    def key(fact: Fact) -> tuple[str, object]:
        return fact.what, fact.on if fact.what == "report" else fact.key

    return st.lists(st.one_of(payments, lines, reports), min_size=1, max_size=6, unique_by=key)


def begun(world: World) -> tuple[str, UUID]:
    """A fresh project of its own code."""
    code = f"P{next(_numbers):04}"
    plain = declaration(code=code, name=f"项目{code}")
    target_id = Target.create_id(plain)
    world.save(Target(replace(plain, indicators=(visits(target_id),))))
    return code, target_id


def seen(world: World, target_id: UUID, known_at: int | None = None) -> list[JudgedTarget]:
    return [
        world.read.judged_target(target_id, world.read.moment(2025, day, known_at)) for day in LOOKS
    ]


def without_identity(one: JudgedTarget) -> tuple[object, ...]:
    """What two projects with the same facts share."""
    picture: TargetPicture = one.picture
    lines = sorted((str(x.arrived_on), x.amount, x.line_no) for x in picture.fund_lines)
    readings = [
        [(r.achievement.reported_on, r.achievement.number) for r in k.readings]
        for k in picture.indicators
    ]
    money, goals = one.standing.money, one.standing.goals
    return picture.executed, lines, readings, money, goals.light, goals.text


SLOWLY = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def tell_all(world: World, told: list[Fact], code: str, target_id: UUID) -> None:
    for fact in told:
        fact.tell(world, code, target_id)


@SLOWLY
@given(told=facts(), data=st.data())
def test_facts_of_different_keys_may_come_in_any_order_and_any_number_of_times(
    world: World, told: list[Fact], data: st.DataObject
) -> None:
    world.complete_to(YEAR_END)
    mixed = data.draw(st.permutations([*told, *told]))
    one, other = begun(world), begun(world)
    tell_all(world, told, *one)
    tell_all(world, mixed, *other)
    world.projector.catch_up()
    assert [without_identity(x) for x in seen(world, one[1])] == [
        without_identity(x) for x in seen(world, other[1])
    ]


@SLOWLY
@given(before=facts(), after=facts())
def test_what_was_known_at_a_position_never_changes_afterwards(
    world: World, before: list[Fact], after: list[Fact]
) -> None:
    world.complete_to(YEAR_END)
    code, target_id = begun(world)
    tell_all(world, before, code, target_id)
    known_at = world.projector.catch_up()
    then = seen(world, target_id, known_at)
    later = [replace(fact, key=fact.key + 100) for fact in after]
    known_days = {fact.on for fact in before if fact.what == "report"}
    tell_all(
        world,
        [f for f in later if f.what != "report" or f.on not in known_days],
        code,
        target_id,
    )
    world.projector.catch_up()
    assert seen(world, target_id, known_at) == then


@SLOWLY
@given(told=facts(), start=DAYS)
def test_a_light_stands_still_from_day_to_day_without_a_fact_or_a_deadline(
    world: World, told: list[Fact], start: date
) -> None:
    """Goals move only by readings and rounds; there is no round here, and no date indicator."""
    world.complete_to(YEAR_END)
    code, target_id = begun(world)
    tell_all(world, told, code, target_id)
    world.projector.catch_up()
    reports = {fact.on for fact in told if fact.what == "report"}
    terms = PolicyTerms()

    def light(day: date) -> object:
        picture = world.read.judged_target(target_id, world.read.moment(2025, day)).picture
        return judge_target(picture, terms, day).goals.light

    tomorrow = start + timedelta(days=1)
    if tomorrow <= YEAR_END and tomorrow not in reports:
        assert light(tomorrow) == light(start)


def test_the_generator_makes_every_kind_of_fact() -> None:
    """A property over nothing proves nothing."""
    kinds: set[str] = set()
    look: Callable[[list[Fact]], None] = lambda told: kinds.update(f.what for f in told)  # noqa: E731
    settings(max_examples=40, database=None)(given(facts())(look))()
    assert kinds == {"payment", "line", "report"}

"""Claims, splits, rules and their withdrawal on the read tables, whatever the windows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.claim_rules import ClaimRules
from services.database.connect import Database
from services.projections import tables
from services.projections.projector import Projector
from tests.claim_story import ACTS, JULY, JUNE, MAY, Act, Owned, Story, tell
from tests.declaring import REGION, YEAR
from tests.world import World, world_on

ENTRY = (
    *("position", "recorded_at", "paid_on", "amount", "region", "fiscal_year", "standing"),
    *("target_id", "basis", "rule", "unit_code", "kind", "fund_nature", "payee_account"),
    *("voucher_id", "line_key"),
)
OWNER = ("standing", "target_id", "basis", "rule")

_units = (f"U{number:04}" for number in count(1))


@pytest.fixture(scope="module")
def world(embedded_server: object) -> Iterator[World]:
    database: Database
    with embedded_server.fresh() as database, world_on(database) as made:  # type: ignore[attr-defined]
        yield made


@pytest.fixture(scope="module")
def rules() -> ClaimRules:
    """The rules of the region and year, to which each story adds its own."""
    return ClaimRules(REGION, YEAR)


def on_record(world: World, story: Story, key: str) -> Owned:
    """What the entries of a line come to by owner, all of it on the line's own day."""
    sums: dict[tuple[Any, ...], Decimal] = defaultdict(Decimal)
    for row in world.rows("payment_entries"):
        entry = dict(zip(ENTRY, row, strict=True))
        if entry["voucher_id"] == story.payments[key].id:
            sums[*(entry[name] for name in OWNER), entry["paid_on"]] += entry["amount"]
    left = {on: amount for on, amount in sums.items() if amount}
    assert {on[-1] for on in left} == {story.fact(key).paid_on}
    return {on[:-1]: amount for on, amount in left.items()}


def rebuilt_in_windows(world: World, window: int) -> None:
    projector = Projector(world.log, world.services.database.worker_url)
    with tables.owner_connection(projector.worker_url) as connection:
        tables.drop(connection, tables.NEXT)
        tables.make(connection, tables.NEXT, projector.families)
        with projector.runner(connection, window) as runner:
            runner.run()
        tables.switch(connection)


def test_of_a_rule_that_was_ended_twice_the_last_word_counts_for_lines_to_come(
    world: World, rules: ClaimRules
) -> None:
    story = Story(world.save, next(_units), rules)
    number = story.set_rule(None)
    story.end_rule(number, MAY)
    story.end_rule(number, JULY)
    world.projector.catch_up()
    story.pay("june", 7, JUNE)
    story.pay("july", 7, JULY)
    world.projector.catch_up()
    assert on_record(world, story, "june") == {("basic", None, "rule", number): 7}
    assert on_record(world, story, "july") == {("unclaimed", None, None, None): 7}


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(told=ACTS, window=st.sampled_from([1, 2, 3, 10_000]), pauses=st.sets(st.integers(0, 15)))
def test_the_read_tables_say_whose_a_line_is_and_a_rebuild_gives_the_very_same_rows(
    world: World, rules: ClaimRules, told: list[Act], window: int, pauses: set[int]
) -> None:
    story = Story(world.save, next(_units), rules)
    for number, (what, said) in enumerate(told):
        tell(story, what, said)
        if number in pauses:
            world.projector.catch_up()
    world.projector.catch_up()
    for key in story.payments:
        assert on_record(world, story, key) == story.expected(key)
    live = {table: world.rows(table) for table in world.tables()}
    rebuilt_in_windows(world, window)
    assert {table: world.rows(table) for table in world.tables()} == live

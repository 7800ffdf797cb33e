"""When the bureau sets its terms, units declare, and the desk settles what is open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from random import Random

from domain.funds import FundLine, FundSource
from domain.plan import Checkpoint, Shape, SpendingPlan
from ops.demo import stories
from ops.demo.clock import ONE_DAY, working_day_from
from ops.demo.desk import Desk, command
from ops.demo.planned import Planned, after, copies
from ops.demo.sample import Sample
from ops.demo.story import YEAR, Goal, Story
from services.declaring import NewPlan

LAST_ACT = "policy of the next year"
"""The name of the act that closes the sample; who finds it on record has all of it."""

SUPPLEMENT = FundLine(
    "2",
    FundSource.CURRENT_YEAR,
    Decimal(400_000),
    date(YEAR, 7, 1),
    level="县",
    document_no="澄财追〔2025〕18号",
    original=False,
)
"""What is granted to ``CORRECTED`` in the middle of the year (追加)."""

HALVES = SpendingPlan(
    (
        Checkpoint(date(YEAR, 5, 31), Decimal("0.5")),
        Checkpoint(date(YEAR, 11, 30), Decimal(1)),
    )
)


def opening(sample: Sample) -> Iterator[Planned]:
    """The store and the year's policy."""
    first, start = date(YEAR, 1, 2), date(YEAR, 1, 1)
    asked = command(sample, f"policy of {YEAR}")
    yield Planned(first, Desk.found_store)
    yield Planned(
        first,
        partial(Desk.set_terms, in_force_from=start, reason=f"{YEAR}年度预警参数", asked=asked),
    )


def ending(sample: Sample) -> Iterator[Planned]:
    """31 December judged again, with the year-end reports; then the next year's policy."""
    last = working_day_from(date(YEAR + 1, 1, 21))
    year_end, start = date(YEAR, 12, 31), date(YEAR + 1, 2, 1)
    asked = command(sample, LAST_ACT)
    yield Planned(last, partial(Desk.evaluate, as_of=year_end), "年终填报后再次评判")
    yield Planned(
        last + ONE_DAY,
        partial(Desk.set_terms, in_force_from=start, reason=f"{YEAR + 1}年度沿用", asked=asked),
    )


def declaring(cast: Sequence[Story], rng: Random) -> Iterator[Planned]:
    """One file a unit; projects that come later have files of their own."""
    files: dict[tuple[str, date], list[Story]] = defaultdict(list)
    for story in cast:
        files[story.unit.code, story.declared_from].append(story)
    for (_, day), of_file in files.items():
        told = f"申报：{of_file[0].unit.name}{len(of_file)}个项目"
        yield Planned(after(day, rng), partial(Desk.declare, stories=of_file), told)


def settling(cast: Sequence[Story], rng: Random) -> Iterator[Planned]:
    """What the desk settles in the course of the year."""
    lumps = NewPlan(HALVES, date(YEAR, 1, 1), "配套资金按两次拨款安排", Shape.LUMPS)
    for story in copies(cast, stories.LUMPS):
        planned_on = after(date(YEAR, 2, 10), rng)
        yield Planned(planned_on, partial(Desk.plan, story=story, new=lumps))
        deadline = stories.PAYMENT_DEADLINE
        settle = partial(Desk.confirm_payment_deadline, story=story, name=deadline)
        yield Planned(planned_on, settle)
    for story in copies(cast, stories.ON_PLAN):
        settle = partial(Desk.confirm_cost, story=story, name=stories.COST_WITH_WRONG_SIGN)
        yield Planned(after(date(YEAR, 2, 18), rng), settle)
    for story in copies(cast, stories.CORRECTED):
        granted = partial(Desk.grant, story=story, line=SUPPLEMENT)
        yield Planned(after(SUPPLEMENT.arrived_on, rng), granted)
    for story in copies(cast, stories.OVERSPENT):
        checked = partial(Desk.confirm_over_budget, story=story)
        yield Planned(after(date(YEAR, 11, 12), rng), checked)
    for story in copies(cast, stories.RECOVERED):
        yield from _revising(story, rng)


def _revising(story: Story, rng: Random) -> Iterator[Planned]:
    """A revision is proposed in June, and approved before the month ends."""
    name, value = stories.REVISED_GOAL
    goals: tuple[Goal, ...] = tuple(
        replace(goal, value=value, basis="补贴政策调整") if goal.name == name else goal
        for goal in story.goals
    )
    on = after(date(YEAR, 6, 9), rng)
    yield Planned(on, partial(Desk.propose, story=story, goals=goals, proposed_on=on))
    yield Planned(
        after(date(YEAR, 6, 25), rng, most=2),
        partial(Desk.approve, story=story, goals=goals, proposed_on=on),
    )

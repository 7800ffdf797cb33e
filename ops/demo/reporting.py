"""When rounds are opened, units report, and heads explain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from random import Random

from domain.monitoring_round import MonitoringRound
from domain.plan import month_end
from ops.demo import stories
from ops.demo.achievements import ROUNDS, reports
from ops.demo.clock import ONE_DAY, working_day_from
from ops.demo.desk import Desk
from ops.demo.explanations import TOLD
from ops.demo.planned import LONGEST_DELAY, Planned, after, copies
from ops.demo.story import YEAR, Story


def asking(rng: Random) -> Iterator[Planned]:
    """Rounds are announced some days before they open."""
    for asked in ROUNDS:
        on = working_day_from(asked.opening - timedelta(days=rng.randint(3, 7)))
        yield Planned(on, partial(Desk.open_round, opened=asked), f"下达{asked.name}监控任务")


def reporting(cast: Sequence[Story], seed: int, rng: Random) -> Iterator[Planned]:
    """Each unit's file of each round; what is done is told at once, one value is mended later."""
    for order, asked in enumerate(ROUNDS):
        for unit in stories.UNITS:
            mine = [story for story in cast if story.unit == unit]
            said = list(reports(mine, seed, order))
            yield Planned(
                _handed_in(asked, rng),
                partial(Desk.import_round, unit=unit, order=order, said=said),
                f"填报{asked.name}：{unit.name}{len(said)}项",
            )
    yield from _done(cast, rng)
    mended_on = after(date(YEAR, 8, 4), rng)
    for story in copies(cast, stories.ON_PLAN):
        name, on, value = stories.REPORTED_AGAIN
        again = partial(Desk.report_again, story=story, name=name, on=on, value=value)
        yield Planned(mended_on, again)


def _handed_in(asked: MonitoringRound, rng: Random) -> date:
    """A working day between the cut-off and the deadline."""
    first = max(asked.opening, asked.cut_off + ONE_DAY)
    most = min(LONGEST_DELAY, (asked.deadline - first).days - 2)
    return min(after(first, rng, most), asked.deadline)


def _done(cast: Iterable[Story], rng: Random) -> Iterator[Planned]:
    """Nobody waits for a round to say that something with a deadline is done."""
    for story in cast:
        for goal in story.goals:
            done_on = goal.answers[-1].done_on if goal.answers else None
            if done_on is not None:
                done = partial(Desk.report_done, story=story, name=goal.name, on=done_on)
                yield Planned(after(done_on, rng, most=4), done)


def explaining(cast: Sequence[Story], rng: Random) -> Iterator[Planned]:
    """After each evaluation, whoever owes an explanation and gives one."""
    for told in TOLD:
        for story in copies(cast, told.story):
            for month in range(told.month, 13):
                judged = month_end(date(YEAR, month, 1)) + timedelta(days=14)
                said = partial(
                    Desk.explain,
                    story=story,
                    rule=told.rule,
                    name=told.indicator,
                    told=told.explanation,
                )
                yield Planned(after(judged, rng, most=6), said)

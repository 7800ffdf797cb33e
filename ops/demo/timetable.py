"""The year's acts in the order of their moments: what is done when, and recorded when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from random import Random

from ops.demo.paying import paying
from ops.demo.planned import Act, Planned
from ops.demo.reporting import asking, explaining, reporting
from ops.demo.sample import Sample
from ops.demo.settling import declaring, ending, opening, settling
from ops.demo.stories import cast
from services.clock import SHANGHAI

_OPENS, _CLOSES = time(8, 30), time(17, 30)


@dataclass(frozen=True, slots=True)
class Step:
    """One act at its moment; ``told`` is said on the terminal where there is something to say."""

    at: datetime
    act: Act
    told: str | None = None


def timetable(sample: Sample) -> list[Step]:
    """All acts of a sample, in the order of their moments, no two at the same."""
    players = cast(sample.scale)
    rng = Random(f"{sample.seed}/timetable")  # noqa: S311  # a sample, no secret
    planned = [
        *opening(sample),
        *declaring(players, rng),
        *settling(players, rng),
        *asking(rng),
        *reporting(players, sample.seed, rng),
        *paying(players, sample.seed, rng),
        *explaining(players, rng),
        *ending(sample),
    ]
    planned.sort(key=lambda one: one.on)
    by_day = groupby(planned, key=lambda one: one.on)
    return [step for day, acts in by_day for step in _timed(day, list(acts))]


def _timed(day: date, acts: Sequence[Planned]) -> Iterator[Step]:
    """Spread a day's acts over its office hours."""
    opens = datetime.combine(day, _OPENS, SHANGHAI)
    closes = datetime.combine(day, _CLOSES, SHANGHAI)
    apart = min(timedelta(minutes=7), (closes - opens) / len(acts))
    for number, planned in enumerate(acts):
        yield Step(opens + number * apart, planned.act, planned.told)

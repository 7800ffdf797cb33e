"""An act and the day on which it is recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from ops.demo.clock import working_day_from
from ops.demo.desk import Desk
from ops.demo.story import Story

LONGEST_DELAY = 12
"""Days between what happened and its recording."""

Act = Callable[[Desk], object]


@dataclass(frozen=True, slots=True)
class Planned:
    """An act on its day; acts of one day keep the order in which they were planned.

    ``told`` is said on the terminal where there is something to say.
    """

    on: date
    act: Act
    told: str | None = None


def after(day: date, rng: Random, most: int = LONGEST_DELAY) -> date:
    """The working day on which something of this day is recorded."""
    return working_day_from(day + timedelta(days=rng.randint(0, most)))


def copies(cast: Iterable[Story], wanted: Story) -> Iterator[Story]:
    """The story in each of its repetitions."""
    return (story for story in cast if story.key == wanted.key)

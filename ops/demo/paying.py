"""When the treasury's files come, what is entered by hand before, and what is mended after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from random import Random

from domain.plan import month_end
from ops.demo.clock import ONE_DAY, nth_working_day, working_day_from
from ops.demo.desk import Desk
from ops.demo.planned import Planned, after
from ops.demo.story import YEAR, Story
from ops.demo.vouchers import MEANT, Slip, slips

ONE_BY_HAND_IN = 12


def paying(cast: Sequence[Story], seed: int, rng: Random) -> Iterator[Planned]:
    """A file a month, some vouchers by hand before it, and the month's evaluation after it."""
    every = slips(cast, seed)
    for month in range(1, 13):
        of_month = [slip for slip in every if slip.paid_on.month == month]
        end = month_end(date(YEAR, month, 1))
        arrives = nth_working_day(end + ONE_DAY, rng.randint(1, 3))
        yield from _by_hand(of_month, arrives, rng)
        printed = [*of_month, *printed_again(every, month)]
        yield Planned(
            arrives,
            partial(Desk.import_month, month=month, slips=printed, complete_to=end),
            f"{month}月支付数据：{len(printed)}行",
        )
        yield Planned(
            working_day_from(max(arrives + ONE_DAY, end + timedelta(days=6))),
            partial(Desk.evaluate, as_of=end),
            f"评判{month}月底",
        )
    yield from _mending(every, rng)


def _by_hand(of_month: Iterable[Slip], arrives: date, rng: Random) -> Iterator[Planned]:
    """One in twelve is entered when it is paid; the file says the same again."""
    for slip in of_month:
        on = after(slip.paid_on, rng)
        if not slip.name and rng.random() < 1 / ONE_BY_HAND_IN and on < arrives:
            yield Planned(on, partial(Desk.record, slip=slip))


def printed_again(every: Iterable[Slip], month: int) -> Iterator[Slip]:
    """June's file prints the mistyped voucher of March as it should be: a conflict."""
    if month == 6:
        for slip in every:
            if slip.name == "mistyped":
                yield replace(slip, amount=MEANT)


def _mending(every: Iterable[Slip], rng: Random) -> Iterator[Planned]:
    """What the desk does about vouchers that were wrong, or of nobody."""
    for slip in every:
        if slip.name == "mistyped":
            on = after(date(YEAR, 7, 18), rng, most=6)
            yield Planned(on, partial(Desk.correct, slip=slip, amount=MEANT))
        elif slip.name == "misprinted":
            reason = "项目代码末位印错，经单位确认"
            on = after(date(YEAR, 7, 14), rng)
            yield Planned(on, partial(Desk.claim, slip=slip, owner=slip.story, reason=reason))
        elif slip.name == "basic":
            reason = "公用经费，属基本支出"
            on = after(date(YEAR, 3, 17), rng)
            yield Planned(on, partial(Desk.claim, slip=slip, owner=None, reason=reason))

"""What units report of their indicators in the three rounds of the year, as files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from domain.monitoring_round import MonitoringRound
from ops.demo.story import LABEL, YEAR, Answer, Goal, Story, Unit

ROUNDS = (
    MonitoringRound(
        YEAR,
        "1—6月",
        date(YEAR, 1, 1),
        date(YEAR, 6, 30),
        date(YEAR, 7, 1),
        date(YEAR, 7, 15),
    ),
    MonitoringRound(
        YEAR,
        "1—9月",
        date(YEAR, 7, 1),
        date(YEAR, 9, 30),
        date(YEAR, 10, 9),
        date(YEAR, 10, 20),
    ),
    MonitoringRound(
        YEAR,
        "1—12月",
        date(YEAR, 10, 1),
        date(YEAR, 12, 31),
        date(YEAR, 12, 25),
        date(YEAR + 1, 1, 20),
    ),
)

_COLUMNS = (
    *("项目编码", "项目名称", "一级指标", "二级指标", "三级指标", "截至日期", "完成值"),
    *("全年预计完成情况", "完成目标可能性", "说明", "佐证"),
)


@dataclass(frozen=True, slots=True)
class Report:
    """One row of a unit's report."""

    story: Story
    goal: Goal
    on: date
    value: str
    likelihood: str
    note: str

    @property
    def row(self) -> tuple[str, ...]:
        """The row as it is printed."""
        goal = self.goal
        return (
            *(self.story.code, self.story.name),
            *(goal.indicator_class, goal.category, goal.name, self.on.isoformat(), self.value),
            *("", self.likelihood, self.note, "台账" if self.value else ""),
        )


def reports(stories: Iterable[Story], seed: int, order: int) -> Iterator[Report]:
    """What is reported in one round, by its order from 0; a project that had no money owes none."""
    cut_off = ROUNDS[order].cut_off
    for story in stories:
        if story.arrived_on > cut_off:
            continue
        for goal in story.goals:
            if goal.answers:
                answer = goal.answers[order]
                rng = Random(f"{seed}/{story.key}/{story.copy}/{goal.name}/{order}")  # noqa: S311
                likelihood = answer.likelihood or ""
                note = "年末测量" if likelihood else ""
                yield Report(story, goal, cut_off, _said(answer, rng), likelihood, note)


def _said(answer: Answer, rng: Random) -> str:
    if answer.number is None:
        return answer.text or ""
    number = answer.number
    if answer.wobble:
        moved = number * (1000 + rng.randint(-1000, 1000) * answer.wobble) / 1000
        number = round(moved, answer.places)
    return f"{number.normalize():f}{answer.unit}"


def file_name(unit: Unit, order: int) -> str:
    """What a unit's report of a round is called."""
    return f"{LABEL}{unit.code}{unit.name}{YEAR}年{ROUNDS[order].name}绩效监控填报.csv"


def file_text(unit: Unit, of_round: Iterable[Report]) -> str:
    """A unit's report: label, headings, a row an indicator."""
    lines = [f"{LABEL}{unit.name}绩效监控填报", ",".join(_COLUMNS)]
    lines += [",".join(report.row) for report in of_round]
    return "\n".join(lines) + "\n"

"""A department's own goals (部门整体绩效目标): the overall text, then goal by goal."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from domain.target_value import fold
from services.intake.forms.declaration import (
    DeclaredIndicator,
    DepartmentGoal,
    DepartmentGoals,
    Finding,
    Severity,
)
from services.intake.forms.indicators import Context, read_indicator
from services.intake.forms.labels import Vocabulary
from services.intake.readers.grid import Row

_GOAL = re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]\s*[、.]?\s*(?P<name>.+)")
_PART = re.compile(r"[一二三四五六七八九十]{1,3}、.+|第[一二三四五六七八九十]{1,3}部分")
_LABELLED = re.compile(r"(绩效目标|绩效指标)\s*[：:]")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})年(?:度)?(?![0-9]{1,2}月)")
_SENTENCE = re.compile(r"[；;。\n]+")
_VALUE = re.compile(
    r"(?P<value>(?:稳定在|保持在|控制在|达到|达|不低于|不少于|不超过|大于等于|小于等于|[≥≤=＞＜>]|提高到|降至)"
    r"\s*[0-9０-９].*|全覆盖.*)"
)


@dataclass(slots=True)
class _Goal:
    """A goal while its paragraphs are gathered; each keeps its place."""

    name: str
    where: str
    objective: list[str] = field(default_factory=list)
    indicators: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Part:
    """What the paragraphs have said so far, and which of them comes next."""

    where: str
    overall: list[str] = field(default_factory=list)
    goals: list[_Goal] = field(default_factory=list)
    year: int | None = None
    year_at: str | None = None
    section: str | None = None
    label: str | None = None


def read_department(rows: tuple[Row, ...], words: Vocabulary) -> DepartmentGoals | None:
    """Read what stands before the first form; None where no department's part is there."""
    part: _Part | None = None
    for row in rows:
        heading = words.heading(row.text)
        if part is None and heading in {"department_part", "overall"}:
            part = _Part(row.where)
        if part is not None:
            _read_paragraph(part, row, heading)
    return None if part is None or not (part.overall or part.goals) else _finish(part)


def _read_paragraph(part: _Part, row: Row, heading: str | None) -> None:
    if heading in {"overall", "goals"}:
        part.section = heading
    elif _PART.fullmatch(row.text):
        part.section = None
    elif part.section == "overall":
        part.overall.append(row.text)
    elif part.section == "goals":
        _read_goal(part, row)
    _find_year(part, row)


def _find_year(part: _Part, row: Row) -> None:
    found = _YEAR.search(fold(row.text))
    if part.year is None and found:
        part.year, part.year_at = int(found.group(1)), row.where


def _read_goal(part: _Part, row: Row) -> None:
    """Read one paragraph of the goals: a new goal, or labels and what follows them."""
    opened = _GOAL.fullmatch(row.text)
    if opened:
        part.goals.append(_Goal(opened.group("name").strip(), row.where))
        part.label = None
        return
    if not part.goals:
        return
    pieces = _LABELLED.split(row.text)
    _gather(part, pieces[0], row.where)
    for label, text in zip(pieces[1::2], pieces[2::2], strict=True):
        part.label = label
        _gather(part, text, row.where)


def _gather(part: _Part, text: str, where: str) -> None:
    """Add a piece of text to the open goal, under the label that holds."""
    if not text.strip():
        return
    goal = part.goals[-1]
    if part.label == "绩效指标":
        phrases = (phrase.strip() for phrase in _SENTENCE.split(text))
        goal.indicators += [(phrase, where) for phrase in phrases if phrase]
    else:
        goal.objective.append(text.strip())


def _finish(part: _Part) -> DepartmentGoals:
    context = Context(part.year, None)
    return DepartmentGoals(
        part.where,
        part.year_at,
        fiscal_year=part.year,
        overall_objective="\n".join(part.overall) or None,
        goals=tuple(
            DepartmentGoal(
                goal.name,
                "\n".join(goal.objective) or None,
                tuple(_indicator(text, where, context) for text, where in goal.indicators),
                goal.where,
            )
            for goal in part.goals
        ),
        findings=tuple(_missing(part)),
    )


def _indicator(phrase: str, where: str, context: Context) -> DeclaredIndicator:
    """Cut a phrase into name and value: 参保率 达90%以上; without a value it is all name."""
    found = _VALUE.search(phrase)
    if found is None or found.start() == 0:
        whole = read_indicator((None, None, phrase), phrase, context, where=where)
        return replace(whole, value_text=None)
    name = phrase[: found.start()].rstrip("：:，, ")
    return read_indicator((None, None, name), found.group("value").strip(), context, where=where)


def _missing(part: _Part) -> list[Finding]:
    def finding(rule: str, message: str, severity: Severity = Severity.ERROR) -> Finding:
        return Finding(rule, severity, part.where, message)

    found = [finding("department.missing", "部门整体绩效目标没有写明部门名称。", Severity.NOTE)]
    if part.year is None:
        found.append(finding("fiscal_year.missing", "部门整体绩效目标没有写明年度。"))
    if not part.overall:
        found.append(finding("objective.missing", "没有总体绩效目标。"))
    return found + [
        Finding("goal.no_indicators", Severity.WARNING, goal.where, f"“{goal.name}”没有绩效指标。")
        for goal in part.goals
        if not goal.indicators
    ]

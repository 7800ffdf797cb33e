"""Several projects in one table: each one's head in columns beside its indicators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from services.intake.forms import shapes
from services.intake.forms.columns import LEVEL_FIELDS
from services.intake.forms.declaration import Finding, Severity
from services.intake.forms.headings import Heading
from services.intake.forms.labels import Vocabulary
from services.intake.forms.levels import level_text
from services.intake.forms.sheet import Sheet
from services.intake.forms.table import Line
from services.intake.readers.grid import Cell

_KEYS = (
    "project_name",
    "project_code",
    "department_name",
    "implementing_unit",
    "implementing_unit_code",
)
_PROJECT_KEYS = ("project_name", "project_code")
_OF_THE_UNIT = (
    *("implementing_unit", "implementing_unit_code", "supervising_department"),
    *("department_name", "department_code"),
)
"""What is printed once for the projects below it."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """A line with the heading it stands under; ``after_break`` where that was just repeated."""

    line: Line
    heading: Heading
    after_break: bool = False


Printed = tuple[Cell, Cell]
"""A heading and the cell under it."""


@dataclass(slots=True)
class Entry:
    """One project of a table: its head by field, each with its heading, and its lines."""

    where: str
    head: dict[str, Printed] = field(default_factory=dict)
    lines: list[Ruled] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        """What the head says in a field."""
        found = self.head.get(name)
        return found and found[1].text

    @property
    def name(self) -> str | None:
        """What tells this entry from others."""
        return next(filter(None, map(self.text, _KEYS)), None)


def entries(sheet: Sheet, words: Vocabulary) -> list[Entry]:
    """Part the lines of a table by project, and put each unit's own line aside."""
    gatherer = _Gatherer()
    for ruled in _ruled(sheet):
        gatherer.add(ruled)
    found = gatherer.entries
    for before, after in pairwise(found):
        _take_over(before, after, words)
    return _with_units(found, words)


def _ruled(sheet: Sheet) -> Iterator[Ruled]:
    for number, table in enumerate(sheet.tables):
        for order, line in enumerate(table.lines):
            yield Ruled(line, table.heading, after_break=number > 0 and order == 0)


class _Gatherer:
    """Adds line after line to the project it belongs to."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def add(self, ruled: Ruled) -> None:
        """Add a line: it begins a project where it prints another one's name."""
        head = _head_of(ruled)
        if not self.entries or self._is_another(head):
            self.entries.append(Entry(ruled.line.row.where))
        entry = self.entries[-1]
        for name, printed in head.items():
            entry.head.setdefault(name, printed)
        if _has(ruled, ("name", "value")) or _has(ruled, LEVEL_FIELDS):
            entry.lines.append(ruled)

    def _is_another(self, head: Mapping[str, Printed]) -> bool:
        current = self.entries[-1]
        for name in _KEYS:
            said = current.text(name)
            if name in head and (said is None or said != head[name][1].text):
                return said is not None or name in _PROJECT_KEYS
        return False


def _head_of(ruled: Ruled) -> dict[str, Printed]:
    """What a line itself prints in the columns of the head."""
    found = ((column, ruled.line.own(column)) for column in ruled.heading.head)
    head = {column.field: (column.label, cell) for column, cell in found if cell is not None}
    return _with_code(head)


def _with_code(head: dict[str, Printed]) -> dict[str, Printed]:
    """Tell a project's code from its unit's where one column has both: 单位编码（项目编码）."""
    code = head.get("implementing_unit_code")
    if (
        code is None
        or "项目" not in code[0].text
        or shapes.is_unit_name(_text(head, "project_name"))
    ):
        return head
    rest = {name: printed for name, printed in head.items() if name != "implementing_unit_code"}
    return rest | {"project_code": code}


def _text(head: Mapping[str, Printed], name: str) -> str:
    return head[name][1].text if name in head else ""


def _has(ruled: Ruled, fields: Iterable[str]) -> bool:
    """Say whether a line itself prints any of the fields of its indicators."""
    columns = [c for group in ruled.heading.groups for c in map(group.columns.get, fields)]
    return any(ruled.line.own(column) is not None for column in columns)


def _take_over(before: Entry, after: Entry, words: Vocabulary) -> None:
    """Give a project the lines that a page break left above its name.

    A page that ends inside a project prints its name on the next one only. The lines above it
    begin the classes anew that the project before has had, and go on below the name.
    """
    if not after.lines or not after.lines[0].after_break or not before.lines:
        return
    at = _restart(before.lines, words)
    if at is None:
        return
    moved = before.lines[at:]
    own = set(_classes(after.lines, words))
    if own & set(_classes(moved, words)):
        return
    after.lines[:0] = moved
    del before.lines[at:]
    first, last = moved[0].line.row.where, moved[-1].line.row.where
    message = (
        f"{first}至{last}的指标印在分页处、“{after.name}”的名称之前：一级指标在此从头开始，"
        f"且“{before.name}”的各级指标在此之前已经完整，故归入“{after.name}”，请核对。"
    )
    after.findings.append(Finding("form.rows_before_name", Severity.WARNING, first, message))


def _classes(lines: Iterable[Ruled], words: Vocabulary) -> list[str]:
    printed = (_printed_class(ruled, words) for ruled in lines)
    return [text for text in printed if text]


def _printed_class(ruled: Ruled, words: Vocabulary) -> str | None:
    columns = [group.columns.get("indicator_class") for group in ruled.heading.groups]
    cells = (ruled.line.own(column) for column in columns)
    return next((level_text(cell.text, words) for cell in cells if cell), None)


def _restart(lines: Sequence[Ruled], words: Vocabulary) -> int | None:
    """Find the line at which the classes of indicators begin anew."""
    seen: list[str] = []
    for order, ruled in enumerate(lines):
        printed = _printed_class(ruled, words)
        if printed and printed in seen[:-1]:
            return order
        if printed and printed not in seen:
            seen.append(printed)
    return None


def _with_units(found: Sequence[Entry], words: Vocabulary) -> list[Entry]:
    """Leave out the lines that only add up a unit's projects; they name the unit of those below."""
    kept: list[Entry] = []
    unit: dict[str, Printed] = {}
    for order, entry in enumerate(found):
        own = {name: entry.head[name] for name in _OF_THE_UNIT if name in entry.head}
        if not entry.lines and _is_units_own(entry, found[order + 1 :], words):
            unit = own
            if "project_name" in entry.head:
                unit.setdefault("implementing_unit", entry.head["project_name"])
            continue
        unit = unit | own
        entry.head = unit | entry.head
        kept.append(entry)
    return kept


def _is_units_own(entry: Entry, after: Sequence[Entry], words: Vocabulary) -> bool:
    """Say whether a line without indicators is a unit's: by its name, or for want of a goal."""
    if words.is_sum(entry.name or "") or not after:
        return words.is_sum(entry.name or "")
    project = entry.text("project_name")
    goals = {"annual_objective", "medium_term_objective"}
    return project is None or shapes.is_unit_name(project) or not entry.head.keys() & goals

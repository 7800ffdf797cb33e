"""Finding the heading of a table and its columns, by synonyms in any order.

A heading may take two rows: a group above its columns (偏差原因分析 above 经费保障, 制度保障).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from services.intake.amounts import UNITS
from services.intake.choice import ColumnChoice, Fate, Mapped, fingerprint
from services.intake.readers.grid import UnreadableFileError
from services.intake.tables.table import Table, Value
from services.intake.vocabulary import Vocabulary
from services.intake.vocabulary.folding import normalised_heading

_SEARCHED_ROWS = 60
_NAMED = "(" + "|".join(sorted(UNITS, key=len, reverse=True)) + ")"
_SHORT = "(" + "|".join(sorted({*UNITS, "万", "亿"}, key=len, reverse=True)) + ")"
_UNIT = re.compile(
    rf"[(（\[【](?:[^()（）\[\]【】0-9]*?[:：])?(?:金额)?(?:单位)?(?:人民币)?{_SHORT}(?:[,，、;；][^()（）]*)?[)）\]】]"
    rf"|(?:[,，/:：|_-]|(?<=[额数款])){_NAMED}$"
)
_UNIT_SAID = re.compile(
    rf"单位[:：为是]?[(（]?(?:人民币)?[(（:：]?{_NAMED}|以(?:人民币)?{_NAMED}为单位"
)
_STATED_UNIT = re.compile(rf"{_UNIT_SAID.pattern}|[(（]{_NAMED}[)）]")
_LONGEST = 60
"""Characters of a heading; a longer text is a note."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where a field stands, the heading as printed, the money unit in it, and who says so."""

    index: int
    heading: str
    unit: str | None = None
    fate: Fate = Fate.READ


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of one table: its rows, its columns by field, and a unit stated above it.

    ``printed`` are all headings by column, "" where there is none.
    """

    row: int
    columns: Mapping[str, Column]
    printed: tuple[str, ...] = field(default=())
    stated_unit: str | None = None
    last_row: int = 0

    def named(self, wanted: str) -> str:
        """The heading of a field as printed, for messages."""
        column = self.columns.get(wanted)
        return column.heading if column else wanted

    def unit_of(self, wanted: str) -> str | None:
        """The unit that money of a field is printed in; None where nothing says it."""
        column = self.columns.get(wanted)
        return (column.unit if column else None) or self.stated_unit

    @property
    def fingerprint(self) -> str:
        """By what the same source is known again."""
        return fingerprint([normalised_heading(text) for text in self.printed])


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What the columns of a possible heading may be called, the more telling name first."""

    names: Sequence[Sequence[str]]
    rows: tuple[int, int]

    @property
    def printed(self) -> tuple[str, ...]:
        """The headings as they are shown."""
        return tuple(names[0] if names else "" for names in self.names)


def find_heading(
    table: Table,
    vocabulary: Vocabulary,
    choice: ColumnChoice | None = None,
    *,
    known: frozenset[str] = frozenset(),
) -> Heading | None:
    """Find the row that names the needed columns; None if the table has none.

    ``known`` are fields that are told otherwise than by a column.

    Raises:
        UnreadableFileError: a row looks like the heading but lacks a needed column.
    """
    best = best_heading(table, vocabulary, choice)
    if best is None or len(best.columns) < 2:
        return None
    if missing := vocabulary.missing(known | best.columns.keys()):
        raise UnreadableFileError(
            f"{table.place(best.row)}的表头缺少：{'、'.join(missing)}。请补上该列后重试，"
            "或指定哪一列是它。"
        )
    return best


def best_heading(
    table: Table, vocabulary: Vocabulary, choice: ColumnChoice | None = None
) -> Heading | None:
    """Find the row that names most columns; None in a table without rows."""
    best: Heading | None = None
    above: list[str] = []
    rows = table.rows[:_SEARCHED_ROWS]
    for place, (_, values) in enumerate(rows):
        found = heading_at(rows, place, vocabulary, choice or ColumnChoice(), above)
        if best is None or len(found.columns) > len(best.columns):
            best = found
        above.extend(_printed(value) for value in values)
    return best


def heading_at(
    rows: Sequence[tuple[int, Sequence[Value]]],
    place: int,
    vocabulary: Vocabulary,
    choice: ColumnChoice,
    above: Sequence[str] = (),
) -> Heading:
    """Read the row at a place as a heading, together with the next where that tells more."""
    found = [
        _heading(candidate, vocabulary, choice, above) for candidate in _candidates(rows, place)
    ]
    return max(found, key=lambda heading: len(heading.columns))


def _candidates(rows: Sequence[tuple[int, Sequence[Value]]], place: int) -> Iterator[_Candidate]:
    number, values = rows[place]
    upper = [_heading_text(value) for value in values]
    yield _Candidate([[text] if text else [] for text in upper], (number, number))
    if place + 1 < len(rows):
        last, below = rows[place + 1]
        lower = [_printed(value) for value in below]
        if _goes_on(upper, lower):
            yield _Candidate(_joined(upper, lower), (number, last))


def _goes_on(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether the row below names the columns of a group, and of nothing else."""
    groups = 0
    for at, below in enumerate(lower):
        above = upper[at] if at < len(upper) else ""
        if not below or below == above:
            continue
        spread = _opens_group(upper, lower, at) if above else _in_group(upper, lower, at)
        if not spread or below[0].isdigit() or len(below) > _LONGEST:
            return False
        groups += 1
    return groups > 1


def _opens_group(upper: Sequence[str], lower: Sequence[str], at: int) -> bool:
    right = at + 1
    return right < len(lower) and bool(lower[right]) and not (upper[right : right + 1] or [""])[0]


def _in_group(upper: Sequence[str], lower: Sequence[str], at: int) -> bool:
    """Whether a column without a heading of its own stands right of a group that names some."""
    while at > 0 and lower[at] and not (upper[at : at + 1] or [""])[0]:
        at -= 1
    return at < len(upper) and bool(upper[at]) and bool(lower[at])


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[list[str]]:
    """The names of each column of two rows: below, both, above; a group spreads to the right."""
    names: list[list[str]] = []
    group = ""
    for at in range(max(len(upper), len(lower))):
        above = upper[at] if at < len(upper) else ""
        below = lower[at] if at < len(lower) else ""
        group = above or (group if below else "")
        several = [below, group + below, group] if below and below != group else [group]
        names.append([name for name in several if name])
    return names


def _heading(
    candidate: _Candidate,
    vocabulary: Vocabulary,
    choice: ColumnChoice,
    above: Sequence[str],
) -> Heading:
    folded = [[normalised_heading(name) for name in names] for names in candidate.names]
    said, fate = choice.of([names[0] for names in folded if names])
    columns = _said(candidate, folded, said, fate)
    taken = {at for at, names in enumerate(folded) if any(name in said for name in names)}
    for wanted, column in _by_synonyms(candidate, folded, vocabulary, taken):
        columns.setdefault(wanted, column)
    first, last = candidate.rows
    # What stands nearest counts; a title above a table may have been taken for a group of it.
    own = (name for names in candidate.names for name in names)
    stated = (
        _first_unit(_UNIT_SAID, own)
        or stated_unit(above[::-1])
        or _only_unit(columns, vocabulary.money)
    )
    return Heading(first, columns, candidate.printed, stated, last)


def _said(
    candidate: _Candidate, folded: Sequence[Sequence[str]], said: Mapped, fate: Fate
) -> dict[str, Column]:
    """The columns that a person named."""
    columns: dict[str, Column] = {}
    for at, names in enumerate(folded):
        wanted = next((said[name] for name in names if name in said), "")
        if wanted:
            columns.setdefault(wanted, _column(at, candidate, candidate.names[at][0], fate))
    return columns


def _by_synonyms(
    candidate: _Candidate,
    folded: Sequence[Sequence[str]],
    vocabulary: Vocabulary,
    taken: set[int],
) -> Iterator[tuple[str, Column]]:
    """The columns by their headings; of several headings of a field the preferred wins."""
    places: dict[str, tuple[int, str]] = {}
    for depth in range(3):
        for at, names in enumerate(folded):
            if at not in taken and depth < len(names):
                places.setdefault(names[depth], (at, candidate.names[at][depth]))
    for wanted, synonyms in vocabulary.headings.items():
        name = next((name for name in synonyms if name in places), None)
        name = name or next((n for n in places if vocabulary.by_pattern(n) == wanted), None)
        if name is not None:
            at, printed = places[name]
            yield wanted, _column(at, candidate, printed, Fate.READ)


def _only_unit(columns: Mapping[str, Column], money: frozenset[str]) -> str | None:
    """The unit that one column of money names counts for those beside it that name none."""
    units = {columns[name].unit for name in money & columns.keys()} - {None}
    return units.pop() if len(units) == 1 else None


def _column(at: int, candidate: _Candidate, printed: str, fate: Fate) -> Column:
    unit = next((unit for name in candidate.names[at] if (unit := unit_in(name))), None)
    return Column(at, printed, unit, fate)


def _heading_text(value: Value) -> str:
    """A cell as a heading; a number or a long note is none."""
    if not isinstance(value, str):
        return ""
    text = re.sub(r"\s+", "", value)
    return text if len(text) <= _LONGEST else ""


def _printed(value: Value) -> str:
    return re.sub(r"\s+", "", str(value)) if value is not None else ""


def unit_in(printed: str) -> str | None:
    """The unit of money that a heading names, None where it names none."""
    unit = _group(_UNIT.search(printed))
    return unit if unit is None or unit.endswith("元") else f"{unit}元"


def stated_unit(texts: Sequence[str]) -> str | None:
    """The unit of money that a text of its own states: 单位：万元, 项目资金（万元）."""
    return _first_unit(_STATED_UNIT, texts)


def _first_unit(pattern: re.Pattern[str], texts: Iterable[str]) -> str | None:
    return next((unit for text in texts if (unit := _group(pattern.search(text)))), None)


def _group(found: re.Match[str] | None) -> str | None:
    return next(filter(None, found.groups()), None) if found else None

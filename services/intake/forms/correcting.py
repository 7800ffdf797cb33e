"""A reading with what a person put in place of printed texts, read again as if printed so.

A finding of the reader about a text that was replaced is settled by whoever replaced it; what
is still wrong with the new text is for the review to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from domain.correction import Correction
from domain.indicator import Kind
from services.intake.forms.declaration import (
    Declaration,
    DeclaredIndicator,
    FileReading,
    Finding,
)
from services.intake.forms.fields import (
    BUDGET_FIELDS,
    HeadField,
    RowField,
    head_text,
    row_text,
    with_head_text,
)
from services.intake.forms.indicators import Context, read_indicator
from services.intake.forms.money import budget_findings, total_wan

Field = HeadField | RowField
Texts = Mapping[RowField, str | None]

BY_A_PERSON = "人工指定"
_REREAD_ALL = (HeadField.FISCAL_YEAR, *BUDGET_FIELDS)
_PLAIN = frozenset(
    {RowField.WEIGHT, RowField.SCORING, RowField.DESCRIPTION, RowField.BASIS},
)
_READ = frozenset(RowField) - _PLAIN - {RowField.KIND}
_RULES: Mapping[HeadField, tuple[str, ...]] = {
    HeadField.FISCAL_YEAR: ("fiscal_year.",),
    HeadField.PLAN: ("plan.",),
    **dict.fromkeys(BUDGET_FIELDS, ("budget.",)),
}
"""Findings of the reader about a field of the head, by how their rules begin."""


@dataclass(frozen=True, slots=True)
class Place:
    """Which printed text: the nth form of a file, there a row of its annual block or the head.

    Both count from 0, in the reading as printed; ``row`` is None for the head.
    """

    sheet: int
    row: int | None
    field: str

    @property
    def name(self) -> Field:
        """The field; ValueError where there is none of that name."""
        return HeadField(self.field) if self.row is None else RowField(self.field)


@dataclass(frozen=True, slots=True)
class Replaced:
    """What stands in place of a printed text, where that stands, and who put it there.

    ``check`` is the review's, if it proposed this.
    """

    place: Place
    text: str | None
    by: str
    where: str | None = None
    check: str | None = None


@dataclass(frozen=True, slots=True)
class CorrectedForm:
    """One form as corrected; ``rows`` says which printed rows its indicators are."""

    declared: Declaration
    rows: tuple[int, ...]
    corrections: tuple[Correction, ...] = ()


def printed_text(reading: FileReading, place: Place) -> str | None:
    """What a file prints at a place, None where that is blank.

    Raises:
        LookupError, ValueError: it has no such form, row or field.
    """
    return _printed(reading.declarations[place.sheet], place)


def _printed(declared: Declaration, place: Place) -> str | None:
    if place.row is None:
        return head_text(declared, HeadField(place.field))
    return row_text(declared.indicators[place.row], RowField(place.field))


def corrected_forms(reading: FileReading, notes: Iterable[Replaced]) -> tuple[CorrectedForm, ...]:
    """All forms of a file, each with its corrections."""
    of_sheet: dict[int, list[Replaced]] = defaultdict(list)
    for note in notes:
        of_sheet[note.place.sheet].append(note)
    return tuple(
        corrected_form(declared, of_sheet[number])
        for number, declared in enumerate(reading.declarations)
    )


def corrected_form(declared: Declaration, notes: Sequence[Replaced]) -> CorrectedForm:
    """One form with its corrections; a row that says nothing any more is left out."""
    if not notes:
        return CorrectedForm(declared, tuple(range(len(declared.indicators))))
    head = {HeadField(n.place.field): n for n in notes if n.place.row is None}
    in_rows: dict[int, dict[RowField, str | None]] = defaultdict(dict)
    for note in notes:
        if note.place.row is not None:
            in_rows[note.place.row][RowField(note.place.field)] = note.text
    changed = declared
    for field in HeadField:  # the year before the plan that it dates
        if field in head:
            changed = with_head_text(changed, field, head[field].text)
    context = Context(changed.fiscal_year, total_wan(changed.annual_budget))
    everything = any(field in head for field in _REREAD_ALL)
    rows = {
        number: _read_as(row, in_rows.get(number, {}), context, again=everything)
        for number, row in enumerate(declared.indicators)
    }
    kept = {number: row for number, row in rows.items() if row.name or row.value_text}
    settled = _unsettled(declared, changed, head, in_rows)
    changed = replace(changed, indicators=tuple(kept.values()), findings=tuple(settled))
    return CorrectedForm(changed, tuple(kept), tuple(_said(declared, note) for note in notes))


def _read_as(
    row: DeclaredIndicator, texts: Texts, context: Context, *, again: bool
) -> DeclaredIndicator:
    """A row as if it were printed with these texts, read anew where they bear on its value."""
    read = _reread(row, texts, context) if again or _READ & texts.keys() else row
    for field in texts.keys() & _PLAIN:
        changes: Any = {field.value: texts[field]}
        read = replace(read, **changes)
    kind = texts.get(RowField.KIND)
    if kind is None:
        return read
    return replace(read, proposal=replace(read.proposal, kind=Kind(kind), reason_zh=BY_A_PERSON))


def _reread(row: DeclaredIndicator, texts: Texts, context: Context) -> DeclaredIndicator:
    said = {field: texts.get(field, row_text(row, field)) for field in _READ}
    read = read_indicator(
        (said[RowField.CLASS], said[RowField.CATEGORY], said[RowField.NAME]),
        said[RowField.VALUE],
        context,
        where=row.where,
        column_unit=said[RowField.COLUMN_UNIT],
        sign=said[RowField.SIGN],
    )
    return replace(
        read,
        weight=row.weight,
        scoring_standard=row.scoring_standard,
        description=row.description,
        target_basis=row.target_basis,
    )


def _unsettled(
    printed: Declaration,
    changed: Declaration,
    head: Mapping[HeadField, Replaced],
    rows: Iterable[int],
) -> list[Finding]:
    """The reader's findings that no correction has settled."""
    places = {printed.indicators[number].where for number in rows}
    rules = tuple(rule for field in head for rule in _RULES.get(field, (f"{field.value}.",)))
    left = [
        finding
        for finding in printed.findings
        if finding.where not in places and not (rules and finding.rule.startswith(rules))
    ]
    if any(field in head for field in BUDGET_FIELDS):
        left += budget_findings(changed.annual_budget, _budget_place(printed))
    return left


def _budget_place(printed: Declaration) -> str:
    said = (finding for finding in printed.findings if finding.rule.startswith("budget."))
    return next((finding.where for finding in said if finding.where), printed.where)


def _said(printed: Declaration, note: Replaced) -> Correction:
    place = note.place
    row = None if place.row is None else printed.indicators[place.row]
    return Correction(
        project=printed.project_name or printed.where,
        field=place.field,
        printed=_printed(printed, place),
        corrected=note.text,
        by=note.by,
        about=None if row is None else row.name or row.value_text,
        where=note.where,
        check=note.check,
    )

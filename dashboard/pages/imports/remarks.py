"""What is wrong with a form: each finding at its value, and at the cell that prints it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from domain.review.catalogue import CATALOGUE
from domain.review.finding import Field, Finding, Part
from services.intake.forms.correcting import Place
from services.intake.forms.fields import HeadField, RowField
from services.intake.forms.places import CellPlace
from services.previewing import FormView
from services.review_answers import why_of

ORDER = ("error", "warning", "note")
_EXAMPLES = {check.id: check.about.example for check in CATALOGUE}
_ROW, _HEAD = frozenset(map(str, RowField)), frozenset(map(str, HeadField))


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that is wrong, or open.

    ``place`` is the value it is about, ``cell`` where that stands, ``shown_where`` how the file
    counts that; None where there is none. ``fix`` are the texts proposed, old and new.
    ``number`` is its place in the review.
    """

    number: int
    severity: str
    check: str
    message: str
    shown_where: str | None
    place: Place | None
    cell: CellPlace | None
    fix: tuple[tuple[str, str], ...] = ()
    why: str = ""
    example: str | None = None


def remarks_of(view: FormView, part: Part, sheet: int = 0) -> list[Remark]:
    """All about one sheet or the file, the gravest first, those alike in the order of the form."""
    found = [
        _remark(view, number, finding)
        for number, finding in enumerate(view.review.all_findings)
        if finding.spot.part is part and finding.spot.sheet == sheet
    ]
    return sorted(found, key=lambda one: ORDER.index(one.severity))


def count(remarks: Iterable[Remark]) -> Counter[str]:
    """How many of each severity."""
    return Counter(one.severity for one in remarks)


def gravest(remarks: Iterable[Remark]) -> str | None:
    """The severity that a value or cell shows, None where nothing is wrong."""
    found = {one.severity for one in remarks}
    return next((severity for severity in ORDER if severity in found), None)


def _remark(view: FormView, number: int, finding: Finding) -> Remark:
    place = _place(view, finding) if finding.spot.part is Part.PROJECT else None
    found = view.located.cells.get(place) if place else None
    where = view.located.where(place) if place else None
    return Remark(
        number,
        finding.severity.value,
        finding.check,
        finding.message,
        where or finding.where,
        place,
        found or view.located.cell_at(finding.where),
        tuple((change.old, change.new) for change in finding.fix),
        why_of(finding.check),
        _EXAMPLES.get(finding.check),
    )


def _place(view: FormView, finding: Finding) -> Place | None:
    """The value a finding is about, in the reading as printed."""
    spot, field = finding.spot, str(finding.field or "")
    rows = view.file.forms[spot.sheet].rows
    if spot.row is not None and field != Field.PLAN and spot.row < len(rows):
        return Place(spot.sheet, rows[spot.row], field if field in _ROW else RowField.VALUE)
    return Place(spot.sheet, None, field) if field in _HEAD else None

"""What is wrong with a form: the reader's findings and the review's, each at its value and cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from domain.review.catalogue import CATALOGUE
from domain.review.finding import Finding as Objection
from domain.review.finding import Part
from services.intake.forms.correcting import Place
from services.intake.forms.declaration import Finding
from services.intake.forms.fields import HeadField, RowField
from services.intake.forms.places import CellPlace
from services.previewing import FormView

ORDER = ("error", "warning", "note")
_ABOUT = {check.id: check.about for check in CATALOGUE}
_ROW, _HEAD = frozenset(map(str, RowField)), frozenset(map(str, HeadField))
_FIELD_OF_RULE = {
    "budget": HeadField.TOTAL,
    "budget.unit_missing": HeadField.MONEY_UNIT,
    "plan": HeadField.PLAN,
    **{field.value: field for field in HeadField},
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that is wrong, or open.

    ``place`` is the value it is about, ``cell`` where that stands; None where there is none.
    ``fix`` are the texts proposed, old and new; ``number`` is the review's, to adopt them by.
    """

    severity: str
    rule: str
    message: str
    where: str | None
    place: Place | None
    cell: CellPlace | None
    fix: tuple[tuple[str, str], ...] = ()
    number: int | None = None
    why: str | None = None
    example: str | None = None


def remarks_of(view: FormView, sheet: int) -> list[Remark]:
    """All about one project, the gravest first, those alike in the order of the form."""
    found = [*_of_reader(view, sheet), *_of_review(view, sheet)]
    return sorted(found, key=lambda one: ORDER.index(one.severity))


def count(remarks: Iterable[Remark]) -> Counter[str]:
    """How many of each severity."""
    return Counter(one.severity for one in remarks)


def _of_reader(view: FormView, sheet: int) -> Iterator[Remark]:
    for finding in view.file.forms[sheet].declared.findings:
        place = _place_of(view, sheet, finding)
        yield Remark(
            finding.severity.value,
            finding.rule,
            finding.message,
            finding.where,
            place,
            _cell(view, place, finding.where),
        )


def _place_of(view: FormView, sheet: int, finding: Finding) -> Place | None:
    rule = finding.rule
    head = _FIELD_OF_RULE.get(rule) or _FIELD_OF_RULE.get(rule.partition(".")[0])
    if head is not None:
        return Place(sheet, None, head)
    printed = view.file.reading.declarations[sheet].indicators
    rows = (number for number, row in enumerate(printed) if row.where == finding.where)
    row = next(rows, None)
    if row is None:
        return None
    field = RowField.VALUE if printed[row].value_text else RowField.NAME
    return Place(sheet, row, field)


def _of_review(view: FormView, sheet: int) -> Iterator[Remark]:
    for number, objection in enumerate(view.review.findings):
        if objection.spot.part is Part.PROJECT and objection.spot.sheet == sheet:
            yield _objection(view, number, objection)


def _objection(view: FormView, number: int, objection: Objection) -> Remark:
    place = _spot(view, objection)
    about = _ABOUT.get(objection.check)
    return Remark(
        objection.severity.value,
        objection.check,
        objection.message,
        objection.where,
        place,
        _cell(view, place, objection.where),
        tuple((change.old, change.new) for change in objection.fix),
        number,
        None if about is None else about.why,
        None if about is None else about.example,
    )


def _spot(view: FormView, objection: Objection) -> Place | None:
    """The value an objection is about, in the reading as printed."""
    spot, field = objection.spot, str(objection.field or "")
    rows = view.file.forms[spot.sheet].rows
    if spot.row is not None and spot.row < len(rows):
        return Place(spot.sheet, rows[spot.row], field if field in _ROW else RowField.VALUE)
    return Place(spot.sheet, None, field) if field in _HEAD else None


def _cell(view: FormView, place: Place | None, where: str | None) -> CellPlace | None:
    found = view.located.cells.get(place) if place else None
    return found or view.located.cell_at(where)


def at_place(remarks: Sequence[Remark], place: Place) -> list[Remark]:
    """What is wrong with one value."""
    return [one for one in remarks if one.place == place]


def gravest(remarks: Iterable[Remark]) -> str | None:
    """The severity that a value or cell shows, None where nothing is wrong."""
    found = {one.severity for one in remarks}
    return next((severity for severity in ORDER if severity in found), None)

"""What was read of one project: head, money, indicators; each value leads to its cell."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from dashboard import formats
from dashboard.components.aria import aria, data
from dashboard.components.badges import word_badge
from dashboard.components.tables import Column, cell, row, row_heading, table
from dashboard.pages.imports.keys import cell_id, key_of, value_id
from dashboard.pages.imports.marks import mark
from dashboard.pages.imports.remarks import gravest
from dashboard.pages.imports.shown import Shown
from dashboard.texts import imports as text
from domain.indicator import Kind, TargetValue
from domain.sentence import quantity_text
from services.intake.forms.correcting import Place
from services.intake.forms.declaration import DeclaredIndicator
from services.intake.forms.fields import HeadField, RowField

_HEAD = (
    HeadField.PROJECT_NAME,
    HeadField.PROJECT_CODE,
    HeadField.FISCAL_YEAR,
    HeadField.DEPARTMENT,
    HeadField.UNIT,
    HeadField.UNIT_CODE,
    HeadField.NATURE,
    HeadField.PERIOD,
    HeadField.PURPOSE,
    HeadField.OBJECTIVE,
)
_MONEY = (
    HeadField.TOTAL,
    HeadField.FISCAL,
    HeadField.OTHER,
    HeadField.MONEY_UNIT,
    HeadField.PLAN,
)
_NEEDED = frozenset(
    {
        HeadField.PROJECT_NAME,
        HeadField.FISCAL_YEAR,
        HeadField.UNIT,
        HeadField.OBJECTIVE,
        HeadField.TOTAL,
        HeadField.MONEY_UNIT,
        HeadField.PLAN,
    }
)
_ALWAYS = (RowField.CLASS, RowField.CATEGORY, RowField.NAME, RowField.VALUE)
_WHERE_PRINTED = (RowField.SIGN, RowField.COLUMN_UNIT, RowField.WEIGHT)
_BESIDE = (RowField.DESCRIPTION, RowField.SCORING, RowField.BASIS)


def reading_pane(shown: Shown) -> list[Component]:
    """Head, money and indicators of a project, every value a button."""
    return [
        html.H4(text.HEAD),
        _fields(shown, _HEAD),
        html.H4(text.MONEY),
        _fields(shown, _MONEY),
        html.H4(text.INDICATORS),
        _indicators(shown),
    ]


def _fields(shown: Shown, fields: Sequence[HeadField]) -> Component:
    """What is there, or needed, line by line; the rest in one line, to be supplied."""
    blank = [field for field in fields if _may_be_blank(shown, field)]
    lines = [part for field in fields if field not in blank for part in _line(shown, field)]
    if blank:
        supply = [
            _value(shown, shown.head(field)[0], None, blank=text.FIELDS[field]) for field in blank
        ]
        lines += [html.Dt(text.NOT_IN_FILE), html.Dd(supply)]
    return html.Dl(lines, className="read__head")


def _may_be_blank(shown: Shown, field: HeadField) -> bool:
    place, now = shown.head(field)
    return now is None and not (
        field in _NEEDED or place in shown.notes or shown.by_place.get(place)
    )


def _line(shown: Shown, field: HeadField) -> tuple[Component, Component]:
    place, now = shown.head(field)
    blank = text.NO_PLAN if field is HeadField.PLAN else text.BLANK
    return html.Dt(text.FIELDS[field]), html.Dd(_value(shown, place, now, blank=blank))


def _value(
    shown: Shown, place: Place, now: str | None, *, about: str = "", blank: str = text.BLANK
) -> Component:
    """A value with its mark; what was corrected shows what was printed beside it."""
    remarks = shown.by_place.get(place, ())
    severity = gravest(remarks)
    found = shown.view.located.cells.get(place)
    printed = shown.printed(place)
    corrected = place in shown.notes
    words = _words(place, now) or html.Span(blank, className="read__blank")
    return html.Button(
        [
            mark(severity) if severity else None,
            html.Span(words, className="read__text"),
            _was(place, printed) if corrected else None,
        ],
        id=value_id(place),
        type="button",
        tabIndex=-1,
        className="read__value read__value--corrected" if corrected else "read__value",
        **data(
            key=key_of(place),
            cell=None if found is None else cell_id(found),
            label=text.FIELDS[place.field],
            about=about,
            now=now or "",
            printed=printed or "",
            was=f"{_was_word(place)}：{_words(place, printed) or text.BLANK}",
            where=text.sheet_row(shown.view.located.where(place) or ""),
            said="".join(remark.message for remark in remarks),
        ),
        **aria(description="".join(remark.message for remark in remarks)),
    )


def _words(place: Place, now: str | None) -> str | None:
    return text.INDICATOR_KINDS[Kind(now)] if now and place.field == RowField.KIND else now


def _was(place: Place, printed: str | None) -> Component:
    words = _words(place, printed) or text.BLANK
    return html.Span(
        [html.Span(_was_word(place), className="read__was-word"), html.Del(words)],
        className="read__was",
    )


def _was_word(place: Place) -> str:
    """A kind is not printed but proposed."""
    return text.WAS_PROPOSED if place.field == RowField.KIND else text.WAS_PRINTED


def _indicators(shown: Shown) -> Component:
    fields = (*_ALWAYS, *(field for field in _WHERE_PRINTED if _is_printed(shown, field)))
    columns = [Column(text.FIELDS[field], _kind(field)) for field in fields]
    return table(
        text.INDICATORS,
        [*columns, Column(text.READ_AS)],
        [_row(shown, number, now, fields) for number, now in shown.rows],
        class_name="table--read",
    )


def _kind(field: RowField) -> str:
    return {RowField.NAME: "indicator", RowField.WEIGHT: "number"}.get(field, "")


def _is_printed(shown: Shown, field: RowField) -> bool:
    return any(shown.cell(number, field)[1] for number, _ in shown.rows)


def _row(
    shown: Shown, number: int, now: DeclaredIndicator | None, fields: Sequence[RowField]
) -> Component:
    cells = [_field(shown, number, now, field) for field in fields]
    return row([*cells, cell(_read_as(shown, number, now))])


def _field(shown: Shown, number: int, now: DeclaredIndicator | None, field: RowField) -> Component:
    place, words = shown.cell(number, field)
    about = _about(shown, number)
    blank = text.LEFT_OUT if now is None else text.BLANK
    value = _value(shown, place, words, about=about, blank=blank)
    if field is not RowField.NAME:
        return cell(value, _kind(field))
    beside = [_beside(shown, number, one) for one in _BESIDE if shown.cell(number, one)[1]]
    return row_heading(html.Div([value, *beside]), _kind(field))


def _about(shown: Shown, number: int) -> str:
    printed = shown.view.file.reading.declarations[shown.sheet].indicators[number]
    return printed.name or printed.value_text or ""


def _beside(shown: Shown, number: int, field: RowField) -> Component:
    place, words = shown.cell(number, field)
    return html.Div(
        [
            html.Span(text.FIELDS[field], className="read__label"),
            _value(shown, place, words, about=_about(shown, number)),
        ],
        className="read__beside",
    )


def _read_as(shown: Shown, number: int, now: DeclaredIndicator | None) -> Component | str:
    """The value as it will be judged, its kind, and what a person has to settle."""
    if now is None:
        return text.LEFT_OUT
    place, kind = shown.cell(number, RowField.KIND)
    values = now.proposal.parts or (now.value,)
    said = [html.Span(words, className="read__quantity") for one in values if (words := _said(one))]
    open_questions = [word_badge(text.OPEN_QUESTIONS[one]) for one in now.proposal.to_confirm]
    return html.Div(
        [
            *said,
            html.Span(
                _value(shown, place, kind, about=_about(shown, number)),
                title=now.proposal.reason_zh,
            ),
            *open_questions,
        ],
        className="read__as",
    )


def _said(value: TargetValue) -> str | None:
    """``≥100000人次``, ``2025年12月31日``; None where the text says no such thing."""
    if value.due_on is not None:
        return formats.day(value.due_on)
    if value.number is None:
        return None
    return f"{value.comparator or ''}{quantity_text(Decimal(value.number), value.unit)}"

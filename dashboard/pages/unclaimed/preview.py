"""What a rule would take, shown in its window before it is set."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard import formats
from dashboard.components.tables import Column, cell, row, table
from dashboard.texts import unclaimed as text
from services.claiming_by_rule import RulePreview
from services.readmodel.unclaimed_rows import LooseLine

_KINDS = ("day", "", "unit", "wide", "wide", "number")
_UNITS = 12


def preview_shown(seen: RulePreview) -> Component:
    """Sums first, then the first of the lines."""
    if not seen.lines and not seen.left:
        return html.P(text.PREVIEW_NOTHING)
    units = [text.by_unit(name, lines, formats.yuan(sum_)) for name, lines, sum_ in seen.units]
    return html.Div(
        [
            html.P(html.Strong(text.would_take(seen.lines, formats.yuan(seen.amount)))),
            *(html.P(text.of_rule(number, lines)) for number, lines in seen.of_rules),
            html.P(text.stays(seen.left)) if seen.left else None,
            html.P(
                [html.Span(one, className="tag") for one in units[:_UNITS]], className="with-tags"
            ),
            html.P(text.first_shown(len(seen.shown)), className="note")
            if seen.lines > len(seen.shown)
            else None,
            table(
                text.PREVIEW_CAPTION,
                [
                    Column(words, kind)
                    for words, kind in zip(text.PREVIEW_COLUMNS, _KINDS, strict=True)
                ],
                [_row(line) for line in seen.shown],
            )
            if seen.shown
            else None,
        ]
    )


def _row(line: LooseLine) -> Component:
    printed = line.printed
    return row(
        [
            cell(formats.short_day(printed.paid_on), "day"),
            cell(line.voucher_no),
            cell(printed.unit_name or printed.unit_code or text.NO_UNIT, "unit"),
            cell(printed.project_name or printed.project_code or formats.NOTHING, "wide"),
            cell(printed.summary or formats.NOTHING, "wide"),
            cell(formats.yuan(printed.amount), "number"),
        ]
    )

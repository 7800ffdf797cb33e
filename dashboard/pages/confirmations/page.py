"""The list of units with open questions, and the questions of one unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.address import Address
from dashboard.components import banners, states
from dashboard.components.controls import choice_control, controls
from dashboard.components.tables import Column, cell, row, row_heading, table
from dashboard.components.view import View
from dashboard.pages.confirmations.questions import proposals_section, questions_section
from dashboard.texts import confirmations as text
from dashboard.texts import terms
from services.bootstrap import Services
from services.confirming import OpenQuestion, open_questions
from services.readmodel.asked import AskedRow
from services.readmodel.readmodel import YearNotOnRecordError

NUMBER = "number"


def show_confirmations(services: Services, address: Address) -> View:
    """Answer an address with what needs a person: by units, or the questions of one.

    Raises:
        YearNotOnRecordError: the address names a year without targets.
    """
    read_model = services.read_model
    years = read_model.fiscal_years()
    if not years:
        return states.empty_store()
    if address.year is not None and address.year not in years:
        raise YearNotOnRecordError(address.year)
    year = address.year or years[0]
    rows = read_model.asked_targets.of_year(year)
    found = list(open_questions(rows, blocking=True))
    return View(
        text.title(year),
        [
            _head(address, year, years, _units(rows)),
            *banners.reading_banners(read_model.readings()),
            *_content(address, rows, found),
        ],
    )


def _units(rows: Sequence[AskedRow]) -> dict[str, str]:
    return {row.unit: row.unit_name for row in reversed(rows)}


def _head(address: Address, year: int, years: Sequence[int], units: dict[str, str]) -> Component:
    return html.Div(
        [
            html.Div(
                [html.H1(text.title(year)), html.P(text.WHY, className="subtitle")],
                className="page-head__words",
            ),
            controls(
                {"year": str(year), "unit": address.unit},
                [
                    choice_control(
                        ids.YEAR,
                        terms.YEAR,
                        [(str(one), terms.fiscal_year(one)) for one in years],
                        str(year),
                    ),
                    choice_control(
                        ids.UNIT,
                        terms.UNIT,
                        sorted(units.items()),
                        address.unit,
                        text.ALL_UNITS,
                    ),
                ],
            ),
        ],
        className="page-head",
    )


def _content(
    address: Address, rows: Sequence[AskedRow], found: Sequence[OpenQuestion]
) -> list[Component | None]:
    """The questions of the unit that was chosen, or that alone has any; else the units."""
    asking = dict.fromkeys(one.row.unit for one in found)
    unit = address.unit or (next(iter(asking)) if len(asking) == 1 else None)
    if unit is not None:
        mine = [row for row in rows if row.unit == unit]
        return [
            questions_section([one for one in found if one.row.unit == unit], address),
            proposals_section(list(open_questions(mine, blocking=False)), address),
        ]
    if not found:
        title, sentence = text.EMPTY
        return [states.notice(title, sentence, text.EMPTY_STEPS)]
    return [_units_section(found, address)]


def _units_section(found: Sequence[OpenQuestion], address: Address) -> Component:
    by_unit: dict[str, list[OpenQuestion]] = {}
    for one in found:
        by_unit.setdefault(one.row.unit, []).append(one)
    targets = len({one.question.target_id for one in found})
    return html.Section(
        [
            html.Div(
                [
                    html.H2(text.UNIT_LIST),
                    html.Span(text.count(len(found), targets), className="rests"),
                ],
                className="section-head",
            ),
            table(
                text.UNIT_LIST,
                [
                    Column(heading, kind)
                    for heading, kind in zip(
                        text.UNIT_COLUMNS, ("unit", NUMBER, "wide", ""), strict=True
                    )
                ],
                [_unit(unit, questions, address) for unit, questions in by_unit.items()],
            ),
        ],
        className="card",
    )


def _unit(unit: str, questions: Sequence[OpenQuestion], address: Address) -> Component:
    counts = Counter(one.question.topic.label for one in questions)
    to = address.with_(unit=unit)
    name = questions[0].row.unit_name
    return row(
        [
            row_heading(dcc.Link(name, href=to.href), "unit"),
            cell(str(len(questions)), NUMBER),
            cell(text.topics(dict(counts.most_common())), "wide"),
            cell(dcc.Link(text.WORK, href=to.href), "day"),
        ]
    )

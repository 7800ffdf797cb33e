"""Plain tables: a caption, headings with scope, figures to the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.components.aria import aria

Cell = Component | str | None


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, and how its cells are set: ``number``, ``wide`` or nothing."""

    heading: Component | str
    kind: str = ""
    sorted_by: bool = False


def table(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Component],
    foot: Sequence[Component] = (),
    class_name: str = "",
) -> Component:
    """A table that a screen reader can walk and paper can hold."""
    return html.Div(
        html.Table(
            [
                html.Caption(caption),
                html.Thead(html.Tr([_heading(column) for column in columns])),
                html.Tbody(list(rows)),
                html.Tfoot(list(foot)) if foot else None,
            ],
            className=f"table {class_name}".strip(),
        ),
        className="table-scroll",
    )


def _heading(column: Column) -> Component:
    said = aria(sort="descending") if column.sorted_by else {}
    return html.Th(column.heading, scope="col", className=column.kind or None, **said)


def cell(content: Cell, kind: str = "", span: int = 1, rows: int = 1) -> Component:
    """A cell; ``kind`` as of its column."""
    return html.Td(content, className=kind or None, **_spans(span, rows))


def row_heading(content: Cell, kind: str = "", span: int = 1, rows: int = 1) -> Component:
    """The cell that names its row."""
    return html.Th(content, scope="row", className=kind or None, **_spans(span, rows))


def _spans(columns: int, rows: int) -> dict[str, Any]:
    spans = {"colSpan": columns, "rowSpan": rows}
    return {name: number for name, number in spans.items() if number > 1}


def row(cells: Sequence[Component], class_name: str = "") -> Component:
    """A row."""
    return html.Tr(list(cells), className=class_name or None)

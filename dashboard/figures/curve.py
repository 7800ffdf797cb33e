"""The year's curve of one target, as a plain dict that plotly draws (ui §4).

Planned as a line and as steps, actual by payment days, the band between them, checkpoints by
shape and colour, arrivals and alerts in lanes below, the day looked at as a dashed line.
Amounts turn into 万元 here, as floats: this is ink, nothing is computed from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from dashboard import theme
from dashboard.figures import words
from dashboard.figures.year import CheckpointRow, DayPoint, Mark, Reached, TargetYear
from dashboard.texts import terms
from domain.light import Light
from domain.money import TEN_THOUSAND
from domain.plan import Shape

Trace = dict[str, Any]

HEIGHT = 460
_MARGIN = timedelta(days=4)
"""Room for marks on the first and last day."""

_SILENT = {"hoverinfo": "skip"}
_LANES = {words.LANE_OF_MONEY: 1, words.LANE_OF_ALERTS: 0}

_CHECKPOINTS = {
    Reached.MET: {"symbol": "diamond", "color": theme.LIGHT_DOT[Light.GREEN]},
    Reached.MISSED: {"symbol": "diamond-x", "color": theme.LIGHT_DOT[Light.RED]},
    Reached.TO_COME: {"symbol": "diamond-open", "color": theme.PLANNED},
}
_MARKS = {
    "red": {"symbol": "triangle-up", "color": theme.LIGHT_DOT[Light.RED]},
    "yellow": {"symbol": "triangle-up-open", "color": theme.LIGHT_DOT[Light.YELLOW]},
    "over": {"symbol": "circle", "color": theme.LIGHT_DOT[Light.GREEN]},
    "word": {"symbol": "square", "color": theme.PLANNED},
    "plus": {"symbol": "triangle-down", "color": theme.ACTUAL},
    "minus": {"symbol": "triangle-down-open", "color": theme.ACTUAL},
}


def curve_figure(year: TargetYear) -> dict[str, Any]:
    """Draw a target's year."""
    traces = [
        *_bands(year),
        _budget(year),
        *_planned(year),
        _actual(year),
        *_checkpoints(year.checkpoints),
        _hover(year.days),
        *_lane(words.LANE_OF_MONEY, year.arrivals),
        *_lane(words.LANE_OF_ALERTS, year.alerts),
    ]
    return {"data": traces, "layout": _layout(year)}


def _wan(amount: Decimal) -> float:
    return round(float(amount / TEN_THOUSAND), 4)


def _x(days: Iterable[date]) -> list[str]:
    return [day.isoformat() for day in days]


# The band between plan and actual.


def _bands(year: TargetYear) -> list[Trace]:
    judged = [(day, day.executed) for day in year.days if day.executed is not None]
    if not judged:
        return []
    low = [executed for _, executed in judged]
    behind = [max(day.planned, executed) for day, executed in judged]
    ahead = [min(day.planned, executed) for day, executed in judged]
    days = [day.on for day, _ in judged]
    return [
        _edge(days, low),
        _edge(days, behind) | _fill(words.BELOW, theme.BEHIND, shown=behind != low),
        _edge(days, low),
        _edge(days, ahead) | _fill(words.ABOVE, theme.AHEAD, shown=ahead != low),
    ]


def _edge(days: Sequence[date], amounts: Sequence[Decimal]) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": _x(days),
        "y": [_wan(amount) for amount in amounts],
        "line": {"width": 0, "shape": "hv"},
        "showlegend": False,
        **_SILENT,
    }


def _fill(name: str, colour: str, *, shown: bool) -> Trace:
    """Colour an edge up to the edge before it."""
    return {"name": name, "fill": "tonexty", "fillcolor": colour, "showlegend": shown}


# Lines.


def _line(name: str, days: Iterable[date], amounts: Iterable[Decimal], **line: object) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": _x(days),
        "y": [_wan(amount) for amount in amounts],
        "line": line,
        **_SILENT,
    }


def _budget(year: TargetYear) -> Trace:
    bends = [
        day
        for day, before in zip(year.days, (None, *year.days), strict=False)
        if day.budget and (before is None or day.budget != before.budget or day is year.days[-1])
    ]
    return _line(
        terms.BUDGET,
        (day.on for day in bends),
        (day.budget for day in bends),
        color=theme.BUDGET,
        width=1.5,
        dash="dot",
        shape="hv",
    )


def _planned(year: TargetYear) -> list[Trace]:
    """The line, and the steps it joins; money planned in lumps has only steps."""
    plan = year.plan
    steps = _line(
        words.STEPS,
        (point.on for point in plan.steps),
        (point.amount for point in plan.steps),
        color=theme.PLANNED,
        width=2.5 if year.shape is Shape.LUMPS else 1,
        shape="hv",
    )
    if year.shape is Shape.LUMPS:
        return [steps]
    even = _line(
        words.planned_name(default=year.default_plan),
        (point.on for point in plan.line),
        (point.amount for point in plan.line),
        color=theme.PLANNED,
        width=2.5,
        dash="dash",
    )
    return [steps, even]


def _actual(year: TargetYear) -> Trace:
    until = year.judged_on
    points = [(year.starts_on, Decimal(0))]
    if until is not None:
        points += [(point.on, point.amount) for point in year.spending if point.on <= until]
        points.append((min(until, year.ends_on), points[-1][1]))
    return _line(
        words.ACTUAL,
        (on for on, _ in points),
        (amount for _, amount in points),
        color=theme.ACTUAL,
        width=3.5,
        shape="hv",
    )


# Points.


def _checkpoints(rows: Sequence[CheckpointRow]) -> list[Trace]:
    return [
        _points(
            words.checkpoint_name(state),
            [
                (row.on, row.planned, words.checkpoint_words(row))
                for row in rows
                if row.reached is state
            ],
            {"size": 13, "line": {"width": 1.5, "color": marker["color"]}, **marker},
        )
        for state, marker in _CHECKPOINTS.items()
        if any(row.reached is state for row in rows)
    ]


def _points(
    name: str, points: Sequence[tuple[date, Decimal, str]], marker: dict[str, Any]
) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": _x(on for on, _, _ in points),
        "y": [_wan(amount) for _, amount, _ in points],
        "marker": marker,
        "hovertext": [said for _, _, said in points],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }


def _lane(lane: str, marks: Sequence[Mark]) -> list[Trace]:
    """Marks below the curve, one trace a shape; what falls on one day shares its words."""
    by_kind: Callable[[Mark], str] = lambda mark: mark.kind  # noqa: E731  # for groupby
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": _x(mark.on for mark in group),
            "y": [_LANES[lane]] * len(group),
            "yaxis": "y2",
            "marker": {
                "size": 11,
                "line": {"width": 1.5, "color": _MARKS[kind]["color"]},
                **_MARKS[kind],
            },
            "hovertext": ["<br>".join(mark.words) for mark in group],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "showlegend": False,
            "cliponaxis": False,
        }
        for kind, found in groupby(sorted(marks, key=by_kind), by_kind)
        for group in [list(found)]
    ]


def _hover(days: Sequence[DayPoint]) -> Trace:
    """What any day says when the pointer stands on it."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": _x(day.on for day in days),
        "y": [_wan(day.planned if day.executed is None else day.executed) for day in days],
        "line": {"width": 0},
        "hovertext": [words.day_words(day) for day in days],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "showlegend": False,
    }


# What holds it.


def _layout(year: TargetYear) -> dict[str, Any]:
    first, last = year.starts_on - _MARGIN, year.ends_on + _MARGIN
    shapes, annotations = _day_lines(year)
    return {
        "template": theme.template(),
        "height": HEIGHT,
        "margin": {"l": 8, "r": 16, "t": 56, "b": 8},
        "xaxis": {
            "type": "date",
            "range": _x((first, last)),
            "dtick": "M1",
            "tickformat": words.MONTH_FORMAT,
            "ticklabelmode": "period",
            "fixedrange": True,
            "anchor": "y2",
            "showline": True,
        },
        "yaxis": {
            "domain": [0.2, 1],
            "rangemode": "tozero",
            "range": [_floor(year), _wan(_ceiling(year)) * 1.08 or 1],
            "tickformat": ",~f",
            "fixedrange": True,
            "title": {"text": terms.WAN, "font": {"size": 13, "color": theme.MUTED}},
        },
        "yaxis2": {
            "domain": [0, 0.15],
            "range": [-0.6, 1.6],
            "tickvals": list(_LANES.values()),
            "ticktext": list(_LANES),
            "fixedrange": True,
            "zeroline": False,
        },
        "legend": {
            "orientation": "h",
            "traceorder": "normal",
            "x": 0,
            "y": 1.02,
            "yanchor": "bottom",
            "font": {"size": 13},
        },
        "hovermode": "closest",
        "hoverdistance": 40,
        "dragmode": False,
        "shapes": shapes,
        "annotations": annotations,
    }


def _floor(year: TargetYear) -> float:
    lowest = min((point.amount for point in year.spending), default=Decimal(0))
    return min(0.0, _wan(lowest) * 1.08)


def _ceiling(year: TargetYear) -> Decimal:
    spent = max((point.amount for point in year.spending), default=Decimal(0))
    return max(year.budget, spent)


def _day_lines(year: TargetYear) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The day looked at, and the day money is judged at where that is earlier."""
    days = {min(year.as_of, year.ends_on): words.as_of_words(year.as_of)}
    if year.judged_on is not None and year.judged_on < year.as_of:
        days[year.judged_on] = words.complete_to_words(year.judged_on)
    shapes = [
        {
            "type": "line",
            "x0": day.isoformat(),
            "x1": day.isoformat(),
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "line": {"color": theme.AS_OF, "width": 1.5, "dash": "dash"},
        }
        for day in days
    ]
    annotations = [
        {
            "x": day.isoformat(),
            "y": 1 - 0.07 * number,
            "yref": "paper",
            "yanchor": "top",
            "xanchor": "right" if day.month > 6 else "left",
            "xshift": -6 if day.month > 6 else 6,
            "text": said,
            "showarrow": False,
            "bgcolor": "rgba(255,255,255,0.85)",
            "font": {"size": 13, "color": theme.INK},
        }
        for number, (day, said) in enumerate(days.items())
    ]
    return shapes, annotations

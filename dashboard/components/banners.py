"""What whoever looks must know before believing a figure."""

from __future__ import annotations

from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard.clocks import Clocks
from dashboard.texts import frame as text
from services.readmodel.rows import Readings


def banner(sentence: str, kind: str = "note") -> Component:
    """One sentence across the page; ``kind`` is note or warning."""
    return html.P(sentence, className=f"banner banner--{kind}", role="status")


def reading_banners(readings: Readings) -> list[Component]:
    """What the tables have not read yet, and what they could not."""
    found = []
    if readings.incomplete:
        found.append(banner(text.incomplete(readings.incomplete), "warning"))
    if readings.behind:
        found.append(banner(text.behind(readings.behind)))
    return found


def known_then(known_at: date | int) -> Component:
    """That less is shown than is known today."""
    return banner(text.known_then(known_at))


def data_banners(clocks: Clocks, known_at: date | int | None) -> list[Component]:
    """Up to which day money can be judged, and what the record was thought to be then."""
    found = []
    as_of, complete_to = clocks.moment.as_of, clocks.complete_to
    if known_at is not None:
        found.append(known_then(known_at))
    if complete_to is None:
        found.append(banner(text.NO_PAYMENTS_YET))
    elif complete_to < as_of:
        found.append(banner(text.data_end_before(complete_to, as_of)))
    return found

"""Ids of the components that callbacks name; the only place that spells them."""

from __future__ import annotations

LOCATION = "location"
"""The browser's address: path and search."""

FRAME = "frame"
"""Everything below the address: header, page, footer."""

TITLE = "page-title"
"""The document's title, written by the page and set in the browser."""

NOTICE = "notice"
"""Where a failed callback says so."""

YEAR = "control-year"
AS_OF = "control-as-of"
KNOWN_AT = "control-known-at"
UNIT = "control-unit"
"""The controls; each writes the address and nothing else."""

SHOWN = "shown"
"""What the controls show, so that showing is not taken for choosing."""

CURVE = "target-curve"
"""The year's curve of one target."""

PRINT = "print"
"""The button that prints; assets/print.js listens."""

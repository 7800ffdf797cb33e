"""The address is the state: what is shown follows from path and search, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Self
from urllib.parse import parse_qs, quote, urlencode
from uuid import UUID

from domain.light import Light

OVERVIEW = "/"
TARGET = "/targets/"
IMPORTS = "/imports"
IMPORT = f"{IMPORTS}/"
CONFIRMATIONS = "/confirmations"
ANNOTATED = "/annotated.xlsx"
SAMPLES = f"{IMPORTS}/samples/"
UNCLAIMED = "/unclaimed"

UNREPORTED = "unreported"
LIGHTS = (*(light.value for light in Light), UNREPORTED)
SORTS = ("worst", "unit", "budget", "rate", "gap")
ALL_ROWS = "all"

CLAIMED_VIEW, RULES_VIEW = "claimed", "rules"
LINE_ORDERS = ("paid_on", "amount")
NO_UNIT = "-"
"""Stands for lines that print no unit."""

_PLAIN_AMOUNT = re.compile(r"[0-9]{1,13}(\.[0-9]{1,2})?")
_EARLIEST_YEAR = 2000
_LATEST_YEAR = 2100


@dataclass(frozen=True, slots=True)
class Address:
    """What a page is asked for; None where the address is silent or cannot be understood.

    ``known_at`` is a day (its end) or a position of the log (当时已录). ``light`` is a colour,
    or ``unreported``. ``rows`` is the page of a long list, from 1, 0 for all of it. ``project`` is
    the one looked at in a file of several, from 1. ``view`` to ``words`` narrow voucher lines:
    ``month`` is the first of one, amounts are yuan.
    """

    path: str = OVERVIEW
    year: int | None = None
    as_of: date | None = None
    known_at: date | int | None = None
    unit: str | None = None
    light: str | None = None
    sort: str | None = None
    rows: int = 1
    project: int = 1
    view: str | None = None
    order: str | None = None
    month: date | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    words: str | None = None

    @classmethod
    def read(cls, path: str | None, search: str | None) -> Self:
        """Read an address; what is wrong in it is left out, never an error."""
        values = {key: found[-1] for key, found in parse_qs((search or "").lstrip("?")).items()}
        return cls(
            path=path or OVERVIEW,
            year=_year(values),
            as_of=day_or_none(values.get("as_of")),
            known_at=_known_at(values.get("known_at")),
            unit=values.get("unit"),
            light=_one_of(LIGHTS, values.get("light")),
            sort=_one_of(SORTS[1:], values.get("sort")),
            rows=_rows(values.get("rows")),
            project=_rows(values.get("project")) or 1,
            view=_one_of((CLAIMED_VIEW, RULES_VIEW), values.get("view")),
            order=_one_of(LINE_ORDERS, values.get("order")),
            month=day_or_none(f"{values.get('month', '')}-01"),
            least=_amount(values.get("least")),
            most=_amount(values.get("most")),
            words=_words(values.get("words", "")),
        )

    @property
    def search(self) -> str:
        """The state as it stands in the address, always in the same order."""
        given = {
            "year": self.year,
            "as_of": self.as_of,
            "known_at": self.known_at,
            "unit": self.unit,
            "light": self.light,
            "sort": self.sort,
            "rows": {0: ALL_ROWS, 1: None}.get(self.rows, self.rows),
            "project": None if self.project == 1 else self.project,
            "view": self.view,
            "order": self.order,
            "month": f"{self.month:%Y-%m}" if self.month else None,
            "least": self.least,
            "most": self.most,
            "words": self.words,
        }
        said = {key: str(value) for key, value in given.items() if value is not None}
        return f"?{urlencode(said, quote_via=quote)}" if said else ""

    @property
    def href(self) -> str:
        """A link to this very picture."""
        return self.path + self.search

    @property
    def target_id(self) -> UUID | None:
        """The target of a target's page, None on other pages or for a broken id."""
        return self._id_behind(TARGET)

    @property
    def import_id(self) -> UUID | None:
        """The file of a file's page, waiting or brought in; None as above."""
        return self._id_behind(IMPORT)

    def _id_behind(self, prefix: str) -> UUID | None:
        if not self.path.startswith(prefix):
            return None
        try:
            return UUID(self.path.removeprefix(prefix).rstrip("/"))
        except ValueError:
            return None

    def with_(self, **changes: Any) -> Self:  # noqa: ANN401  # any field
        """The same picture with something changed; a changed list starts on its first page."""
        return replace(self, **({"rows": 1} | changes))

    def to_target(self, target_id: UUID) -> Address:
        """A target's page at the same clocks, remembering the list it was opened from."""
        return replace(self._without_lines(), path=f"{TARGET}{target_id}")

    def to_import(self, import_id: UUID) -> Address:
        """The page of a file, waiting or brought in; it has no clocks."""
        return Address(path=f"{IMPORT}{import_id}")

    def to_confirmations(self) -> Address:
        """What needs a person, in the same year and unit; it is always the present."""
        return Address(CONFIRMATIONS, self.year, unit=self.unit)

    def to_overview(self) -> Address:
        """Back to the list, as it was."""
        return replace(self._without_lines(), path=OVERVIEW)

    def to_unclaimed(self, unit: str | None = None) -> Address:
        """Lines that no target was found for, in the same year; it is the present."""
        return Address(UNCLAIMED, self.year, unit=unit)

    def _without_lines(self) -> Self:
        return replace(self, view=None, order=None, month=None, least=None, most=None, words=None)


def day_or_none(text: str | None) -> date | None:
    """A calendar day of a plausible year, None for anything else."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if _EARLIEST_YEAR <= day.year <= _LATEST_YEAR else None


def _year(values: Mapping[str, str]) -> int | None:
    text = values.get("year", "")
    year = int(text) if text.isascii() and text.isdecimal() else 0
    return year if _EARLIEST_YEAR <= year <= _LATEST_YEAR else None


def _known_at(text: str | None) -> date | int | None:
    if text and text.isascii() and text.isdecimal() and len(text) <= 15:
        return int(text)
    return day_or_none(text)


def _one_of(known: tuple[str, ...], text: str | None) -> str | None:
    return text if text in known else None


def printable(text: str) -> str:
    """A text without what no file prints, and no database takes."""
    return "".join(filter(str.isprintable, text))


def _words(text: str) -> str | None:
    return printable(text).strip()[:100].strip() or None


def _amount(text: str | None) -> Decimal | None:
    plain = (text or "").replace(",", "").strip()
    return Decimal(plain) if _PLAIN_AMOUNT.fullmatch(plain) else None


def _rows(text: str | None) -> int:
    if text == ALL_ROWS:
        return 0
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= 6 else 1

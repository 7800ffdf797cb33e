"""What a check finds: where, how grave, in both languages, and how it could be mended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How grave a finding is: an error blocks approval, never recording or monitoring."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Field(StrEnum):
    """The printed things that a finding can be about, and a fix can change.

    ``SIGN`` is the column of comparators (指标值类型), ``COLUMN_UNIT`` that of units; both are
    blank where the form has none. ``WEIGHT`` is in points. ``TOTAL``, ``FISCAL`` and ``OTHER``
    are amounts in the form's own ``MONEY_UNIT``. ``PLAN`` is the share of one checkpoint.
    """

    CLASS = "indicator_class"
    CATEGORY = "indicator_category"
    NAME = "name"
    VALUE = "value_text"
    SIGN = "comparator"
    COLUMN_UNIT = "unit_of_measure"
    WEIGHT = "weight"
    DESCRIPTION = "description"
    SCORING = "scoring_standard"
    HEAD = "head"
    OBJECTIVE = "annual_objective"
    PERIOD = "project_period"
    TOTAL = "total"
    FISCAL = "fiscal"
    OTHER = "other"
    MONEY_UNIT = "money_unit"
    PLAN = "spending_plan"


class Part(StrEnum):
    """Which kind of sheet a finding stands on; the file as a whole where it is on none."""

    FILE = "file"
    PROJECT = "project"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class Spot:
    """One sheet of a filing, and there one row of its annual block; both count from 0.

    ``row`` None means the sheet as a whole. For ``Field.PLAN`` it is the checkpoint.
    """

    part: Part
    sheet: int
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One printed text that would read better: of which row, which field, from what, to what."""

    field: Field
    old: str
    new: str
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One objection to a declared target.

    ``check`` is the stable id. ``where`` is the place in the file (L212, Sheet!C7), None where
    the subject comes from the record. ``also`` lists further places of the same finding.
    ``fix`` is empty where nothing can be proposed; its changes belong together.
    """

    check: str
    severity: Severity
    spot: Spot
    where: str | None
    project: str
    indicator: str | None
    message: str
    message_en: str
    field: Field | None = None
    also: tuple[str, ...] = ()
    fix: tuple[Change, ...] = ()

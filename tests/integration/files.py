"""Files of every kind through the one door, for the tests of what they do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from domain.importing import ImportKind
from services.incoming import import_file, preview_file
from services.recording import Door, ImportReport, Upload
from tests.declaring import REGION, YEAR
from tests.integration.incoming import META, Desk
from tests.payment_files import TODAY, csv_of

Rows = Sequence[Sequence[str]]


def door(desk: Desk, today: date = TODAY) -> Door:
    """The desk as a file is read with it."""
    return Door(desk.log, desk.lookups, today)


def file_of(heading: Sequence[str], rows: Rows, **changes: Any) -> Upload:
    """A CSV file."""
    return replace(Upload(csv_of(rows, heading), "文件.csv", REGION, YEAR), **changes)


def bring_in(desk: Desk, upload: Upload, kind: ImportKind | None = None) -> ImportReport:
    """Store a file and let the read tables know."""
    report = import_file(door(desk), upload, kind, meta=META).summary
    desk.projector.catch_up()
    return report


def look_at(desk: Desk, upload: Upload, kind: ImportKind | None = None) -> ImportReport:
    """Look at a file."""
    return preview_file(door(desk), upload, kind).summary


COUNTED = ("rows", "stored", "known", "refused", "problems", "findings", "notes", "columns")


def counted(report: ImportReport) -> list[Any]:
    """What a preview says that a commit then does."""
    return [getattr(report, name) for name in COUNTED]

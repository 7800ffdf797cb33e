"""A process that imports one payment file, for tests that run two of them or kill one.

python -m tests.importing_program DATABASE_URL FILE
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from domain.importing import ImportKind
from services.access.present import being
from services.access.within import within
from services.clock import wall_clock
from services.incoming import FileReport
from services.intake.runs import AlreadyRunningError
from services.log.application import Log
from services.log.meta import Meta
from services.readmodel.documents import as_document
from services.readmodel.lookups import Lookups
from services.recording import Door, Upload
from services.running import run_file
from tests.payment_files import TODAY, upload


def main(url: str, file: Path) -> None:
    """Import the file and print the report."""
    log, lookups = Log(url, clock=wall_clock), Lookups(url)
    try:
        sent = upload(file.read_bytes(), complete_to=date(2025, 12, 31))
        door = Door(log, lookups, TODAY)
        sys.stdout.write(as_document(_patient(door, sent).summary))
    finally:
        lookups.close()
        log.close()


def _patient(door: Door, sent: Upload) -> FileReport:
    """Import the file, once nobody else does; each try waits for two seconds by itself."""
    while True:
        try:
            return run_file(door, sent, ImportKind.PAYMENTS, meta=Meta("desk", None, "test"))
        except AlreadyRunningError:
            continue


if __name__ == "__main__":
    with being(within("tests")):
        main(sys.argv[1], Path(sys.argv[2]))

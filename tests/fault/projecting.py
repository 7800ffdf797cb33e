"""Project a database's log until it is caught up; run as a process, to be killed."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from services.log.application import Log
from services.projections import tables
from services.projections.projector import Projector


def main(web_url: str, worker_url: str, window: int) -> None:
    """Take windows until the log's end, saying each position."""
    log = Log(web_url, clock=lambda: datetime.now(UTC))
    projector = Projector(log, worker_url)
    projector.prepare_if_alone(lambda _: None)
    with (
        tables.owner_connection(worker_url) as connection,
        projector.runner(connection, window) as runner,
    ):
        while runner.advance():
            print(runner.position(), flush=True)  # noqa: T201  # the test reads it
    log.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))

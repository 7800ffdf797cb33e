"""A process that uses the embedded database until its standard input closes.

Run by the fault tests, as whichever user they choose. It writes one JSON object a line:
``{"progress": …}``, then ``{"ready": …}`` or ``{"refused": code, "sentence": …}``.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import psycopg

from domain.errors import MonitoringError
from services.database.connect import open_database
from services.database.places import known_places
from services.database.postmaster import running


def say(**line: object) -> None:
    """Write one line."""
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def use(data_dir: Path) -> None:
    """Open the database, tell where it is, and keep it open."""
    began = time.monotonic()
    with open_database(data_dir, None, None, lambda text: say(progress=text)) as database:
        seconds = time.monotonic() - began
        places = known_places(data_dir)
        server = places and running(places.cluster)
        with psycopg.connect(database.web_url) as connection:
            count = connection.execute("SELECT count(*) FROM operational.migrations").fetchone()
        say(
            ready={
                "web_url": database.web_url,
                "worker_url": database.worker_url,
                "server": server.pid if server else None,
                "cluster": str(places.cluster) if places else None,
                "migrations": count and count[0],
                "seconds": round(seconds, 3),
            }
        )
        sys.stdin.read()


if __name__ == "__main__":
    try:
        use(Path(sys.argv[1]))
    except MonitoringError as refused:
        say(refused=refused.code, sentence=str(refused))
        sys.exit(1)

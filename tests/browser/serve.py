"""A server of its own for the browser tests: pages and projections in one process.

``python -m tests.browser.serve FD WEB_URL WORKER_URL`` serves on an inherited socket.
"""

from __future__ import annotations

import socket
import sys

import uvicorn

from dashboard.asgi import create_app
from services.api.app import create_api
from services.database.connect import Database
from services.projections.supervisor import Supervisor
from tests.county import VirtualClock, services_on


def main() -> None:
    """Serve until told to stop."""
    fd, web_url, worker_url = sys.argv[1:]
    listening = socket.socket(fileno=int(fd))

    with services_on(Database(web_url, worker_url), VirtualClock()) as services:
        services.projector.catch_up()
        supervisor = Supervisor(services.projector, services.log.channel)
        supervisor.start()
        config = uvicorn.Config(create_app(services, create_api(services)), log_level="warning")
        try:
            uvicorn.Server(config).run(sockets=[listening])
        finally:
            supervisor.stop()


if __name__ == "__main__":
    main()

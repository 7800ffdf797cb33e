"""A proxy between us and PostgreSQL that loses what we tell it to lose.

It listens on a TCP port and forwards bytes both ways. While ``cuts`` are left, it drops the
client at a COMMIT: after the server has answered it (the commit happened, nobody heard), or
instead of forwarding it (the commit never happened).
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from threading import Lock, Thread

from psycopg.conninfo import conninfo_to_dict, make_conninfo

COMMIT = b"COMMIT\x00"
_AT_ONCE = struct.pack("ii", 1, 0)


class Cut(Enum):
    """Where the connection breaks."""

    BEFORE_COMMIT = "the server never sees the commit"
    BEFORE_ANSWER = "the server commits and its answer is lost"


class Proxy:
    """Forwards to the server of a connection string; ``conninfo`` leads through it."""

    def __init__(self, conninfo: str) -> None:
        parts = conninfo_to_dict(conninfo)
        self._host, self._port = str(parts["host"]), int(parts.get("port") or 5432)
        self._listener = socket.create_server(("127.0.0.1", 0))
        port = self._listener.getsockname()[1]
        self.conninfo = make_conninfo(
            conninfo, host="127.0.0.1", port=port, sslmode="disable", gssencmode="disable"
        )
        self._lock = Lock()
        self._cut = Cut.BEFORE_ANSWER
        self._left = 0
        self.commits_cut = 0
        self._sockets: list[socket.socket] = []
        Thread(target=self._accept, daemon=True).start()

    def cut(self, where: Cut, times: int = 1) -> None:
        """Cut the next commits."""
        with self._lock:
            self._cut, self._left = where, times

    def close(self) -> None:
        """Stop listening and drop everybody."""
        for one in (self._listener, *self._sockets):
            with suppress(OSError):
                one.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = self._connect()
                self._sockets += [client, server]
                lost = _Lost()
                Thread(target=self._upwards, args=(client, server, lost), daemon=True).start()
                Thread(target=self._downwards, args=(client, server, lost), daemon=True).start()

    def _connect(self) -> socket.socket:
        if self._host.startswith("/"):
            server = socket.socket(socket.AF_UNIX)
            server.connect(f"{self._host}/.s.PGSQL.{self._port}")
            return server
        return socket.create_connection((self._host, self._port))

    def _upwards(self, client: socket.socket, server: socket.socket, lost: _Lost) -> None:
        with suppress(OSError):
            while data := client.recv(65536):
                where = self._due() if COMMIT in data else None
                if where is Cut.BEFORE_COMMIT:
                    break
                lost.answer = where is Cut.BEFORE_ANSWER
                server.sendall(data)
        _drop(client)
        if not lost.answer:
            _drop(server)

    def _downwards(self, client: socket.socket, server: socket.socket, lost: _Lost) -> None:
        with suppress(OSError):
            while data := server.recv(65536):
                if lost.answer:
                    break  # the server has answered; the client will not hear it
                client.sendall(data)
        _drop(client)
        _drop(server)

    def _due(self) -> Cut | None:
        with self._lock:
            if self._left == 0:
                return None
            self._left -= 1
            self.commits_cut += 1
            return self._cut


class _Lost:
    """Whether the next answer on a connection is to be lost."""

    answer = False


@contextmanager
def proxied(conninfo: str) -> Iterator[Proxy]:
    """A proxy for a block."""
    proxy = Proxy(conninfo)
    try:
        yield proxy
    finally:
        proxy.close()


def _drop(one: socket.socket) -> None:
    """Reset a connection, as a failing network does."""
    with suppress(OSError):
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    with suppress(OSError):
        one.close()

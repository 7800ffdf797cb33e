"""Folders that others on the machine could read or change: the service does not run on them."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from services.database.errors import OpenToOthersError

OPEN = stat.S_IRGRP | stat.S_IWGRP | stat.S_IROTH | stat.S_IWOTH
"""Listing, reading and writing. Passing through (``x``) alone shows nothing: as root the
server's account has to reach its cluster through folders of ours."""


def require_closed_data(data_dir: Path) -> None:
    """Refuse a data folder whose contents others can get at; what is not there yet is fine.

    Raises:
        OpenToOthersError: names the first that is open, and the command that closes it.
    """
    for path in _private(data_dir.expanduser().resolve()):
        require_closed(path)


def require_closed(path: Path) -> None:
    """Refuse one file or folder that others can get at.

    Raises:
        OpenToOthersError: it is open.
    """
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError:  # what cannot be looked at is refused, with its reason, when it is opened
        return
    if mode & OPEN:
        raise OpenToOthersError(path, mode)


def _private(data_dir: Path) -> Iterator[Path]:
    passwords = data_dir / "database" / "passwords"
    yield from (data_dir, data_dir / "database", passwords, data_dir / "evidence")
    with suppress(OSError):
        yield from sorted(passwords.iterdir())

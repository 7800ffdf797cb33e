"""Bars that a bench must clear, and the database it runs on."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from services.database.connect import Database, open_database


@dataclass(frozen=True, slots=True)
class Bar:
    """A ratio we promise: ``measured`` of ``ours`` over theirs is at least ``wanted``."""

    name: str
    measured: float
    wanted: float

    @property
    def missed(self) -> bool:
        """Whether we are below it."""
        return self.measured < self.wanted

    def __str__(self) -> str:
        verdict = "MISSED" if self.missed else "ok"
        return f"{self.name:<44}{self.measured:>9.2f}   wanted {self.wanted:>5.1f}   {verdict}"


Measurement = Callable[[Database], Sequence[Bar]]


@contextmanager
def embedded() -> Iterator[Database]:
    """A new embedded server in a folder of its own, for a block."""
    with tempfile.TemporaryDirectory(prefix="jxb-") as folder:
        # The server's own user passes through; else its cluster would lie elsewhere and stay.
        Path(folder).chmod(0o711)
        with open_database(Path(folder) / "data", None, None, lambda _: None) as database:
            yield database


def cleared(measure: Measurement) -> bool:
    """Measure on a fresh server, and on another one if a bar was missed; none twice?"""
    missed = _missed(measure)
    return not missed or not missed & _missed(measure)


def _missed(measure: Measurement) -> set[str]:
    with embedded() as database:
        bars = measure(database)
    print(*bars, sep="\n")
    return {bar.name for bar in bars if bar.missed}

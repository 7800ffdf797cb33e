"""What the run hands to its worker, and what comes back; files in the copied tree."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from ops.mutation.mutants import Change, Mutant


class Outcome(StrEnum):
    """What became of a mutant; one that hangs is noticed as well."""

    KILLED = "killed"
    TIMED_OUT = "timed out"
    SURVIVED = "survived"
    UNDECIDED = "undecided"

    @property
    def noticed(self) -> bool:
        """Whether a test told it from the original."""
        return self in {Outcome.KILLED, Outcome.TIMED_OUT}


@dataclass(frozen=True, slots=True)
class Jobs:
    """Mutants to try, and the test files to ask, on so many processes."""

    mutants: tuple[Mutant, ...]
    tests: tuple[str, ...]
    processes: int


def write_jobs(path: Path, jobs: Jobs) -> None:
    """Write what the worker is to do."""
    path.write_text(json.dumps(asdict(jobs), ensure_ascii=False), "utf-8")


def read_jobs(path: Path) -> Jobs:
    """Read it back."""
    plain = json.loads(path.read_text("utf-8"))
    mutants = tuple(
        Mutant(**one | {"change": Change(**one["change"]), "lines": tuple(one["lines"])})
        for one in plain["mutants"]
    )
    return Jobs(mutants, tuple(plain["tests"]), plain["processes"])


class Results:
    """Outcomes by the mutant's number, appended line by line; a later line counts."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, number: int, outcome: Outcome) -> None:
        """Note what became of one."""
        with self._path.open("a", encoding="utf-8") as lines:
            lines.write(f"{number}\t{outcome}\n")

    def read(self) -> dict[int, Outcome]:
        """All that is known so far."""
        if not self._path.exists():
            return {}
        lines = (line.split("\t") for line in self._path.read_text("utf-8").splitlines())
        return {int(number): Outcome(outcome) for number, outcome in lines}


def open_numbers(mutants: Sequence[Mutant], known: dict[int, Outcome]) -> Iterable[int]:
    """The numbers of those that no test has noticed yet."""
    return (number for number in range(len(mutants)) if not noticed(known.get(number)))


def noticed(outcome: Outcome | None) -> bool:
    """Whether a mutant is done with."""
    return outcome is not None and outcome.noticed

"""What the run says: figures by file and group, survivors, and whether the bar is met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ops.mutation.jobs import Outcome, noticed
from ops.mutation.mutants import Mutant
from ops.mutation.operators import LeftOut
from ops.mutation.scope import BAR


@dataclass(frozen=True, slots=True)
class Tried:
    """Mutants that were tried, with what became of them."""

    outcomes: tuple[tuple[Mutant, Outcome], ...]

    @property
    def survivors(self) -> tuple[Mutant, ...]:
        """Those that no test noticed."""
        return tuple(mutant for mutant, outcome in self.outcomes if not noticed(outcome))

    @property
    def killed(self) -> int:
        """How many were noticed."""
        return len(self.outcomes) - len(self.survivors)

    @property
    def clears_the_bar(self) -> bool:
        """Whether enough were noticed."""
        return self.killed * 100 >= BAR * len(self.outcomes)

    def of(self, path: str) -> Tried:
        """Those of one file."""
        return Tried(tuple(pair for pair in self.outcomes if pair[0].path == path))

    def line(self, name: str) -> str:
        """One line of the table."""
        count = len(self.outcomes)
        share = f"{100 * self.killed / count:.1f} %" if count else "-"
        timed_out = sum(outcome is Outcome.TIMED_OUT for _, outcome in self.outcomes)
        return (
            f"{name:<34}{count:>8}{self.killed:>8}{timed_out:>8}{len(self.survivors):>9}{share:>9}"
        )


_HEAD = f"{'':<34}{'mutants':>8}{'killed':>8}{'hung':>8}{'survived':>9}{'share':>9}"


def table(groups: Mapping[str, Tried]) -> str:
    """Figures of every file, below them those of its group, and of all."""
    lines = [_HEAD]
    for group, tried in groups.items():
        lines += [tried.of(path).line(path) for path in _paths(tried)]
        bar = "" if tried.clears_the_bar else f"   below {BAR} %"
        lines += [tried.line(f"= {group}") + bar, ""]
    everything = Tried(tuple(pair for tried in groups.values() for pair in tried.outcomes))
    return "\n".join((*lines, everything.line("= all")))


def _paths(tried: Tried) -> Sequence[str]:
    return sorted({mutant.path for mutant, _ in tried.outcomes})


def left_out_text(left_out: Iterable[tuple[LeftOut, int]]) -> str:
    """How many changes were not tried, and why."""
    counts = Counter[LeftOut]()
    for reason, count in left_out:
        counts[reason] += count
    lines = [f"  {counts[reason]:>5}  {reason}" for reason in LeftOut if counts[reason]]
    return "\n".join((f"Not tried, since they cannot matter: {counts.total()}", *lines))

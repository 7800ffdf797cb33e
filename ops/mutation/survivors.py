"""The survivors that are known, each with the reason why it may live: ``survivors.md``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ops.mutation.mutants import Mutant

KNOWN = Path(__file__).with_name("survivors.md")

_FILE = re.compile(r"^## (?P<path>\S+)$")
_ENTRY = re.compile(r"^- `(?P<place>[^`]*)`: `(?P<before>[^`]*)` → `(?P<after>[^`]*)`$")


@dataclass(frozen=True, slots=True, order=True)
class Survivor:
    """A change that no test notices, named so that it stays found when lines move."""

    path: str
    place: str
    before: str
    after: str

    @property
    def entry(self) -> str:
        """Its line in the list."""
        return f"- `{self.place}`: `{self.before}` → `{self.after}`"


def survivor(mutant: Mutant) -> Survivor:
    """A mutant as it is listed."""
    return Survivor(mutant.path, mutant.place, mutant.before, mutant.after)


def read_known(text: str) -> dict[Survivor, str]:
    """Read the list: each entry with the reason below it, or with that of the entries after."""
    known: dict[Survivor, str] = {}
    path, waiting = "", list[Survivor]()
    for line in text.splitlines():
        file, entry = _FILE.match(line), _ENTRY.match(line)
        if file:
            path = file["path"]
        elif entry:
            waiting.append(Survivor(path, **entry.groupdict()))
        elif line.startswith("  ") and waiting:
            known |= dict.fromkeys(waiting, line.strip())
            waiting = []
    return known


def listed(survivors: Iterable[Survivor], reasons: dict[Survivor, str]) -> str:
    """Write the list, with the reasons that are known."""
    lines: list[str] = []
    path = ""
    for one in sorted(set(survivors)):
        if one.path != path:
            path = one.path
            lines += ["", f"## {path}", ""]
        lines += [one.entry, f"  {reasons.get(one, '(no reason yet)')}"]
    return "\n".join(lines).strip() + "\n"

"""A reading beside the expected one, value by value.

Texts are the same when they are the same to the letter, whatever blanks and line breaks stand
between the letters: where a line is broken belongs to the paper, not to the text. Numbers and
amounts may be told in full or half width and with or without separators of thousands, and need
every printed digit: 450 is not 450.00.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from tests.layouts.expected import Entry

AMOUNTS = frozenset({"total", "fiscal", "other", "number", "weight", "share", "unit_of_measure"})
INDICATORS = frozenset({"indicators", "medium_term_indicators", "all_indicators"})
LISTS = {"needs_a_person": "to_confirm", "has_findings": "findings"}
NOT_FOUND = "(not found)"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One expected value and what was read in its place."""

    path: str
    expected: object
    got: object

    @property
    def hit(self) -> bool:
        """Whether it was read to the letter."""
        return any(self._same(wanted) for wanted in alternatives(self.expected))

    def _same(self, wanted: object) -> bool:
        key = self.path.rpartition(".")[2]
        return folded(wanted, key) == folded(self.got, key)


@dataclass(slots=True)
class Count:
    """How many forms or indicators were expected, found among those read, and made up."""

    expected: int = 0
    found: int = 0
    invented: int = 0

    def add(self, other: Count) -> None:
        """Count another part in."""
        self.expected += other.expected
        self.found += other.found
        self.invented += other.invented


@dataclass(slots=True)
class Comparison:
    """All leaves of a reading, and its forms and indicators counted."""

    leaves: list[Leaf] = field(default_factory=list)
    projects: Count = field(default_factory=Count)
    indicators: Count = field(default_factory=Count)

    @property
    def hits(self) -> int:
        """How many leaves were read to the letter."""
        return sum(leaf.hit for leaf in self.leaves)

    def faults(self) -> list[str]:
        """Everything that differs, one line each."""
        missed = [
            f"{leaf.path}: {leaf.got!r} instead of {leaf.expected!r}"
            for leaf in self.leaves
            if not leaf.hit
        ]
        for count, what in ((self.projects, "forms"), (self.indicators, "indicators")):
            if count.invented:
                missed.append(f"{count.invented} {what} too many")
        return missed

    def add(self, other: Comparison) -> None:
        """Count another reading in."""
        self.leaves += other.leaves
        self.projects.add(other.projects)
        self.indicators.add(other.indicators)


def compare(expected: Entry, got: Entry) -> Comparison:
    """Compare an entry of ``jixiao form read`` with the expected one, over the latter's keys."""
    comparison = Comparison()
    for name in ("declarations", "department_goals"):
        wanted, read = expected.get(name, []), got.get(name) or []
        pairs = paired_forms(wanted, read)
        found = sum(bool(other) and named_alike(one, other, "project_name") for one, other in pairs)
        comparison.projects.add(Count(len(wanted), found, max(0, len(read) - len(wanted))))
        for at, (one, other) in enumerate(pairs):
            _compare_form(comparison, one, other, f"{name}[{at}]")
    return comparison


def _compare_form(comparison: Comparison, wanted: Entry, got: Entry, path: str) -> None:
    """Add the leaves of one form; of one that was not read none is right."""
    for key, value in wanted.items():
        if key in INDICATORS:
            _compare_indicators(comparison, value, read_indicators(got, key), f"{path}.{key}")
        else:
            read = leaves(value, told(got, key), f"{path}.{key}")
            comparison.leaves += read if got else missing(read)


def _compare_indicators(
    comparison: Comparison, wanted: list[Entry], got: list[Entry], path: str
) -> None:
    pairs = paired_indicators(wanted, got)
    found = sum(other is not None for _, other in pairs)
    comparison.indicators.add(Count(len(wanted), found, max(0, len(got) - len(wanted))))
    for at, (one, other) in enumerate(pairs):
        row = [Leaf(f"{path}[{at}].{key}", one[key], told(other or {}, key)) for key in one]
        comparison.leaves += missing(row) if other is None else row


def missing(read: Iterable[Leaf]) -> Iterator[Leaf]:
    """The same leaves, none of them right: where nothing is read, null is no reading."""
    return (replace(leaf, got=NOT_FOUND) for leaf in read)


def told(read: Entry, key: str) -> object:
    """What was read for a key, or whether there is anything in the list the key asks about."""
    return bool(read.get(LISTS[key])) if key in LISTS else read.get(key)


def read_indicators(form: Entry, key: str) -> list[Entry]:
    """The indicators that were read: of the form, or of all its goals."""
    if key == "all_indicators":
        return [one for goal in form.get("goals") or [] for one in goal.get("indicators") or []]
    return form.get(key) or []


def paired_forms(wanted: list[Entry], read: list[Entry]) -> list[tuple[Entry, Entry]]:
    """Each expected form with the one of its name, else with the next that has no partner."""
    pairs, left = paired(wanted, read, [("project_name",)])
    return [
        (one, partner if partner is not None else left.pop(0) if left else {})
        for one, partner in pairs
    ]


def paired_indicators(wanted: list[Entry], read: list[Entry]) -> list[tuple[Entry, Entry | None]]:
    """Each expected indicator with the one of its name, of its own class where there is one."""
    pairs, _ = paired(wanted, read, [("name", "indicator_class"), ("name",)])
    return pairs


def paired(
    wanted: list[Entry], read: list[Entry], rounds: list[tuple[str, ...]]
) -> tuple[list[tuple[Entry, Entry | None]], list[Entry]]:
    """Partners that agree in the keys of the first round, of the second, …; and who is left."""
    left = list(read)
    partners: list[Entry | None] = [None] * len(wanted)
    for keys in rounds:
        for at, one in enumerate(wanted):
            alike = (other for other in left if all(named_alike(one, other, key) for key in keys))
            if partners[at] is None and (partner := next(alike, None)) is not None:
                partners[at] = partner
                left.remove(partner)
    return list(zip(wanted, partners, strict=True)), left


def named_alike(wanted: Entry, got: Entry, key: str) -> bool:
    """Whether two forms or indicators agree in a key; where nothing is expected they do."""
    return key not in wanted or Leaf(key, wanted[key], got.get(key)).hit


def leaves(wanted: object, got: object, path: str) -> Iterator[Leaf]:
    """The values inside an expected value, each with what was read in its place."""
    if isinstance(wanted, dict) and "one_of" not in wanted:
        read: dict[str, Any] = got if isinstance(got, dict) else {}
        for key, value in wanted.items():
            yield from leaves(value, read.get(key), f"{path}.{key}")
    elif isinstance(wanted, list):
        listed: list[Any] = got if isinstance(got, list) else []
        for at, value in enumerate(wanted):
            told = listed[at] if at < len(listed) else None
            yield from leaves(value, told, f"{path}[{at}]")
        if len(listed) > len(wanted):
            yield Leaf(f"{path}.length", len(wanted), len(listed))
    else:
        yield Leaf(path, wanted, got)


def alternatives(wanted: object) -> list[object]:
    """The readings that are equally good."""
    if isinstance(wanted, dict) and "one_of" in wanted:
        return list(wanted["one_of"])
    return [wanted]


def folded(value: object, key: str) -> object:
    """What of a value has to be the same."""
    if not isinstance(value, str):
        return value
    if key in AMOUNTS:
        value = unicodedata.normalize("NFKC", value).replace(",", "")
    return "".join(value.split())

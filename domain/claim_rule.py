"""A standing rule: lines that print this are that target's, or basic expenditure (rules §2).

A rule is asked where no code and no document number finds a target; a person's word on a line
beats it. Of several rules that mean a line the one that asks more counts, of equal ones the
newer: whose a line is depends on the rules there are, not on the order in which they came.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from uuid import UUID

from domain.claim import Basis
from domain.identity import folded, normalised_name
from domain.payment import PaymentLine

ANYTHING = "*"
"""Between two words of a summary pattern: whatever stands there."""


@dataclass(frozen=True, slots=True)
class LinePattern:
    """What a line must print; None asks nothing. Compared without white space, width and case.

    ``unit`` is a unit's code, or its name. ``economic_class`` is met by every class below it
    (301: 30101 工资). ``summary`` are words that stand in it in this order, with * between.
    """

    unit: str | None = None
    project_code: str | None = None
    project_name: str | None = None
    document_no: str | None = None
    fund_nature: str | None = None
    economic_class: str | None = None
    summary: str | None = None

    @property
    def asked(self) -> tuple[tuple[str, str], ...]:
        """The fields it asks for, with what each must print."""
        given = ((one.name, getattr(self, one.name)) for one in fields(self))
        return tuple((name, text) for name, text in given if text is not None)

    @property
    def asks_sense(self) -> bool:
        """Whether it asks for anything, and nothing it asks for is blank."""
        return bool(self.asked) and all(
            folded(text.replace(ANYTHING, "") if name == "summary" else text)
            for name, text in self.asked
        )


_NAMES = frozenset({"unit", "project_code", "project_name"})


@dataclass(frozen=True, slots=True)
class ClaimRule:
    """One rule, for lines paid from a day on, until it stops.

    Without a target it says basic expenditure (基本支出). Lines paid on ``stops_on`` or later
    are not meant any more; a rule that stops on its first day never meant any.
    """

    number: int
    pattern: LinePattern
    target_id: UUID | None
    from_on: date
    stops_on: date | None = None

    @property
    def basis(self) -> Basis:
        """A name or code of a unit that stands for a target is a mapping a person confirmed."""
        asked = {name for name, _ in self.pattern.asked}
        names = asked <= _NAMES and asked != {"unit"}
        return Basis.MAPPING if names and self.target_id is not None else Basis.RULE

    @property
    def rank(self) -> tuple[int, int]:
        """Of two rules that mean a line the one of higher rank counts."""
        return len(self.pattern.asked), self.number

    def in_force(self, on: date) -> bool:
        """Whether it means lines paid on a day."""
        return self.from_on <= on and (self.stops_on is None or on < self.stops_on)

    def overlaps(self, from_on: date) -> bool:
        """Whether it is in force on any day from one on."""
        if self.stops_on is None:
            return True
        return self.stops_on > max(self.from_on, from_on)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A rule with what it asks folded once."""

    rule: ClaimRule
    unit: str | None
    exact: tuple[tuple[str, str], ...]
    name: str | None
    economic_class: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, rule: ClaimRule) -> _Reading:
        pattern = rule.pattern
        exact = ("project_code", "document_no", "fund_nature")
        return cls(
            rule,
            folded(pattern.unit) if pattern.unit else None,
            tuple((name, folded(text)) for name, text in pattern.asked if name in exact),
            normalised_name(pattern.project_name) if pattern.project_name else None,
            _class_text(pattern.economic_class),
            tuple(word for word in folded(pattern.summary or "").split(ANYTHING) if word),
        )

    def means(self, line: PaymentLine) -> bool:
        return (
            self.rule.in_force(line.paid_on)
            and (self.unit is None or self.unit in _units(line))
            and all(_folded(getattr(line, name)) == text for name, text in self.exact)
            and (self.name is None or _name(line.project_name) == self.name)
            and _is_below(_class_text(line.economic_class), self.economic_class)
            and _in_order(self.words, line.summary)
        )


def _is_below(printed: str, wanted: str) -> bool:
    """A code is met by every longer one; words stand anywhere beside it."""
    return printed.startswith(wanted) if wanted[:1].isdigit() else wanted in printed


def _in_order(words: tuple[str, ...], summary: str | None) -> bool:
    text, at = _folded(summary) if words else "", 0
    for word in words:
        found = text.find(word, at)
        if found < 0:
            return False
        at = found + len(word)
    return True


@lru_cache(maxsize=16_384)
def _folded(text: str | None) -> str:
    # A file prints few texts, each many times.
    return folded(text or "")


@lru_cache(maxsize=16_384)
def _name(text: str | None) -> str:
    return normalised_name(text or "")


@lru_cache(maxsize=4_096)
def _class_text(text: str | None) -> str:
    """``[30101]基本工资`` and ``30101 基本工资`` begin alike."""
    return folded(text or "").lstrip("[(")


def _units(line: PaymentLine) -> tuple[str, ...]:
    """What a rule may call a line's unit: its code, its name."""
    return tuple(_folded(text) for text in (line.unit_code, line.unit_name) if text)


class RuleBook:
    """The rules of one region and year, to be asked whose a line is."""

    def __init__(self, rules: Iterable[ClaimRule] = ()) -> None:
        self._readings: dict[int, _Reading] = {}
        self._by_unit: dict[str | None, list[_Reading]] = {}
        for rule in rules:
            self.put(rule)

    def put(self, rule: ClaimRule) -> None:
        """Take a rule, or another state of one that is here."""
        reading = _Reading.of(rule)
        others = [r for r in self._by_unit.get(reading.unit, ()) if r.rule.number != rule.number]
        ranked = sorted([*others, reading], key=lambda one: one.rule.rank, reverse=True)
        self._by_unit[reading.unit] = ranked
        self._readings[rule.number] = reading

    def rule(self, number: int) -> ClaimRule:
        """A rule by its number; KeyError."""
        return self._readings[number].rule

    def means(self, number: int, line: PaymentLine) -> bool:
        """Whether a rule means a line, whichever counts for it."""
        return self._readings[number].means(line)

    def best(self, line: PaymentLine) -> ClaimRule | None:
        """The rule that counts for a line; None where none means it."""
        firsts = (self._first(unit, line) for unit in (None, *_units(line)))
        found = [rule for rule in firsts if rule is not None]
        return max(found, key=lambda rule: rule.rank, default=None)

    def _first(self, unit: str | None, line: PaymentLine) -> ClaimRule | None:
        readings = self._by_unit.get(unit, ())
        return next((one.rule for one in readings if one.means(line)), None)

"""What a person settled about an indicator, and how it outlives a new declaration (rules §4, §5).

A person's choice beats the proposal. It holds for what was printed: a row declared anew with
another value keeps the chosen kind, and its other questions are open again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from domain.indicator import Indicator, TargetValue
from domain.target_value import fold

_READING = (
    *("value", "kind", "measured", "to_confirm"),
    *("milestones", "baseline", "parts", "from_payments"),
)
"""What is read from a printed value, and what people add to be able to judge it."""

_KIND = ("kind", "measured")
_SCORING = ("weight", "scoring_standard")


@dataclass(frozen=True, slots=True)
class SettledRow:
    """An indicator as it was declared when a person settled it, and as it is to be judged."""

    declared: Indicator
    settled: Indicator

    def onto(self, row: Indicator) -> Indicator:
        """Carry what was settled onto the same indicator as declared now."""
        if row == self.declared:
            return self.settled
        kept = {name: getattr(self.settled, name) for name in self._kept(row)}
        return replace(row, **kept)

    def _kept(self, row: Indicator) -> Iterator[str]:
        """Name the fields that stay as the person left them."""
        if same_print(row.value, self.declared.value):
            yield from _READING
        elif row.kind is self.declared.kind:
            yield from filter(self._changed, _KIND)
        for name in filter(self._changed, _SCORING):
            if getattr(row, name) == getattr(self.declared, name):
                yield name

    def _changed(self, name: str) -> bool:
        return bool(getattr(self.settled, name) != getattr(self.declared, name))


def same_print(one: TargetValue, other: TargetValue) -> bool:
    """Whether two values are printed alike: the text, and a unit in a column of its own."""
    return one.text == other.text and _unit_apart(one) == _unit_apart(other)


def _unit_apart(value: TargetValue) -> str | None:
    unit = value.unit
    return None if unit is None or fold(unit) in fold(value.text) else unit

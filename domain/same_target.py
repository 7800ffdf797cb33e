"""Whether two printed values set the same target: a file's beside the record's."""

from __future__ import annotations

from domain.identity import folded
from domain.indicator import TargetValue
from domain.target_value import fold, read_value


def sets_the_same(printed: TargetValue, known: TargetValue) -> bool:
    """Whether what a file prints says nothing else than what is known.

    Alike in text, or in number; sign and unit as far as the file prints them, in the text or in
    columns of their own: what it leaves out contradicts nothing.
    """
    if _alike(printed.text, known.text):
        own = read_value(known.text).comparator
        return printed.comparator in {None, known.comparator, own}
    return (
        printed.number is not None
        and printed.number == known.number
        and printed.comparator in {None, known.comparator}
        and printed.unit in {None, known.unit}
    )


def _alike(one: str, other: str) -> bool:
    return folded(fold(one)) == folded(fold(other))

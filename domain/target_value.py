"""Reading a printed value: comparator, number, unit, day (rules §4).

Nothing is guessed: what the text does not say stays None, and the text stays beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from domain.due_day import days_named, strip_days
from domain.indicator import Comparator, TargetValue
from domain.numerals import in_digits
from domain.traditional import SIMPLIFIED
from domain.wording import (
    PLACEHOLDER_UNITS,
    SIGNS,
    TIME_UNITS,
    UNIT_PATTERN,
    WORDS_AFTER,
    WORDS_BEFORE,
    is_rate_name,
)

LONGEST_VALUE = 500
"""Characters; what is longer is prose, and no number is looked for in it."""

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_SIMPLE = _FULL_WIDTH | SIMPLIFIED


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_NUMBER = r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_FREE_NUMBER = re.compile(rf"(?<![0-9A-Za-z.第])(?:{_NUMBER})")
_SIGN = re.compile(_any_of(SIGNS))
_SIGN_THEN_NUMBER = re.compile(
    rf"({_any_of((*SIGNS, *WORDS_BEFORE))})([^0-9,;，；。]{{0,20}}?)({_NUMBER})"
)
_AFTER = re.compile(rf"(?:\(含\)|含|\(含本数\))?({_any_of(WORDS_AFTER)})")
_BARE_UNIT = re.compile(r"[A-Za-z%‰℃°\u4e00-\u9fff·/㎡]{1,8}(?=$|[(,;，；。、|])")
_RANGE = re.compile(
    rf"(?<![0-9])(?P<low>{_NUMBER})(?P<unit>%?[万亿元]?)(?:-|~|—|–|至|到)(?P<high>{_NUMBER})"
)
_TOLERANCE = re.compile(rf"(?<![0-9]){_NUMBER}%?(?:±|\+-){_NUMBER}")
_BASELINE = re.compile(r"上年|去年|往年|上一年|历年|同期|上期|基期")
_SEPARATOR = re.compile(r"[;\n\r]+|、|,(?![0-9]{3}(?![0-9]))|且(?=[≥≤><=])")
_INCLUDED = re.compile(r"\(含[^()]+\)")
_UNIT_IN_BRACKETS = re.compile(rf"(?<=[0-9])\(({UNIT_PATTERN.pattern})\)")
_ODD_ONES = re.compile(rf"(?<=[0-9])[余多](?={UNIT_PATTERN.pattern})")
_RECURRING_DAY = re.compile(r"(?:每|次|当)(?:个)?(?:年|季度?|月|周).{0,4}?[0-9]{1,2}[日号]")
_NAMED_UNIT = re.compile(rf"\((?:单位:)?({UNIT_PATTERN.pattern})\)$")
_MULTIPLES = frozenset("万亿千百")


@dataclass(frozen=True, slots=True)
class _Found:
    """A number in its place, with the unit and comparator printed around it."""

    comparator: Comparator | None
    number: Decimal
    unit: str | None


def fold(text: str) -> str:
    """Make full-width characters narrow and simple, drop blanks, but never join two numbers."""
    narrow = text.translate(_SIMPLE)
    apart = re.sub(r"(?<=[0-9.%])\s+(?=[0-9.])", "|", narrow)
    return re.sub(r"\s+", "", apart)


def refers_to_baseline(text: str) -> bool:
    """Say whether a value is measured against an earlier year: 不低于上年."""
    return bool(_BASELINE.search(text))


def is_range(text: str) -> bool:
    """Say whether a value is printed as from-to (90%-95%, 90±5), which is no single target."""
    folded = strip_days(fold(text))
    return bool(_RANGE.search(folded) or _TOLERANCE.search(folded))


def bounds_of(text: str) -> tuple[str, str] | None:
    """The two ends of a value printed as from-to, each with its unit: 90%, 95%; else None."""
    folded = strip_days(fold(text))
    found = _RANGE.search(folded)
    if found is None:
        return None
    own = found["unit"]
    unit = _unit_of(folded[found.end() :]) or own
    lower = unit if unit.startswith(own) else own
    return f"{found['low']}{lower}", f"{found['high']}{unit}"


def is_cut_off(text: str) -> bool:
    """Say whether a value breaks off at its comparator: 比例≥ with nothing behind."""
    folded = fold(text)
    ends = [m for m in _SIGN.finditer(folded) if m.end() == len(folded)]
    return bool(ends) and _sign_behind(folded) is None


def numbers_with_units(text: str) -> tuple[tuple[Decimal, str], ...]:
    """List the numbers in a phrase that carry a known unit: a target hidden in a name."""
    folded = strip_days(fold(text[:LONGEST_VALUE]))
    found = ((m, _known_unit(folded[m.end() :])) for m in _FREE_NUMBER.finditer(folded))
    return tuple((_decimal(m.group()), unit) for m, unit in found if unit is not None)


def split_values(text: str) -> tuple[str, ...]:
    """Split a cell with several values (20 人; 2.8 万人); a plain cell comes back alone."""
    if len(text) > LONGEST_VALUE:
        return (text.strip(),)
    parts = tuple(part.strip() for part in _parted(text) if part.strip())
    if len(parts) > 1 and all(_is_value(part) for part in parts):
        return parts
    return (text.strip(),)


def _parted(text: str) -> list[str]:
    """Part a text as printed at what separates values, whatever width that is printed in."""
    ends = [(m.start(), m.end()) for m in _SEPARATOR.finditer(text.translate(_FULL_WIDTH))]
    starts = [0, *(end for _, end in ends)]
    return [text[a:b] for a, (b, _) in zip(starts, [*ends, (len(text), 0)], strict=True)]


def _is_value(part: str) -> bool:
    found = _number_in(_restated(fold(part)))
    return found is not None and (found.unit is not None or found.comparator is not None)


def read_value(
    text: str, *, name: str = "", unit: str | None = None, year: int | None = None
) -> TargetValue:
    """Read one printed value; never raises, leaves None what the text does not say.

    ``unit`` is the form's own column of units, used where the value has none. ``year`` dates
    a value without a year (12月底). ``name`` tells that a bare number is percent: the target
    of a rate printed without % (rules §4). A cell of two values has no number of its own, only
    the column's unit, which is that of its parts.
    """
    if len(text) > LONGEST_VALUE:
        return TargetValue(text.strip())
    folded = fold(text)
    due_on = days_named(folded, year)
    several = len(split_values(text)) > 1
    found = None if several or is_range(text) else _number_in(_restated(folded))
    if found is None:
        of_parts = _unit_in(unit) if several else None
        return TargetValue(text.strip(), _comparator_alone(folded), None, of_parts, due_on)
    return TargetValue(
        text.strip(),
        found.comparator,
        found.number,
        _unit_with(found.unit, _unit_beside(found.number, name, unit)),
        due_on,
    )


def unit_in_name(name: str) -> str | None:
    """Find the unit that a name ends with in brackets: 培训场次（场）."""
    found = _NAMED_UNIT.search(fold(name))
    return found.group(1) if found else None


def _restated(folded: str) -> str:
    """Write a value as its number stands alone: no days, digits for numerals, units beside."""
    alone = _INCLUDED.sub("", strip_days(_RECURRING_DAY.sub("|", folded)))
    return _ODD_ONES.sub("", _UNIT_IN_BRACKETS.sub(r"\1", in_digits(alone)))


def _unit_with(printed: str | None, beside: str | None) -> str | None:
    """Put a multiple behind the number before the unit of the column: 2.8万 and 人."""
    if printed in _MULTIPLES and beside:
        return f"{printed}{beside}"
    return printed or beside


def _comparator_alone(folded: str) -> Comparator | None:
    """Find the sign of a value without a number; words count only before a baseline."""
    sign = _SIGN.search(folded)
    if sign:
        return Comparator(SIGNS[sign.group()])
    if refers_to_baseline(folded):
        for word, meaning in WORDS_BEFORE.items():
            if word in folded:
                return Comparator(meaning)
    return None


def _unit_beside(number: Decimal, name: str, column: str | None) -> str | None:
    """Take the unit from its own column, else % where a rate is printed bare."""
    bare_rate = is_rate_name(name) and 0 <= number <= 100
    return _unit_in(column) or unit_in_name(name) or ("%" if bare_rate else None)


def _unit_in(column: str | None) -> str | None:
    """Read the form's column of units; strokes and the like stand for none."""
    printed = fold(column or "")
    return None if printed in PLACEHOLDER_UNITS else printed


def _number_in(folded: str) -> _Found | None:
    """Find the one number a text states, or None where there is none or more than one."""
    signed = _SIGN_THEN_NUMBER.search(folded)
    if signed:
        sign = signed.group(1)
        meaning = SIGNS.get(sign) or WORDS_BEFORE[sign]
        number, rest = signed.group(3), folded[signed.end() :]
        return _Found(Comparator(meaning), _decimal(number), _unit_of(rest))
    return _sign_behind(folded) or _plain_number(folded)


def _sign_behind(folded: str) -> _Found | None:
    """Read a number whose sign stands last: 95%≥."""
    whole = re.fullmatch(rf"({_NUMBER})([^0-9]{{0,8}}?)({_any_of(SIGNS)})", folded)
    if whole is None:
        return None
    number, unit, sign = whole.groups()
    return _Found(Comparator(SIGNS[sign]), _decimal(number), unit or None)


def _plain_number(folded: str) -> _Found | None:
    """Read a number without a sign before it; words behind it (以上, 以内) are its comparator."""
    numbers = list(_FREE_NUMBER.finditer(folded))
    if not numbers:
        return None
    first = numbers[0]
    rest = folded[first.end() :]
    unit = _unit_of(rest)
    after = _word_after(rest, unit)
    remark = rest[len(unit or "") :].startswith("(")
    alone = len(numbers) == 1 or (first.start() == 0 and remark)
    stated = first.start() == 0 or after is not None or _known_unit(rest) is not None
    return _Found(after, _decimal(first.group()), unit) if alone and stated else None


def _word_after(rest: str, unit: str | None) -> Comparator | None:
    tail = rest[len(unit or "") :]
    word = _AFTER.match(tail)
    if word:
        return Comparator(WORDS_AFTER[word.group(1)])
    within = unit is not None and unit.endswith(TIME_UNITS) and tail.startswith("内")
    return Comparator.AT_MOST if within else None


def _known_unit(rest: str) -> str | None:
    known = UNIT_PATTERN.match(rest)
    return known.group() if known else None


def _unit_of(rest: str) -> str | None:
    """Read the unit that stands directly behind a number, as printed."""
    known = _known_unit(rest)
    if known is not None:
        return known
    bare = _BARE_UNIT.match(rest)
    return _without_after(bare.group()) or None if bare else None


def _without_after(unit: str) -> str:
    """Cut a comparator in words off the end of a unit the lists do not have: 框以上."""
    for word in sorted(WORDS_AFTER, key=len, reverse=True):
        unit = unit.split(word, maxsplit=1)[0]
    return unit


def _decimal(printed: str) -> Decimal:
    return Decimal(printed.replace(",", ""))

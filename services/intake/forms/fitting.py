"""How well a printed cell fits a column: points for and against, by what the cell looks like."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from services.intake.forms import shapes
from services.intake.forms.labels import Level, Vocabulary
from services.intake.forms.levels import parted

NEVER = -60
"""What no careful reader takes a cell for: 质量指标 for a class of indicators."""
MISFIT = -10
"""From here on down a cell may not belong where it stands."""

_ENDINGS = frozenset({"指标", "标", "目标"})
_LONGEST_LEVEL = 12
"""Characters; what is longer is no level of indicators."""

Points = Callable[[str, Vocabulary], int]


@lru_cache(maxsize=8192)
def points(field: str, text: str, words: Vocabulary) -> int:
    """Say how well a text fits a column, from ``NEVER`` to 60."""
    return _POINTS.get(field, _free)(text, words)


def _level(text: str, words: Vocabulary, whole: int) -> int:
    """Take a level without its ending for less: 服务对象满意度 may be a name."""
    return whole if words.is_level(text) else whole - 20


def _is_part(text: str, words: Vocabulary) -> bool:
    """Say whether a text is the ending of a level that was broken in its cell, or two in one."""
    return text in _ENDINGS or parted(text, None, words) != (text, None)


def _class(text: str, words: Vocabulary) -> int:
    level = words.level(text)
    if level is Level.CATEGORY:
        return NEVER
    if level is not None:
        return _level(text, words, 60 if level is Level.CLASS else 50)
    if _is_part(text, words):
        return 30
    odd = shapes.is_value(text) or shapes.is_sign(text) or len(text) > _LONGEST_LEVEL
    return -45 if odd else -25


def _category(text: str, words: Vocabulary) -> int:
    level = words.level(text)
    if level is Level.CLASS:
        return NEVER
    if level is not None:
        return _level(text, words, 60 if level is Level.CATEGORY else 50)
    if _is_part(text, words):
        return 30
    odd = shapes.is_value(text) or shapes.is_sign(text) or shapes.is_unit_word(text)
    return -40 if odd or len(text) > _LONGEST_LEVEL else -20


def _either_level(text: str, words: Vocabulary) -> int:
    return max(_class(text, words), _category(text, words))


def _level_or_name(text: str, words: Vocabulary) -> int:
    return max(_category(text, words), _name(text, words))


def _name(text: str, words: Vocabulary) -> int:
    if words.is_level(text):
        return -40
    if shapes.is_sign(text):
        return -50
    if shapes.is_nothing(text):
        return 5
    if shapes.is_plain_number(text):
        return -35
    if shapes.is_value(text):
        return -15
    return 6 if words.level(text) else 12


def _value(text: str, words: Vocabulary) -> int:
    if words.is_level(text):
        return NEVER
    if shapes.is_sign(text):
        return -15
    if shapes.is_nothing(text):
        return 0 if shapes.is_placeholder_code(text) else 10
    return 30 if shapes.is_value(text) else _worded_value(text)


def _worded_value(text: str) -> int:
    if shapes.is_unit_word(text):
        return -10
    if shapes.is_outcome(text):
        return 16
    return 8 if len(text) <= 12 else 0 if len(text) <= 20 else -8


def _comparator(text: str, words: Vocabulary) -> int:
    if shapes.is_sign_word(text):
        return 50
    return (
        10 if shapes.is_direction(text) or shapes.is_blank_unit(text) else _free(text, words) - 45
    )


def _direction(text: str, words: Vocabulary) -> int:
    if shapes.is_direction(text):
        return 50
    return (
        10 if shapes.is_sign_word(text) or shapes.is_blank_unit(text) else _free(text, words) - 45
    )


def _unit(text: str, words: Vocabulary) -> int:
    if shapes.is_unit_word(text):
        return 30
    if shapes.is_blank_unit(text):
        return 20
    short = len(text) <= 6 and not any(map(str.isdigit, text))
    odd = shapes.is_sign_word(text) or shapes.is_direction(text) or words.is_level(text)
    return 5 if short and not odd else -40


def _weight(text: str, _: Vocabulary) -> int:
    if shapes.is_points(text):
        return 25
    return 5 if shapes.is_blank_unit(text) else -40


def _standard(text: str, words: Vocabulary) -> int:
    return 15 if "分" in text else _free(text, words)


def _remark(text: str, words: Vocabulary) -> int:
    return min(0, _free(text, words))


def _free(text: str, words: Vocabulary) -> int:
    """Running text: anything but a level or a lone sign."""
    if words.is_level(text):
        return -50
    return -20 if shapes.is_sign(text) else 3


def _title(text: str, words: Vocabulary) -> int:
    """Take the name of a project."""
    if words.is_level(text):
        return NEVER
    if shapes.is_amount(text) or shapes.is_value(text) or shapes.is_sign(text):
        return -40
    return 8


def _office(text: str, words: Vocabulary) -> int:
    return 15 if shapes.is_unit_name(text) else _title(text, words) - 8


def _code(text: str, _: Vocabulary) -> int:
    return 30 if shapes.is_code(text) and not shapes.is_sign(text) else -50


def _money(text: str, _: Vocabulary) -> int:
    if shapes.is_amount(text):
        return 30
    return 5 if shapes.is_blank_unit(text) else -50


def _objective(text: str, words: Vocabulary) -> int:
    if words.is_level(text):
        return NEVER
    if shapes.is_value(text) or shapes.is_sign_word(text):
        return -40
    return 12 if len(text) >= 8 else 0


def _other(text: str, words: Vocabulary) -> int:
    """Take what stands under a heading that nobody reads."""
    return NEVER if words.is_level(text) else 0


_POINTS: Mapping[str, Points] = {
    "indicator_class": _class,
    "indicator_category": _category,
    "either_level": _either_level,
    "level_or_name": _level_or_name,
    "name": _name,
    "value": _value,
    "value_half": _value,
    "value_past": _value,
    "comparator": _comparator,
    "direction": _direction,
    "unit": _unit,
    "weight": _weight,
    "scoring_standard": _standard,
    "remark": _remark,
    "serial": _weight,
    "unknown": _other,
    "project_name": _title,
    "implementing_unit": _office,
    "supervising_department": _office,
    "department_name": _office,
    "project_code": _code,
    "implementing_unit_code": _code,
    "department_code": _code,
    **dict.fromkeys(
        (
            *("total", "fiscal", "fiscal_part", "local", "carried_over", "other", "other_part"),
            "medium_term_total",
        ),
        _money,
    ),
    "annual_objective": _objective,
    "medium_term_objective": _objective,
    "purpose": _objective,
}

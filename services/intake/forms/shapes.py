"""What a printed cell looks like, whatever column it stands in: a sign, a value, an amount."""

from __future__ import annotations

import re

from domain.due_day import names_a_day
from domain.kind_words import NOT_APPLICABLE
from domain.target_value import fold
from domain.wording import PLACEHOLDER_UNITS, SIGNS, UNIT_PATTERN, WORDS_AFTER, WORDS_BEFORE
from services.intake.forms.money import read_amount

LONGEST_VALUE = 40
"""Characters; what is longer is no value of its own but a sentence."""

LONGEST_OUTCOME = 12
_DEGREE = (
    "明显|有效|显著|持续|逐步|逐年|不断|进一步|有所|基本|稳步|大幅|较大|较好|全面|切实|长期|得到"
)
_OUTCOME = (
    "改善|提升|提高|增强|增加|增长|减少|降低|下降|完善|健全|优化|保障|落实|加强|稳定|规范|缓解|"
    "促进|改观|好转|达标|合格|优良|良好|优秀|发挥作用|运行|推进|满足"
)
OUTCOME = re.compile(rf"(?:(?:{_DEGREE})+(?:{_OUTCOME})?|{_OUTCOME})$")
"""Words of an outcome at the end of a text."""
_ANY_SIGN = re.compile("|".join(map(re.escape, sorted(SIGNS, key=len, reverse=True))))
_WORD_SIGNS = "|".join((*WORDS_BEFORE, *WORDS_AFTER))
_SIGN_WORDS = re.compile(rf"定性|定量|定性指标|定量指标|(?:文字|定性)?描述|文字|(?:{_WORD_SIGNS})")
_DIRECTION = re.compile(r"(?:正|反|逆|负)向(?:指标)?|区间(?:指标)?|越[高低大小]越好")
_NUMBER_AND_UNIT = re.compile(
    r"(?:约|近|达到|达|共|大于|小于)?-?[0-9][0-9,.]*(?:[^0-9]{0,6}?)(?:及?以[上下内]|之?内|左右)?"
)
_POINTS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2})?(?:分|%)?")
_CODE = re.compile(r"[0-9A-Z]{3,24}(?:-[0-9A-Z]+)*", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"[0-9]{6}")
_UNIT_ENDING = re.compile(
    r"(?:局|委|厅|部|办|中心|政府|院|校|所|站|队|处|会|馆|社|室|公司|学校|医院|机关|部门|本级|法院|检察院|街道|乡|镇|署|园)$"
)


def is_sign(text: str) -> bool:
    """Say whether a cell is a comparator and nothing else."""
    return fold(text) in SIGNS


def is_sign_word(text: str) -> bool:
    """Say whether a cell could stand in a column of comparators: ≥, 定性, 大于等于."""
    return is_sign(text) or bool(_SIGN_WORDS.fullmatch(fold(text)))


def is_direction(text: str) -> bool:
    """Say whether a cell could stand in a column of directions: 正向指标."""
    return bool(_DIRECTION.fullmatch(fold(text)))


def is_nothing(text: str) -> bool:
    """Say whether a cell says that there is nothing to measure: 无, 本指标不适用, a code."""
    return bool(NOT_APPLICABLE.fullmatch(fold(text)))


def is_placeholder_code(text: str) -> bool:
    """Say whether a cell holds a system's code in place of a name: 110001."""
    return bool(_PLACEHOLDER.fullmatch(fold(text)))


def is_plain_number(text: str) -> bool:
    """Say whether a cell is a number, with or without %."""
    return read_amount(fold(text).rstrip("%")) is not None


def is_value(text: str) -> bool:
    """Say whether a cell looks like a target: a sign in it, a number with a unit, a day."""
    folded = fold(text)
    if len(folded) > LONGEST_VALUE:
        return False
    if _ANY_SIGN.search(folded) or _NUMBER_AND_UNIT.fullmatch(folded):
        return True
    return len(folded) <= 20 and names_a_day(folded)


def is_outcome(text: str) -> bool:
    """Say whether a cell says how something is to come out, without a number: 持续改善."""
    return len(text) <= LONGEST_OUTCOME and bool(OUTCOME.search(text.strip()))


def is_unit_word(text: str) -> bool:
    """Say whether a cell is a known unit of measure: 万元, %, 人次."""
    folded = fold(text)
    return bool(UNIT_PATTERN.fullmatch(folded))


def is_blank_unit(text: str) -> bool:
    """Say whether a cell stands for no unit: /."""
    return fold(text) in PLACEHOLDER_UNITS


def is_points(text: str) -> bool:
    """Say whether a cell could be a weight: 10, 12.5, 15分, 20%."""
    return bool(_POINTS.fullmatch(fold(text)))


def is_amount(text: str) -> bool:
    """Say whether a cell is an amount of money."""
    return read_amount(text) is not None


def is_code(text: str) -> bool:
    """Say whether a cell is the code of a unit or project."""
    folded = fold(text)
    return bool(_CODE.fullmatch(folded)) and any(map(str.isdigit, folded))


def is_unit_name(text: str) -> bool:
    """Say whether a cell ends as the names of offices, schools and governments do."""
    return bool(_UNIT_ENDING.search(re.sub(r"[(（][^()（）]*[)）]$", "", text.strip())))

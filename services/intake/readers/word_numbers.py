"""Word's automatic numbering: what is printed before a paragraph and is not in its text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from services.intake.readers.markup import Element, attribute, whole

_PLACE = re.compile(r"%([1-9])")
_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "chineseLegalSimplified",
        "ideographDigital",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
    }
)


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level counts: from where, in which figures, and the text around them (``%1.``)."""

    start: int = 1
    figure: str = "decimal"
    text: str = ""


class Numbering:
    """Counts the numbered paragraphs of a document, asked for in reading order."""

    def __init__(self, numbers: Element | None, styles: Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._kind_of: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = defaultdict(dict)
        self._of_style: dict[str, tuple[str, int]] = {}
        self._counted: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[str] = set()
        if numbers is not None:
            self._learn_numbers(numbers)
        if styles is not None:
            self._learn_styles(styles)

    def before(self, paragraph: Element) -> str:
        """Count a paragraph, and answer what is printed before it; "" for none or a bullet."""
        number_id, depth = self._asked(paragraph)
        kind = self._kind_of.get(number_id, "")
        levels = self._levels.get(kind, {})
        level = levels.get(depth)
        if level is None:
            return ""
        counted = self._counted[kind]
        if number_id not in self._begun:
            self._begun.add(number_id)
            counted.update({at: start - 1 for at, start in self._restarts[number_id].items()})
        counted[depth] = counted.get(depth, level.start - 1) + 1
        for deeper in [at for at in counted if at > depth]:
            del counted[deeper]
        if level.figure in {"bullet", "none"}:
            return ""

        def figure(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            shown = levels.get(at, _Level())
            return _figure(counted.get(at, shown.start), shown.figure)

        return _PLACE.sub(figure, level.text)

    def _asked(self, paragraph: Element) -> tuple[str, int]:
        own = paragraph.find("{*}pPr/{*}numPr")
        if own is None:
            style = attribute(paragraph.find("{*}pPr/{*}pStyle"), "val")
            return self._of_style.get(style or "", ("", 0))
        return _number_and_depth(own)

    def _learn_numbers(self, numbers: Element) -> None:
        for one in numbers.iterfind("{*}abstractNum"):
            self._levels[attribute(one, "abstractNumId") or ""] = {
                whole(attribute(level, "ilvl")): _level(level) for level in one.iterfind("{*}lvl")
            }
        for one in numbers.iterfind("{*}num"):
            number_id = attribute(one, "numId") or ""
            self._kind_of[number_id] = attribute(one.find("{*}abstractNumId"), "val") or ""
            for override in one.iterfind("{*}lvlOverride"):
                start = attribute(override.find("{*}startOverride"), "val")
                if start is not None:
                    self._restarts[number_id][whole(attribute(override, "ilvl"))] = whole(start)

    def _learn_styles(self, styles: Element) -> None:
        for style in styles.iterfind("{*}style"):
            numbers = style.find("{*}pPr/{*}numPr")
            if numbers is not None:
                self._of_style[attribute(style, "styleId") or ""] = _number_and_depth(numbers)


def _number_and_depth(numbers: Element) -> tuple[str, int]:
    number_id = attribute(numbers.find("{*}numId"), "val") or ""
    return number_id, whole(attribute(numbers.find("{*}ilvl"), "val"))


def _level(element: Element) -> _Level:
    return _Level(
        whole(attribute(element.find("{*}start"), "val"), 1),
        attribute(element.find("{*}numFmt"), "val") or "decimal",
        attribute(element.find("{*}lvlText"), "val") or "",
    )


def _figure(number: int, kind: str) -> str:
    if kind in _CHINESE:
        return chinese(number)
    if kind == "decimalEnclosedCircle" and 1 <= number <= 20:
        return chr(0x245F + number)
    if kind == "ideographTraditional" and 1 <= number <= 10:
        return _STEMS[number - 1]
    if kind in {"upperLetter", "lowerLetter"} and 1 <= number <= 26:
        return chr((64 if kind == "upperLetter" else 96) + number)
    if kind in {"upperRoman", "lowerRoman"} and 1 <= number <= 39:
        return _roman(number) if kind == "upperRoman" else _roman(number).lower()
    return str(number)


def chinese(number: int) -> str:
    """Count as headings do, from 一 to 九十九; beyond that in figures."""
    if not 1 <= number <= 99:
        return str(number)
    tens, units = divmod(number, 10)
    front = ("", "十")[tens] if tens < 2 else f"{_DIGITS[tens]}十"
    return front + (_DIGITS[units] if units else "")


def _roman(number: int) -> str:
    said = ""
    for worth, sign in _ROMAN:
        times, number = divmod(number, worth)
        said += sign * times
    return said

"""An indicator written as a phrase: 数量指标：举办招聘会≥24场."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.wording import SIGNS, WORDS_BEFORE
from services.intake.forms.labels import Level, Vocabulary
from services.intake.forms.shapes import OUTCOME

_END = re.compile(r"[；;。\n]+")
_NUMBER = re.compile(
    r"^\s*(?:[(（]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）]|[0-9]{1,2}[.、．](?![0-9])"
    r"|[一二三四五六七八九十]{1,3}、|[①-⑳]|[•·●▪■◆\-—])\s*"
)
_LABEL = re.compile(r"^\s*([^：:；;。，,]{2,24})(?:[：:]\s*|$)")
_COLON = re.compile(r"[：:]")
_COMMA = re.compile(r"，|,(?![0-9]{3})|、(?=[^0-9]{2})")
_SIGN = "|".join(map(re.escape, sorted((*SIGNS, *WORDS_BEFORE, "＞", "＜", "＝"), key=len)[::-1]))
_SIGNED = re.compile(rf"(?:达到|达|为|须|应)?(?:{_SIGN})\s*[0-9０-９].*$")
_NUMBERED = re.compile(
    r"(?:达到|达|约)?[0-9０-９][0-9０-９,，.．]*\s*(?:[%％]|[^0-9０-９，,：:（(]{0,6}?)(?:(?:及)?以[上下内]|之?内|左右)?$"
)
_DAY = re.compile(
    r"(?:于|在)?(?:20[0-9]{2}年)?(?:1[0-2]|0?[1-9])月(?:[0-9]{1,2}日|底|末|初)?(?:之?前|以前|完成)*$|(?:于|在)?(?:年底|年内)(?:之?前|完成)*$"
)
_JOINT = " \t\u3000：:，,、—-"


@dataclass(frozen=True, slots=True)
class Phrase:
    """The levels that hold, the name and the value of one phrase; None where it says none."""

    indicator_class: str | None
    category: str | None
    name: str | None
    value: str | None


@dataclass(slots=True)
class Held:
    """The levels that hold for what follows, and how they were printed.

    ``alone``: the class stood on a line of its own, ``numbered`` in the manner of a mark such
    as 一、; ``open``: a level ended its line, so that the lines below it are its indicators.
    """

    indicator_class: str | None = None
    category: str | None = None
    alone: bool = False
    numbered: str = ""
    open: bool = False

    def take(self, sentence: str, words: Vocabulary) -> tuple[bool, str]:
        """Take the levels that a sentence begins with; say whether it has any, and the rest."""
        mark = _mark(sentence)
        text = _NUMBER.sub("", sentence)
        said, said_class = False, False
        while (found := _LABEL.match(text)) and (level := words.level(found.group(1))):
            text = _NUMBER.sub("", text[found.end() :])
            other = self.alone and (mark != self.numbered or bool(text and not mark))
            below = level is Level.CATEGORY or (level is Level.EITHER and (said_class or other))
            named = re.sub(r"\s+", "", found.group(1))
            if below:
                self.category = named
            else:
                self.indicator_class, self.category, said_class = named, None, True
                self.alone, self.numbered = not text, mark
            said = True
        self.open = not text.strip() if said else self.open
        return said, text.strip()


def _mark(sentence: str) -> str:
    """The manner in which a sentence is numbered: 一、, （一）, 1., or not at all."""
    found = _NUMBER.match(sentence)
    return re.sub(r"[0-9一二三四五六七八九十]+", "一", found.group().strip()) if found else ""


def phrases(text: str, words: Vocabulary, held: Held | None = None) -> Iterator[Phrase]:
    """Part a text into its indicators; nothing before the first level that it names.

    A level holds until the next one; a class that follows ends the category. Below a level that
    stood alone on its line (``held``) a text without one is an indicator if it has a value.
    """
    levels = Held() if held is None else held
    named = False
    for sentence in filter(None, map(str.strip, _END.split(text))):
        said, rest = levels.take(sentence, words)
        named = named or said
        if not rest or _is_labelled(rest, words):
            continue
        pairs = _several(rest)
        if not named and not (levels.open and all(value for _, value in pairs)):
            levels.open = False
            continue
        yield from (Phrase(levels.indicator_class, levels.category, *pair) for pair in pairs)


def under(levels: Iterable[str], text: str) -> str:
    """A text as if the levels that stand over it were printed before it."""
    return "".join(f"{level}：" for level in levels) + text


def _is_labelled(sentence: str, words: Vocabulary) -> bool:
    """Say whether a sentence is about something else: 绩效目标：…."""
    label = _LABEL.match(sentence)
    return label is not None and words.head_label(label.group(1)) is not None


def _several(sentence: str) -> list[tuple[str | None, str | None]]:
    """Part a sentence at its commas where each part has a name and a number or day of its own."""
    parts = [part.strip() for part in _COMMA.split(sentence) if part.strip()]
    cut = [_cut(part, (_SIGNED, _DAY, _NUMBERED)) for part in parts]
    whole = [pair for pair in cut if pair and pair[0]]
    return [*whole] if len(whole) == len(parts) > 1 else [name_and_value(sentence)]


def name_and_value(phrase: str) -> tuple[str | None, str | None]:
    """Cut a phrase into its name and its value: at its colon, else by what stands at its end.

    That is a sign with a number, a day, a number with its unit, or words of an outcome. A phrase
    that is nothing else is all value, one with none of these all name.
    """
    name, *rest = _COLON.split(phrase, maxsplit=1)
    if name.strip(_JOINT) and rest and rest[0].strip():
        return name.strip(_JOINT), rest[0].strip()
    return _cut(phrase, (_SIGNED, _DAY, _NUMBERED, OUTCOME)) or (phrase, None)


def _cut(phrase: str, ends: tuple[re.Pattern[str], ...]) -> tuple[str | None, str] | None:
    for pattern in ends:
        found = pattern.search(phrase)
        if found:
            return phrase[: found.start()].strip(_JOINT) or None, found.group().strip(_JOINT)
    return None

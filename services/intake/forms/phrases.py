"""An indicator written as a phrase: 数量指标：举办招聘会≥24场."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.wording import SIGNS, WORDS_BEFORE
from services.intake.forms.labels import Level, Vocabulary

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
_DEGREE = (
    "明显|有效|显著|持续|逐步|逐年|不断|进一步|有所|基本|稳步|大幅|较大|较好|全面|切实|长期|得到"
)
_OUTCOME = (
    "改善|提升|提高|增强|增加|增长|减少|降低|下降|完善|健全|优化|保障|落实|加强|稳定|规范|缓解|"
    "促进|改观|好转|达标|合格|优良|良好|优秀|发挥作用|运行|推进|满足"
)
_WORDED = re.compile(rf"(?:(?:{_DEGREE})+(?:{_OUTCOME})?|{_OUTCOME})$")
_JOINT = " \t\u3000：:，,、—-"


@dataclass(frozen=True, slots=True)
class Phrase:
    """The levels that hold, the name and the value of one phrase; None where it says none."""

    indicator_class: str | None
    category: str | None
    name: str | None
    value: str | None


def phrases(text: str, words: Vocabulary) -> Iterator[Phrase]:
    """Part a text into its indicators; nothing before the first level that it names.

    A level holds until the next one; a class that follows ends the category.
    """
    held: tuple[str | None, str | None] = (None, None)
    for sentence in _END.split(text):
        held, rest = _levels(_NUMBER.sub("", sentence), held, words)
        if any(held) and rest and not _is_labelled(rest, words):
            yield from (Phrase(*held, *parts) for parts in _several(rest))


def _is_labelled(sentence: str, words: Vocabulary) -> bool:
    """Say whether a sentence is about something else: 绩效目标：…."""
    label = _LABEL.match(sentence)
    return label is not None and words.head_label(label.group(1)) is not None


def _levels(
    text: str, held: tuple[str | None, str | None], words: Vocabulary
) -> tuple[tuple[str | None, str | None], str]:
    """Take the levels that a sentence begins with; the rest speaks of what holds then."""
    while (found := _LABEL.match(text)) and (level := words.level(found.group(1))):
        named = re.sub(r"\s+", "", found.group(1))
        held = (held[0], named) if level is Level.CATEGORY else (named, None)
        text = _NUMBER.sub("", text[found.end() :])
    return held, text.strip()


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
    return _cut(phrase, (_SIGNED, _DAY, _NUMBERED, _WORDED)) or (phrase, None)


def _cut(phrase: str, ends: tuple[re.Pattern[str], ...]) -> tuple[str | None, str] | None:
    for pattern in ends:
        found = pattern.search(phrase)
        if found:
            return phrase[: found.start()].strip(_JOINT) or None, found.group().strip(_JOINT)
    return None

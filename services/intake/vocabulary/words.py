"""Reading the vocabulary of a kind of table, once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from services.intake.vocabulary.folding import normalised_heading


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The headings of a kind of table, by field, the preferred one first.

    ``required`` are the fields without which a row is no heading, ``any_of`` the groups of
    which it needs one each; ``money`` are read in the column's unit. ``patterns`` are headings
    that say more than their field (1—7月执行情况), ``labels`` stand above a table that is a form.
    ``sample`` is a template's: its headings as printed, and what stands below them in a row.
    """

    name: str
    title: str
    headings: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    any_of: tuple[tuple[str, ...], ...] = ()
    money: frozenset[str] = frozenset()
    titles: Mapping[str, str] = field(default_factory=dict)
    patterns: Mapping[str, tuple[re.Pattern[str], ...]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    sample: Mapping[str, str] = field(default_factory=dict)

    def title_of(self, wanted: str) -> str:
        """What a field is called, in messages."""
        return self.titles.get(wanted) or self.headings[wanted][0]

    def field_named(self, said: str) -> str | None:
        """The field that a person means, by its name, its title or one of its headings."""
        if said in self.headings:
            return said
        folded = normalised_heading(said)
        for wanted, names in self.headings.items():
            if folded in names or said == self.titles.get(wanted):
                return wanted
        return None

    def by_pattern(self, heading: str) -> str | None:
        """The field of a heading that says more than its field."""
        for wanted, patterns in self.patterns.items():
            if any(pattern.fullmatch(heading) for pattern in patterns):
                return wanted
        return None

    def missing(self, found: Iterable[str]) -> list[str]:
        """The titles of what a heading with these fields still lacks."""
        known = set(found)
        lacking = [name for name in self.required if name not in known]
        lacking += [group[0] for group in self.any_of if not known & set(group)]
        return [self.title_of(name) for name in lacking]


@cache
def vocabulary_of(name: str) -> Vocabulary:
    """The vocabulary of a kind of table, by the name of its file."""
    data = _data(name)
    headings = {wanted: tuple(names) for wanted, names in data["headings"].items()}
    return Vocabulary(
        name=name,
        title=data["title"],
        headings=headings,
        required=tuple(data["required"]),
        any_of=tuple(tuple(group) for group in data.get("any_of", ())),
        money=frozenset(data.get("money", ())),
        titles=data.get("titles", {}),
        patterns={
            wanted: tuple(map(re.compile, patterns))
            for wanted, patterns in data.get("patterns", {}).items()
        },
        labels={
            label: wanted for wanted, labels in data.get("labels", {}).items() for label in labels
        },
        words=frozenset(name for names in headings.values() for name in names),
        sample=data.get("sample", {}),
    )


def _data(name: str) -> dict[str, Any]:
    """The words of a kind of table, on top of those of the files that it ``extends``."""
    data = _load(f"{name}.toml")
    whole: dict[str, Any] = {}
    for one in (*map(_data, data.get("extends", ())), data):
        merged = {
            key: words | one.get(key, {})
            for key, words in whole.items()
            if isinstance(words, dict) and key != "sample"
        }
        whole |= one | merged
    return whole


def is_personal(heading: str) -> bool:
    """Whether a folded heading is of a column about persons."""
    return any(word in heading for word in personal_words())


@cache
def personal_words() -> tuple[str, ...]:
    """The words of columns about persons."""
    return tuple(_load("personal.toml")["words"])


def _load(file: str) -> dict[str, Any]:
    text = resources.files("services.intake.vocabulary").joinpath(file).read_text("utf-8")
    return tomllib.loads(text)

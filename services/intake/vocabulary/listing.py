"""The words of all kinds of tables as a page for people, written from the data itself."""

from __future__ import annotations

from collections.abc import Iterator

from services.intake.vocabulary.words import Vocabulary, vocabulary_of

TABLES = (
    *("targets", "monitoring", "self_evaluations", "sheet_money", "achievements", "baselines"),
    *("payments", "funds", "units", "codes"),
)
"""The vocabularies, in the order of the page."""

_HEAD = """# Headings of tables

What the columns of a file may be called, by kind of file. Columns may stand in any order; white space, stars, full width, and units or remarks in brackets make no difference, and a heading may take two rows. Of several columns of a field the first name here wins. Written from `*.toml` beside this page by `python -m tests.golden.refresh_headings`: add a county's words there, not here.
"""  # noqa: E501  # a paragraph of Markdown


def listing() -> str:
    """The page, as Markdown."""
    return "\n".join([_HEAD, *(line for name in TABLES for line in _table(vocabulary_of(name)))])


def _table(words: Vocabulary) -> Iterator[str]:
    yield f"## {words.title} (`{words.name}`)"
    yield ""
    needed = [words.title_of(name) for name in words.required]
    needed += ["、".join(words.title_of(name) for name in group[:1]) for group in words.any_of]
    yield f"Needed: {'; '.join(needed)}."
    yield ""
    yield "| field | headings |"
    yield "|---|---|"
    for name, headings in words.headings.items():
        yield f"| `{name}` | {_cell((*headings, *_patterns(words, name)))} |"
    yield ""
    labels: dict[str, list[str]] = {}
    for label, name in words.labels.items():
        labels.setdefault(name, []).append(label)
    if labels:
        said = "; ".join(f"`{name}` {'、'.join(several)}" for name, several in labels.items())
        yield f"Above a printed sheet: {said}."
        yield ""


def _patterns(words: Vocabulary, name: str) -> Iterator[str]:
    for pattern in words.patterns.get(name, ()):
        yield f"`{pattern.pattern}`"


def _cell(texts: tuple[str, ...]) -> str:
    return "、".join(text.replace("|", "\\|") for text in texts)

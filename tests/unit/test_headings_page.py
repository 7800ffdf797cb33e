"""The page of headings says what the data says, of every kind of table."""

from __future__ import annotations

from pathlib import Path

from services.intake import vocabulary
from services.intake.guessing import TABLES as KINDS
from services.intake.vocabulary import listing
from tests.golden.refresh_headings import PAGE


def test_the_page_is_what_the_data_gives() -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written == listing.listing(), "run: python -m tests.golden.refresh_headings"


def test_every_vocabulary_is_on_the_page() -> None:
    folder = Path(vocabulary.__file__).parent
    # Words for persons, and what several tables build on, are no tables.
    names = {path.stem for path in folder.glob("*.toml")} - {"personal", "execution"}
    assert set(listing.TABLES) == names
    assert set(KINDS.values()) <= names


def test_a_kind_that_builds_on_another_has_its_words_too() -> None:
    base, words = map(vocabulary.vocabulary_of, ("achievements", "self_evaluations"))
    assert words.labels["项目名称"] == "project_name"
    assert words.by_pattern("1-7月执行数") == "executed"
    assert words.headings["evidence"] == base.headings["evidence"]
    assert "备注" not in words.headings["note"]

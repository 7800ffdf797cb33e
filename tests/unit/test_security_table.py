"""The table in ops/security.md names every requirement once, and tests that there are."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "ops" / "security.md"
_ROW = re.compile(r"^\| (\d+)\.(\d+)\.(\d+)(?:–(\d+))? \| (.+) \| (\S+) \| (.+) \|$", re.MULTILINE)
_NAMED = re.compile(r"`([\w./-]+?\.(?:py|md|txt|toml|html))(?:::(\w+))?`")

REQUIREMENTS = """
1.1:2 1.2:9 1.3:11 1.4:3 1.5:2
2.1:3 2.2:3 2.3:4 2.4:1
3.2:2 3.3:4 3.4:6 3.5:5 3.7:2
4.1:3 4.2:1 4.3:2 4.4:4
5.1:1 5.2:3 5.3:2 5.4:3
6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4
7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2
8.1:2 8.2:3 8.3:1 8.4:1
9.1:3 9.2:4
10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3
11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1
12.1:3 12.2:2 12.3:4
13.1:1 13.2:5 13.3:2 13.4:5
14.1:2 14.2:4 14.3:3
15.1:3 15.2:3 15.3:7
16.1:1 16.2:5 16.3:4 16.4:3 16.5:3
17.1:1 17.2:4 17.3:2
"""
"""Sections of ASVS 5.0.0, with how many requirements of level 1 and 2 each begins with."""


@dataclass(frozen=True)
class Row:
    """One line of the table: its numbers, whether it is met, and what is said of it."""

    numbers: tuple[str, ...]
    met: str
    said: str

    @property
    def named(self) -> list[tuple[str, str]]:
        """The files it names, with the test in each, if one is named."""
        return _NAMED.findall(self.said)


def rows() -> Iterator[Row]:
    """Every line of the table."""
    for chapter, section, first, last, _, met, said in _ROW.findall(PAGE.read_text("utf-8")):
        found = range(int(first), int(last or first) + 1)
        yield Row(tuple(f"{chapter}.{section}.{one}" for one in found), met, said)


def required() -> Iterator[str]:
    """Every requirement of levels 1 and 2."""
    for word in REQUIREMENTS.split():
        section, _, count = word.partition(":")
        yield from (f"{section}.{one + 1}" for one in range(int(count)))


@cache
def functions_of(path: Path) -> frozenset[str]:
    """The functions of a file."""
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_requirement_stands_once() -> None:
    counted = Counter(number for row in rows() for number in row.numbers)
    assert [number for number, times in counted.items() if times > 1] == []
    assert set(counted) == set(required())
    assert len(counted) == 253


def test_each_is_met_in_part_not_or_does_not_apply() -> None:
    assert {row.met for row in rows()} == {"yes", "part", "no", "n/a"}


@pytest.mark.parametrize("row", [row for row in rows() if row.met == "yes"], ids=str)
def test_what_is_met_is_shown(row: Row) -> None:
    assert row.named


def test_what_is_named_is_there() -> None:
    for row in rows():
        for file, test in row.named:
            path = ROOT / file
            assert path.is_file(), (row.numbers, file)
            assert not test or test in functions_of(path), (row.numbers, file, test)

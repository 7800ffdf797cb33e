"""Files made to do harm, and files that came to harm: one sentence or a reading, never a fault."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from services.intake.forms.declaration import FileReading
from services.intake.forms.document import read_document
from services.intake.readers.grid import UnreadableFileError
from services.intake.sandbox.client import in_child_within
from services.intake.sandbox.limits import Limits
from tests.hostile.bombs import BOMBS
from tests.hostile.mutating import harmed, still_whole

SCALE = int(os.environ.get("JIXIAO_SOAK", "1"))
LAYOUTS = Path(__file__).resolve().parents[1] / "data" / "layouts"
FILES = sorted(path for path in LAYOUTS.glob("*/form.*") if path.suffix != ".grid")
SEED = 20251126
LIMITS = Limits(seconds=30, processor_seconds=30)
FAULTS = ("程序出错", "意外中断", "没有读完")
"""What is said of a child that failed, died or hung; none of them is a refusal."""


def read(data: bytes, name: str) -> FileReading | None:
    """Read as the service does: in a child with limits of time and memory; None where refused."""
    try:
        return in_child_within(LIMITS, read_document, data, name).reading
    except UnreadableFileError as error:
        message = str(error)
        assert message.endswith("。"), message
        assert not any(fault in message for fault in FAULTS), (name, message)
        return None


def declared(reading: FileReading | None) -> list[object]:
    """What a reading declares, without the places."""
    if reading is None:
        return []
    rows = [
        (d.project_name, d.annual_budget.total, i.indicator_class, i.name, i.value_text)
        for d in reading.declarations
        for i in d.indicators
    ]
    return [*rows, *(goal.department for goal in reading.department_goals)]


@pytest.mark.parametrize(("name", "bomb"), BOMBS, ids=[bomb.__name__ for _, bomb in BOMBS])
def test_a_file_made_to_exhaust_is_refused_or_read_within_the_limits(
    name: str, bomb: Callable[[], bytes]
) -> None:
    reading = read(bomb(), name)
    assert reading is None or (not reading.declarations and reading.errors)


def harm(count: int) -> None:
    chance = random.Random(SEED)  # noqa: S311
    for _ in range(count):
        path = chance.choice(FILES)
        read(harmed(path.read_bytes(), path.suffix, chance), path.name)


def same_of(count: int) -> float:
    """The share of mutations that leave the text whole which declare the same."""
    chance = random.Random(SEED)  # noqa: S311
    same = 0
    for _ in range(count):
        path = chance.choice(FILES)
        data = path.read_bytes()
        mutated = still_whole(data, path.suffix, chance)
        same += declared(read(mutated, path.name)) == declared(read(data, path.name))
    return same / count


def test_a_harmed_file_is_read_or_refused() -> None:
    harm(60)


def test_a_file_whose_text_is_whole_declares_the_same() -> None:
    assert same_of(20) >= 0.9


@pytest.mark.soak
def test_thousands_of_harmed_files_are_read_or_refused() -> None:
    harm(4000 * SCALE)


@pytest.mark.soak
def test_of_a_thousand_files_whose_text_is_whole_nine_in_ten_declare_the_same() -> None:
    share = same_of(1000 * SCALE)
    print(f"same declarations: {share:.1%}")  # noqa: T201
    assert share >= 0.9

"""The serving process never reads what others sent by itself: it hands it to a child."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READERS = {
    "kind_of",
    "read_achievements",
    "read_baselines",
    "read_document",
    "read_file",
    "read_forms",
    "read_funds",
    "read_grid",
    "read_monitoring",
    "read_payments",
    "read_project_codes",
    "read_self_evaluations",
    "read_tables",
    "read_targets",
    "read_units",
    "title_year",
}
FOLDERS = ("services", "dashboard", "scheduler", "ops/cli")
SERVING = sorted(
    path
    for folder in FOLDERS
    for path in (ROOT / folder).rglob("*.py")
    if (ROOT / "services" / "intake") not in path.parents
)


def called(path: Path) -> set[str]:
    """The functions that a module calls by their bare name."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {name.id for name in calls if isinstance(name, ast.Name)}


@pytest.mark.parametrize("path", SERVING, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_use_case_and_no_face_calls_a_reader(path: Path) -> None:
    assert not called(path) & READERS


def test_they_do_hand_files_to_a_child() -> None:
    assert sum("in_child" in called(path) for path in SERVING) >= 4

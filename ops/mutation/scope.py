"""What is mutated, what must be killed, and which tests are asked."""

from __future__ import annotations

import ast
import re
from pathlib import Path

BAR = 90
"""The share of mutants that must be killed in every group, in percent."""

GROUPS = {
    "lights": ("light.py", "money_light.py", "goal_*.py", "standing.py"),
    "plan": ("plan.py", "planned.py", "expectation.py"),
    "indicator": ("indicator.py", "kind.py", "units.py"),
    "self_evaluation": ("scoring/*.py",),
}
"""The four parts whose arithmetic people answer for; patterns below ``domain/``."""

_ROOMS_ABOVE = {"services", "dashboard", "scheduler", "ops"}


def mutated_files(root: Path) -> dict[str, list[str]]:
    """The files of each group, as paths below the root."""
    domain = root / "domain"
    return {
        group: sorted(
            path.relative_to(root).as_posix()
            for pattern in patterns
            for path in domain.glob(pattern)
        )
        for group, patterns in GROUPS.items()
    }


def asked_tests(root: Path) -> list[str]:
    """The unit tests that rest on the domain alone: no database, no seed file, no server."""
    helpers = {f"tests.{path.stem}" for path in helpers_of_tests(root)}
    return [
        path.relative_to(root).as_posix()
        for path in sorted((root / "tests" / "unit").glob("test_*.py"))
        if _rests_on_domain(path, helpers)
    ]


def helpers_of_tests(root: Path) -> list[Path]:
    """The builders beside the tests that rest on the domain alone."""
    return [
        path
        for path in sorted((root / "tests").glob("*.py"))
        if path.name != "conftest.py" and _rests_on_domain(path, set())
    ]


def _rests_on_domain(path: Path, helpers: set[str]) -> bool:
    text = path.read_text("utf-8")
    modules = imported(text)
    roots = {name.partition(".")[0] for name in modules}
    builders = {name for name in modules if re.fullmatch(r"tests\.[a-z_]+", name)}
    return "domain" in roots and not roots & _ROOMS_ABOVE and builders <= helpers


def imported(text: str) -> set[str]:
    """The modules a file may import, and what it takes from them, by their full names."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names

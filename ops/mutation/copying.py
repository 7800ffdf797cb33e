"""A copy of what the run needs: the checkout itself is never touched."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from ops.mutation.scope import helpers_of_tests

_PYTEST = """\
[pytest]
pythonpath = .
filterwarnings = error
markers =
    seeds: reads the declaration files beside the project
    soak: the long form of a proof
"""

_FEW_STEADY_EXAMPLES = """

from hypothesis import HealthCheck, Phase

settings.register_profile(
    "mutation",
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=25,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("mutation")
"""
"""The same few examples for every mutant, and none made smaller: a failure is all that counts."""


def copy_tree(root: Path, folder: Path, tests: Iterable[str]) -> None:
    """Copy the domain, the unit tests asked and this package to a folder."""
    _copy(root / "domain", folder / "domain")
    _copy(Path(__file__).parent, folder / "ops" / "mutation")
    (folder / "ops" / "__init__.py").touch()
    (folder / "tests" / "unit").mkdir(parents=True)
    for path in helpers_of_tests(root):
        shutil.copy(path, folder / "tests")
    for test in tests:
        shutil.copy(root / test, folder / test)
    settings = (root / "tests" / "unit" / "conftest.py").read_text("utf-8")
    (folder / "tests" / "unit" / "conftest.py").write_text(settings + _FEW_STEADY_EXAMPLES, "utf-8")
    (folder / "pytest.ini").write_text(_PYTEST, "utf-8")


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))

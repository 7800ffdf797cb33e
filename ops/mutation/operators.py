"""Which changes of cosmic-ray are tried, and why the others are not."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, Protocol

from cosmic_ray.operators.provider import OperatorProvider


class Operator(Protocol):
    """One way of changing a node of a parso tree; cosmic-ray's interface.

    The nodes are ``Any``: parso gives each kind of them attributes of its own.
    """

    def mutation_positions(self, node: Any) -> Iterator[object]:  # noqa: ANN401
        """One position for each way in which this node can be changed."""

    def mutate(self, node: Any, index: int) -> Any:  # noqa: ANN401
        """Change the node in its ``index``-th way and give the new one; None removes it."""


class LeftOut(StrEnum):
    """Why a change is not tried: it cannot matter, or cannot fail to be noticed."""

    ANNOTATION = "type annotations, never evaluated"
    DOCSTRING = "docstrings"
    STORAGE = "slots, caches, strict zip: storage and guards, no rule"
    IDENTITY = "identity for equality: the same for members of enumerations"
    NO_PROGRAM = "no program of Python any more"
    TYPE_ERROR = "arithmetic that no value of the domain knows: any test notices"


_NUMBERS = {"Add", "Sub", "Mul", "Div", "FloorDiv", "Mod", "Pow"}
_FOR_NUMBERS = {"Add", "Sub", "Mul", "Div", "FloorDiv"}
_SETS = {"BitOr", "BitAnd", "BitXor"}
_FOR_SETS = {*_SETS, "Sub"}
_ORDER = {"Eq", "NotEq", "Lt", "LtE", "Gt", "GtE"}
_IDENTITY = {"Is", "IsNot"}
_SIGNS = {"Delete_USub", "Delete_Not"}


def core_operators() -> Iterator[tuple[str, Operator, LeftOut | None]]:
    """Yield cosmic-ray's operators with their names, and why one of them is left out."""
    provider = OperatorProvider()
    for name in provider:
        if not name.startswith("Variable"):  # those have to be told of single variables
            yield name, provider[name](), _left_out(name)


def _left_out(name: str) -> LeftOut | None:
    kind, _, change = name.partition("_")
    before, _, after = change.partition("_")
    if kind == "ReplaceBinaryOperator":
        numbers = before in _NUMBERS and after in _FOR_NUMBERS
        fits = numbers or (before in _SETS and after in _FOR_SETS)
        return None if fits else LeftOut.TYPE_ERROR
    if kind == "ReplaceComparisonOperator":
        fits = {before, after} <= _IDENTITY or {before, after} <= _ORDER
        return None if fits else LeftOut.IDENTITY
    if kind == "ReplaceUnaryOperator" and change not in _SIGNS:
        return LeftOut.TYPE_ERROR
    return None

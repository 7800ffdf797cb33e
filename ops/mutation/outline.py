"""The outline of a file: which place, function and statement a position belongs to."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from ops.mutation.operators import LeftOut

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_STORAGE = {"lru_cache", "cache"}
_ARITHMETIC = {"arith_expr", "term", "power", "expr", "and_expr", "xor_expr", "shift_expr"}


class Outline:
    """Positions of one file; lines count from 1, columns from 0, as parso has them."""

    def __init__(self, source: str) -> None:
        lines = source.splitlines(keepends=True)
        self._starts = (0, *accumulate(map(len, lines)))
        self._lines = source.splitlines()
        self._tree = ast.parse(source)
        self._named = list(_named(self._tree, ""))
        self._annotations = [
            self._range(node) for node in _annotations(self._tree) if node is not None
        ]

    def offset(self, position: tuple[int, int]) -> int:
        """The index in the text of a line and column."""
        line, column = position
        return self._starts[line - 1] + column

    def place(self, line: int) -> str:
        """The innermost function or class around a line, with those around it."""
        return max((name for name, node in self._named if _holds(node, line)), key=len, default="")

    def function(self, line: int, column: int) -> str | None:
        """The outermost function whose body holds a position; its head runs at import."""
        inside = [
            name
            for name, node in self._named
            if isinstance(node, _Function)
            and (node.body[0].lineno, node.body[0].col_offset) <= (line, column)
            and line <= (node.end_lineno or 0)
        ]
        return min(inside, key=len, default=None)

    def statement(self, line: int) -> tuple[int, int]:
        """The first and last line of the innermost statement, or head of one, at a line."""
        around = [
            _own_lines(node)
            for node in ast.walk(self._tree)
            if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or 0)
        ]
        around += [
            (case.pattern.lineno, case.body[0].lineno - 1)
            for node in ast.walk(self._tree)
            if isinstance(node, ast.Match)
            for case in node.cases
        ]
        fitting = [lines for lines in around if lines[0] <= line <= lines[1]]
        return min(fitting, key=lambda lines: lines[1] - lines[0], default=(line, line))

    def left_out(self, operator: str, node: Any) -> LeftOut | None:  # noqa: ANN401
        """Why no change is tried here, if so."""
        at = self.offset(node.start_pos)
        if any(start <= at < end for start, end in self._annotations):
            return LeftOut.ANNOTATION
        if node.type in {"string", "fstring"} and node.parent.type == "simple_stmt":
            return LeftOut.DOCSTRING
        if operator.startswith("ReplaceBinaryOperator") and node.parent.type not in _ARITHMETIC:
            return LeftOut.NO_PROGRAM  # a star that unpacks
        return LeftOut.STORAGE if self._is_storage(operator, node) else None

    def _is_storage(self, operator: str, node: Any) -> bool:  # noqa: ANN401
        line = self._lines[node.start_pos[0] - 1].strip()
        if line.startswith("@"):
            cached = any(line.startswith(f"@{name}") for name in _STORAGE)
            if operator == "RemoveDecorator":
                return cached
            return operator != "ReplaceTrueWithFalse" or "frozen" not in _keyword(node)
        return _keyword(node) == "strict" or (
            operator == "ArgumentLeftOut" and "strict=" in node.get_code() and "zip" in line
        )

    def _range(self, node: ast.expr) -> tuple[int, int]:
        end = (node.end_lineno or node.lineno, node.end_col_offset or 0)
        return (
            self._in_characters(node.lineno, node.col_offset),
            self._in_characters(*end),
        )

    def _in_characters(self, line: int, column: int) -> int:
        """The offset of a column that ``ast`` counts in bytes."""
        before = self._lines[line - 1].encode()[:column].decode()
        return self.offset((line, len(before)))


def _keyword(node: Any) -> str:  # noqa: ANN401
    """The name a value is given under in a call, if it is."""
    parent = node.parent
    named = parent is not None and parent.type == "argument" and parent.children[0] is not node
    return str(parent.children[0].value) if named else ""


def _named(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.stmt]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, _Function | ast.ClassDef):
            name = f"{prefix}{child.name}"
            yield name, child
            yield from _named(child, f"{name}.")
        else:
            yield from _named(child, prefix)


def _holds(node: ast.stmt, line: int) -> bool:
    decorators = getattr(node, "decorator_list", [])
    first = min((one.lineno for one in decorators), default=node.lineno)
    return first <= line <= (node.end_lineno or 0)


def _own_lines(node: ast.stmt) -> tuple[int, int]:
    """The lines of a statement, without those of the statements in it."""
    body = getattr(node, "body", None)
    last = body[0].lineno - 1 if body else node.end_lineno or node.lineno
    return node.lineno, max(last, node.lineno)


def _annotations(tree: ast.Module) -> Iterator[ast.expr | None]:
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.AnnAssign):
            yield node.annotation
        elif isinstance(node, _Function):
            yield node.returns

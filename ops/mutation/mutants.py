"""Finding the mutants of one file: each is one small change of its text."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cosmic_ray.ast import ast_nodes, get_ast

from ops.mutation.operators import LeftOut, Operator, core_operators
from ops.mutation.outline import Outline
from ops.mutation.own_operators import own_operators


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """What lies from ``start`` to ``end`` of a text becomes ``text``."""

    start: int
    end: int
    text: str

    def applied(self, source: str) -> str:
        """The text with the change made."""
        return f"{source[: self.start]}{self.text}{source[self.end :]}"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one file.

    ``place`` is the function or class it lies in, ``function`` the outermost function whose
    body holds it, None for what runs at import; ``lines`` are those of its statement, both
    included; ``before`` and ``after`` are the lines that differ.
    """

    path: str
    change: Change
    operator: str
    place: str
    function: str | None
    lines: tuple[int, int]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Found:
    """The mutants of a file, and how many changes were left out, by reason."""

    mutants: tuple[Mutant, ...]
    left_out: Counter[LeftOut]


def mutants_of(path: str, source: str, enumerations: Mapping[str, tuple[str, ...]]) -> Found:
    """Find all mutants of a file; two ways to the same text count once."""
    outline, left_out = Outline(source), Counter[LeftOut]()
    mutants: dict[Change, Mutant] = {}
    for name, operator, reason, node in _pairs(source, enumerations):
        for index, _ in enumerate(operator.mutation_positions(node)):
            kept_out = outline.left_out(name, node) or reason
            if kept_out:
                left_out[kept_out] += 1
                continue
            change = _change(source, outline, node, _changed(operator, node, index))
            if not _is_program(change.applied(source)):
                left_out[LeftOut.NO_PROGRAM] += 1
            elif change.text != source[change.start : change.end]:
                mutants.setdefault(change, _mutant(path, source, outline, change, (name, node)))
    return Found(tuple(mutants[key] for key in sorted(mutants)), left_out)


def _pairs(
    source: str, enumerations: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, Operator, LeftOut | None, Any]]:
    operators = [*core_operators()]
    operators += [(name, operator, None) for name, operator in own_operators(enumerations)]
    nodes = (node for node in ast_nodes(get_ast(source)) if not _is_mute(node))
    for node in nodes:
        for name, operator, reason in operators:
            yield name, operator, reason, node


def _is_mute(node: Any) -> bool:  # noqa: ANN401
    """Whether no operator has anything to say to a node: half of all, and they need not ask."""
    return node.type in {"name", "newline", "suite", "simple_stmt", "expr_stmt"} or (
        node.type == "operator" and node.value in "()[]{}.,:="
    )


def _changed(operator: Operator, node: Any, index: int) -> str:  # noqa: ANN401
    """The node's text after the change; the tree is left as it was."""
    below = list(ast_nodes(node))
    children = [(one, list(one.children)) for one in below if hasattr(one, "children")]
    values = [(one, one.value) for one in below if hasattr(one, "value")]
    changed = operator.mutate(node, index)
    text = "" if changed is None else changed.get_code(include_prefix=False).lstrip()
    for one, kept in children:
        one.children = kept
    for one, value in values:
        one.value = value
    return text


def _change(source: str, outline: Outline, node: Any, text: str) -> Change:  # noqa: ANN401
    """The change without what both texts have in common: alike however it was found."""
    start, end = outline.offset(node.start_pos), outline.offset(node.end_pos)
    if not text:  # what is removed goes with its indentation
        start = outline.offset((node.start_pos[0], 0))
    head = _common(source[start:end], text)
    start, text = start + head, text[head:]
    tail = _common(source[start:end][::-1], text[::-1])
    return Change(start, end - tail, text[: len(text) - tail])


def _is_program(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def _mutant(
    path: str, source: str, outline: Outline, change: Change, found: tuple[str, Any]
) -> Mutant:
    operator, node = found
    line, column = node.start_pos
    before, after = _difference(source.splitlines(), change.applied(source).splitlines())
    return Mutant(
        path,
        change,
        operator,
        outline.place(line),
        outline.function(line, column),
        outline.statement(line),
        before,
        after,
    )


def _difference(old: Sequence[str], new: Sequence[str]) -> tuple[str, str]:
    """The lines that differ, without their indentation, each side as one line."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    return " ".join(map(str.strip, before)), " ".join(map(str.strip, after))


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How long the beginning is that both have in common."""
    pairs = zip(one, other, strict=False)
    different = (index for index, (a, b) in enumerate(pairs) if a != b)
    return next(different, min(len(one), len(other)))


def enumerations_of(sources: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The enumerations that files declare, each with its members in order."""
    found: dict[str, tuple[str, ...]] = {}
    for source in sources:
        for node in ast.parse(source).body:
            if isinstance(node, ast.ClassDef) and any(
                isinstance(base, ast.Name) and base.id.endswith("Enum") for base in node.bases
            ):
                found[node.name] = tuple(
                    target.id
                    for assigned in node.body
                    if isinstance(assigned, ast.Assign)
                    for target in assigned.targets
                    if isinstance(target, ast.Name)
                )
    return found

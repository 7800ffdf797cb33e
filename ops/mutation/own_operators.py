"""Changes of our own, in what our rules are written in.

cosmic-ray knows nothing of limits as ``Decimal("0.80")``, of tables of enumeration members, of
sentences, of filters, of arguments with a default. These operators speak of them; they have its
interface: they find their positions on a parso node, and change it there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from cosmic_ray.ast import get_ast

from ops.mutation.operators import Operator

# ruff: noqa: ANN401 - parso gives each kind of node attributes of its own


class FigureInText:
    """``Decimal("0.80")``, and figures in tables: one more, or less, in the last place."""

    def mutation_positions(self, node: Any) -> Iterator[object]:
        """Two for each text that is a figure."""
        if _is_figure(node):
            yield from (node.start_pos, node.start_pos)

    def mutate(self, node: Any, index: int) -> Any:
        """Count up, then down."""
        figure = Decimal(node.value[1:-1])
        step = Decimal(1).scaleb(int(figure.as_tuple().exponent))
        node.value = f'"{figure + (step, -step)[index]}"'
        return node


class MemberOfEnumeration:
    """``Light.RED`` becomes ``Light.YELLOW``: the member declared next."""

    def __init__(self, enumerations: Mapping[str, tuple[str, ...]]) -> None:
        self._enumerations = enumerations

    def mutation_positions(self, node: Any) -> Iterator[object]:
        """One for each member named with its enumeration."""
        if node.type in {"atom_expr", "power"} and self._members(node):
            yield node.start_pos

    def mutate(self, node: Any, index: int) -> Any:
        """Take the next one."""
        del index
        members, leaf = self._members(node), node.children[1].children[1]
        leaf.value = members[(members.index(leaf.value) + 1) % len(members)]
        return node

    def _members(self, node: Any) -> tuple[str, ...]:
        """The enumeration's members, where the node names one of them."""
        owner, trailer = node.children[:2]
        members = self._enumerations.get(getattr(owner, "value", ""), ())
        named = trailer.type == "trailer" and trailer.children[1]
        return members if len(members) > 1 and named and named.get_code() in members else ()


class Text:
    """A word, a sentence, an entry of a table: one letter more."""

    def mutation_positions(self, node: Any) -> Iterator[object]:
        """One for each text that is no figure, and each piece of a sentence with figures in it."""
        whole = node.type == "string" and not _is_figure(node)
        piece = node.type == "fstring_string" and node.parent.type == "fstring"
        if whole or piece:
            yield node.start_pos

    def mutate(self, node: Any, index: int) -> Any:
        """Add it at the end."""
        del index
        quotes = 0
        if node.type == "string":
            quotes = 3 if node.value.endswith(('"""', "'''")) else 1
        end = len(node.value) - quotes
        node.value = f"{node.value[:end]}X{node.value[end:]}"
        return node


class Membership:
    """``in`` becomes ``not in``, and the other way round."""

    def mutation_positions(self, node: Any) -> Iterator[object]:
        """One for each such comparison."""
        if node.type == "comparison" and _sign(node) in {"in", "not in"}:
            yield node.children[1].start_pos

    def mutate(self, node: Any, index: int) -> Any:
        """Turn it round."""
        del index
        node.children[1] = get_ast(" not in" if _sign(node) == "in" else " in")
        return node


class Filter:
    """``x for x in xs if fits(x)``: those that do not fit."""

    def mutation_positions(self, node: Any) -> Iterator[object]:
        """One for each filter of a comprehension."""
        if node.type == "comp_if":
            yield node.start_pos

    def mutate(self, node: Any, index: int) -> Any:
        """Turn the condition round."""
        del index
        condition = node.children[1].get_code(include_prefix=False)
        node.children[1] = get_ast(f" not ({condition})")
        return node


class ArgumentLeftOut:
    """``replace(seen, light=light, reason=reason)`` without one of them."""

    def mutation_positions(self, node: Any) -> Iterator[object]:
        """One for each argument given by its name."""
        for argument in _named_arguments(node):
            yield argument.start_pos

    def mutate(self, node: Any, index: int) -> Any:
        """Leave the ``index``-th one out, with the comma after it."""
        at = node.children.index(_named_arguments(node)[index])
        comma = node.type == "arglist" and at + 1 < len(node.children)
        node.children[at : at + 1 + comma] = []
        return node


def own_operators(enumerations: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, Operator]]:
    """Yield our own operators with their names; ``enumerations`` are the domain's."""
    own: tuple[Operator, ...] = (
        FigureInText(),
        MemberOfEnumeration(enumerations),
        Text(),
        Membership(),
        Filter(),
        ArgumentLeftOut(),
    )
    for operator in own:
        yield type(operator).__name__, operator


def _is_figure(node: Any) -> bool:
    return node.type == "string" and re.fullmatch(r'"-?\d+(\.\d+)?"', node.value) is not None


def _sign(comparison: Any) -> str:
    return " ".join(comparison.children[1].get_code().split())


def _named_arguments(node: Any) -> list[Any]:
    if node.type not in {"arglist", "trailer"}:
        return []
    return [
        child
        for child in node.children
        if child.type == "argument" and getattr(child.children[1], "value", "") == "="
    ]

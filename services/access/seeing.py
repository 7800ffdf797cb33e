"""What somebody sees of the read tables, by the rights of the day and the tree of units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from domain.access.action import Action
from domain.access.authorize import Actor
from domain.access.place import Place
from domain.access.rights import RIGHTS, Reach
from domain.access.unit_key import unit_key
from domain.identity import normalised_name
from domain.unit_tree import KnownUnit, UnitTree
from services.readmodel.sight import Sight


def sees_whole(actor: Actor, action: Action = Action.READ_TARGET) -> bool:
    """Whether an actor sees the whole region, units on no list included."""
    return any(
        RIGHTS[action][grant.role] is Reach.REGION
        or (not grant.place and RIGHTS[action][grant.role] is Reach.BELOW)
        for grant in actor.grants_for(action)
    )


def sight_of(actor: Actor, tree: UnitTree, action: Action = Action.READ_TARGET) -> Sight:
    """The units whose rows an actor sees; by name only where one unit alone is called so."""
    if sees_whole(actor, action):
        return Sight(None, actor.login)
    names = Counter(normalised_name(unit.name) for unit in tree.units.values())
    keys = {
        key
        for unit in tree.units.values()
        if actor.grant_for(action, tree.place(unit.unit_id) or ()) is not None
        for key in _keys(unit, names)
    }
    return Sight(frozenset(keys), actor.login)


def place_of(tree: UnitTree, code: str | None, name: str | None) -> Place | None:
    """Where a unit as printed stands; None where it is on no list."""
    if code:
        return tree.place_of(code)
    named = tree.named(name or "")
    return tree.place(named[0].unit_id) if len(named) == 1 else None


def _keys(unit: KnownUnit, names: Counter[str]) -> Iterator[str]:
    yield from (unit_key(code, None) for code in unit.codes)
    if names[normalised_name(unit.name)] == 1:
        yield unit_key(None, unit.name)

"""What is typed on the office's pages, taken as it is meant or refused in a sentence."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Form

from domain.access.place import REGION, Place
from domain.access.role import Role
from domain.errors import NotOnRecordError
from domain.unit_tree import KnownUnit, UnitTree
from services.access.form_errors import NotFilledError, UnitNeededError
from services.access.seeing import place_of

Filled = Annotated[str, Form(max_length=400)]

OF_A_UNIT = frozenset({Role.DEPARTMENT, Role.CLERK, Role.HEAD})
"""Roles that are nothing without a unit."""


def said(text: str, what: str) -> str:
    """A text that is needed; NotFilledError."""
    if not text.strip():
        raise NotFilledError(what)
    return text.strip()


def day(text: str, what: str, otherwise: date | None = None) -> date:
    """A day; the other one where nothing is filled in; NotFilledError."""
    if not text.strip() and otherwise is not None:
        return otherwise
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise NotFilledError(f"{what}（年-月-日）") from None


def unit(tree: UnitTree, text: str) -> KnownUnit:
    """A unit by its code, its name, or both with a space between; NotOnRecordError."""
    wanted = text.strip()
    found = tree.coded(wanted.split(" ", 1)[0]) if wanted else None
    if found is None:
        named = tree.named(wanted)
        if len(named) != 1:
            raise NotOnRecordError(f"单位“{wanted[:60]}”")
        found = named[0]
    return found


def place(tree: UnitTree, text: str) -> Place:
    """Where a unit stands; the region where nothing is filled in; NotOnRecordError."""
    if not text.strip():
        return REGION
    found = unit(tree, text)
    return place_of(tree, found.code, None) or REGION


def role_at(tree: UnitTree, role: Role, text: str) -> Place:
    """Where a role is to be held.

    Raises:
        UnitNeededError, NotOnRecordError: it needs a unit and none is said; there is none.
    """
    found = place(tree, text)
    if role in OF_A_UNIT and not found:
        raise UnitNeededError(role)
    return found


def unit_names(tree: UnitTree) -> list[str]:
    """What the controls offer: code and name of each unit, from the top down."""
    return [f"{one.code} {one.name}" for _, one in tree.walk()]

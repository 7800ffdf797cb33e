"""The one decision: may this actor do this to that (architecture §2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.access.action import FACTS_FROM_OUTSIDE, READS, SIGHT, Action
from domain.access.grant import Grant
from domain.access.place import REGION, Place
from domain.errors import MonitoringError, NotOnRecordError


class NotAllowedError(MonitoringError):
    """The actor may know that the thing exists, and may not do this to it."""

    code = "not_allowed"

    def __init__(self, action: Action) -> None:
        super().__init__("您的岗位不能办理此事。需要时请联系财政管理员授权。")
        self.action = action


class YearClosedError(MonitoringError):
    """The year is closed: people's entries are refused (rules §7)."""

    code = "year_closed"

    def __init__(self, year: int) -> None:
        super().__init__(
            f"{year}年度已关账，不再接受录入。确需更正的，请财政部门按关账后调整办理。"
        )


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account with its grants, its own and those lent to it."""

    account_id: UUID
    login: str
    grants: tuple[Grant, ...]

    def grant_for(self, action: Action, place: Place, day: date) -> Grant | None:
        """Find the grant by which something may be done; one's own before a lent one."""
        fitting = [g for g in self.grants if g.in_force(day) and g.allows(action, place)]
        return min(fitting, key=lambda grant: grant.lent_by is not None, default=None)

    def places(self, action: Action, day: date) -> tuple[Grant, ...]:
        """The grants that allow an action somewhere: lists are cut to their reach."""
        return tuple(g for g in self.grants if g.in_force(day) and g.allows(action, g.place))


@dataclass(frozen=True, slots=True)
class Resource:
    """What is asked about: ``what`` names it for people, ``place`` is where it stands.

    ``closed_year`` is its fiscal year once that is closed.
    """

    what: str
    place: Place = REGION
    closed_year: int | None = None


def authorize(actor: Actor, action: Action, resource: Resource, *, on: date) -> Grant:
    """Answer the grant by which it is allowed.

    Raises:
        NotOnRecordError: the actor may not know that there is such a thing.
        NotAllowedError: the actor may see it and not do this.
        YearClosedError: it is allowed, and its year is closed.
    """
    grant = actor.grant_for(action, resource.place, on)
    if grant is None:
        if actor.grant_for(SIGHT[action], resource.place, on) is None:
            raise NotOnRecordError(resource.what)
        raise NotAllowedError(action)
    if resource.closed_year is not None and action not in READS | FACTS_FROM_OUTSIDE:
        raise YearClosedError(resource.closed_year)
    return grant

"""The one decision: may this actor do this to that (architecture §2)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.access.action import FACTS_FROM_OUTSIDE, READS, SIGHT, Action
from domain.access.grant import Grant
from domain.access.place import REGION, Place
from domain.access.rights import RIGHTS
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
    """Who acts: an account, with the grants that are in force as it acts, lent ones among them.

    ``scope`` narrows what may be done to some actions, as a token's does; None leaves all.
    """

    account_id: UUID
    login: str
    grants: tuple[Grant, ...]
    scope: frozenset[Action] | None = None

    def grant_for(self, action: Action, place: Place) -> Grant | None:
        """Find the grant by which something may be done; one's own before a lent one."""
        fitting = [grant for grant in self.grants_for(action) if grant.allows(action, place)]
        return min(fitting, key=lambda grant: grant.lent_by is not None, default=None)

    def grants_for(self, action: Action) -> tuple[Grant, ...]:
        """The grants that allow an action somewhere: lists are cut to their reach."""
        if self.scope is not None and action not in self.scope:
            return ()
        return tuple(grant for grant in self.grants if grant.role in RIGHTS[action])


@dataclass(frozen=True, slots=True)
class Resource:
    """What is asked about: ``what`` names it for people, ``place`` is where it stands.

    ``closed_year`` is its fiscal year once that is closed.
    """

    what: str
    place: Place = REGION
    closed_year: int | None = None


def authorize(actor: Actor, action: Action, resource: Resource) -> Grant:
    """Answer the grant by which it is allowed.

    Raises:
        NotOnRecordError: the actor may not know that there is such a thing.
        NotAllowedError: the actor may see it and not do this.
        YearClosedError: it is allowed, and its year is closed.
    """
    grant = actor.grant_for(action, resource.place)
    if grant is None:
        if actor.grant_for(SIGHT[action], resource.place) is None:
            raise NotOnRecordError(resource.what)
        raise NotAllowedError(action)
    if resource.closed_year is not None and action not in READS | FACTS_FROM_OUTSIDE:
        raise YearClosedError(resource.closed_year)
    return grant

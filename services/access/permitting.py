"""What use cases ask before they act: may whoever is present do this to that unit's thing?"""

from __future__ import annotations

from uuid import UUID

from domain.access.account import Account, AccountKind
from domain.access.action import READS, Action
from domain.access.authorize import (
    Actor,
    NotAllowedError,
    Resource,
    YearClosedError,
    authorize,
)
from domain.access.grant import Grant
from domain.access.place import REGION
from domain.declaration import Declaration
from domain.errors import NotOnRecordError
from domain.target import Target
from services.access.acts import note_decision
from services.access.fillers import FillerNeededError
from services.access.present import present
from services.access.seeing import place_of, sees_whole
from services.log.application import Log

WHOLE = "本地区的数据"


def permit(action: Action, what: str = WHOLE) -> Grant:
    """Let whoever is present do what concerns the whole region; ``what`` names it in the audit.

    Raises:
        NotSignedInError: nobody is present.
        NotAllowedError, NotOnRecordError: as of :func:`domain.access.authorize.authorize`.
    """
    return _decided(present().actor, action, Resource(what))


def permit_account(action: Action, log: Log, account_id: UUID) -> Grant:
    """Let whoever is present do something to an account, which is named only to who may.

    Raises:
        NotSignedInError, NotAllowedError: as of :func:`permit`.
        NotOnRecordError: there is no such account, or nobody may know.
    """
    if not present().actor.grants_for(action):
        return permit(action, f"账户 {account_id}")
    return permit(action, f"账户 {log.get(Account, account_id).login}")


def permit_somewhere(action: Action) -> None:
    """Refuse who may nowhere do this; of each thing it is asked again.

    Raises:
        NotSignedInError, NotAllowedError: as of :func:`permit`.
    """
    if not present().actor.grants_for(action):
        note_decision(action, REGION, WHOLE, allowed=False)
        raise NotAllowedError(action)
    _require_filler(action)


def permit_unit(action: Action, what: object, code: str | None, name: str | None) -> Grant:
    """Let whoever is present do something to a thing of a unit, named by its code or name.

    A unit that is on no list is only seen by who sees the whole region.

    Raises:
        NotSignedInError: nobody is present.
        NotOnRecordError: the actor may not know that there is such a thing.
        NotAllowedError: the actor may see it and not do this.
    """
    person = present()
    place = place_of(person.tree(), code, name)
    if place is None:
        if not sees_whole(person.actor):
            note_decision(action, REGION, str(what), allowed=False)
            raise NotOnRecordError(what)
        place = REGION
    return _decided(person.actor, action, Resource(str(what), place))


def permit_declared(action: Action, declaration: Declaration) -> Grant:
    """Let whoever is present do something to what a unit declares; as of permit_unit."""
    what = f"绩效目标 {declaration.project_name}"
    return permit_unit(action, what, declaration.unit_code, declaration.unit_name)


def permit_target(action: Action, target: Target) -> Grant:
    """Let whoever is present do something to a target; as of permit_unit."""
    declaration = target.declaration
    what = f"绩效目标 {target.id}"
    return permit_unit(action, what, declaration.unit_code, declaration.unit_name)


def _decided(actor: Actor, action: Action, resource: Resource) -> Grant:
    """Decide, and note it for the audit."""
    try:
        grant = authorize(actor, action, resource)
    except (NotAllowedError, NotOnRecordError, YearClosedError):
        note_decision(action, resource.place, resource.what, allowed=False)
        raise
    try:
        _require_filler(action)
    except FillerNeededError:
        note_decision(action, resource.place, resource.what, allowed=False)
        raise
    note_decision(action, resource.place, resource.what, allowed=True)
    return grant


def _require_filler(action: Action) -> None:
    """Refuse to act with an account of several people while nobody said who it is."""
    person = present()
    shared = person.account.account_kind is AccountKind.SHARED
    if shared and person.filler is None and action not in READS:
        raise FillerNeededError

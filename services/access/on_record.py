"""The audit's lines of a request, and the record of what is done without one (终端、定时任务).

On record are: every command, done or not; whatever was refused; every export; and whatever an
auditor reads (issue 4, item 7). A command without a decision of its own stands there by its
address.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from domain.access.action import READS, Action
from domain.access.place import REGION, Place
from domain.access.role import Role
from domain.errors import MonitoringError
from services.access.acts import Acts, Decision, keeping
from services.access.audit import AuditTrail, Entry, Outcome
from services.access.signing_in import Person
from services.access.visitor import Visitor
from services.access.within import is_of_the_house

COMMAND, READ, EXPORT = "command", "read", "export"
"""What has no action of its own."""

WHOLE_RECORD = frozenset({Action.READ_LOG, Action.READ_AUDIT})
"""Reads that hand out the record itself: on record whoever reads."""

_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as a whole: ``line`` is its method and address, or the command as typed."""

    line: str
    is_command: bool
    is_export: bool = False
    failed: bool = False


def is_watched(person: Person) -> bool:
    """Whether each read is on record: an auditor's, and no job's that may do everything."""
    return not is_of_the_house(person) and any(
        grant.role is Role.AUDITOR for grant in person.actor.grants
    )


def lines_of(acts: Acts, asked: Asked, person: Person, visitor: Visitor) -> list[Entry]:
    """What is written down of a request, in the order it was decided."""
    watched = is_watched(person)
    said = [
        _Said(decision.action, _named(things), _outcome(acts, asked, decision), decision.place)
        # A copy: what goes on behind the answer, as an import does, may still be deciding.
        for decision, things in list(acts.decided.items())
        if watched or _is_on_record(decision)
    ]
    what = None if acts.is_noted else _of_its_own(acts, asked, watched=watched, decided=bool(said))
    if what is not None:
        said.append(_Said(what, acts.read or asked.line, _outcome(acts, asked)))
    return [_entry(one, asked, person, visitor) for one in said]


@dataclass(frozen=True, slots=True)
class _Said:
    what: str
    subject: str
    outcome: Outcome
    place: Place = REGION


def _of_its_own(acts: Acts, asked: Asked, *, watched: bool, decided: bool) -> str | None:
    """What the request itself is, where no decision says so."""
    if asked.is_export:
        return EXPORT
    if decided:
        return None
    if asked.is_command:
        return COMMAND
    return READ if watched and not acts.is_empty else None


def _is_on_record(decision: Decision) -> bool:
    is_read = decision.action in READS - WHOLE_RECORD
    return not (is_read and decision.allowed)


def _outcome(acts: Acts, asked: Asked, decision: Decision | None = None) -> Outcome:
    if decision is not None and not decision.allowed:
        return Outcome.REFUSED
    return Outcome.FAILED if asked.failed or acts.failure else Outcome.DONE


def _named(things: Mapping[str, None]) -> str:
    first = next(iter(things))
    return first if len(things) == 1 else f"{first} 等{len(things)}项"


def _told(asked: Asked, person: Person) -> str:
    """The request, and who filled it in where several people use the account."""
    return f"{asked.line} 填报人：{person.filler.name}" if person.filler else asked.line


def _entry(said: _Said, asked: Asked, person: Person, visitor: Visitor) -> Entry:
    entry = visitor.entry(
        person.actor.login,
        said.what,
        said.outcome,
        account_id=person.account.id,
        subject=said.subject[:_LONGEST],
        detail=_told(asked, person)[:_LONGEST],
    )
    return replace(entry, place=said.place)


@contextmanager
def on_record(trail: AuditTrail, person: Person, visitor: Visitor, line: str) -> Iterator[Acts]:
    """Keep and write down what is done in a block; an auditor's read before it begins."""
    if is_watched(person):
        asked = Asked(line, is_command=False)
        trail.note_all(lines_of(Acts(), asked, person, visitor))
    with keeping() as acts:
        failed = True
        try:
            yield acts
            failed = False
        except MonitoringError as refusal:
            acts.failure = refusal.code
            raise
        finally:
            acts.is_empty = True
            asked = Asked(line, is_command=False, failed=failed)
            trail.note_all(lines_of(acts, asked, person, visitor))

"""The audit is read by auditors, who stand in it themselves as they do (issue 4, item 7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.access.action import Action
from domain.errors import NotOnRecordError
from domain.unit_tree import UnitTree
from services.access.audit import LAST, Asked, AuditTrail, Numbered, Outcome
from services.access.audit_words import OUTCOMES, what_named
from services.access.permitting import permit
from services.access.seeing import place_of
from services.clock import SHANGHAI

PAGE = 100


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """What an auditor looks for: days of Shanghai, both included; a unit by code or name.

    ``before`` is the number of the last line seen.
    """

    since: date | None = None
    until: date | None = None
    actor: str | None = None
    what: str | None = None
    outcome: Outcome | None = None
    unit: str | None = None
    before: int = LAST

    def asked(self, tree: UnitTree, limit: int = PAGE) -> Asked:
        """The question as the table understands it.

        Raises:
            NotOnRecordError: there is no such unit.
        """
        place = place_of(tree, self.unit, None) or place_of(tree, None, self.unit)
        if self.unit and not place:
            raise NotOnRecordError(f"单位“{self.unit}”")
        return Asked(
            actor=self.actor,
            what=self.what,
            since=_start_of(self.since) if self.since else None,
            until=_start_of(self.until + timedelta(days=1)) if self.until else None,
            place=place or (),
            outcome=self.outcome,
            before=self.before,
            limit=limit,
        )


def read_audit(
    trail: AuditTrail, query: AuditQuery, tree: UnitTree, limit: int = PAGE
) -> list[Numbered]:
    """A page of lines, newest first.

    Raises:
        NotAllowedError, NotOnRecordError: whoever is present is no auditor; no such unit.
    """
    permit(Action.READ_AUDIT)
    return trail.page(query.asked(tree, limit))


def export_audit(trail: AuditTrail, query: AuditQuery, tree: UnitTree) -> Iterator[tuple[str, ...]]:
    """All lines that fit, newest first, as they are printed; as of read_audit."""
    permit(Action.READ_AUDIT)
    names = {unit.segment: unit.name for unit in tree.units.values()}
    return (printed(line, names) for line in trail.all(query.asked(tree)))


HEADINGS = (
    "编号",
    "时间",
    "人员",
    "事项",
    "结果",
    "内容",
    "单位",
    "地址",
    "请求",
    "请求编号",
)


def printed(line: Numbered, names: Mapping[str, str]) -> tuple[str, ...]:
    """A line in the order of the headings; ``names`` by segment of the units' places."""
    last = line.place[-1] if line.place else ""
    return (
        str(line.number),
        f"{line.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}",
        line.actor,
        what_named(line.what),
        OUTCOMES[Outcome(line.outcome)],
        line.subject,
        f"{last} {names.get(last, '')}".strip(),
        line.address,
        line.detail,
        line.request_id,
    )


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)

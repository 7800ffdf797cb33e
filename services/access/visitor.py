"""Somebody at the door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.access.audit import Entry, Outcome

HOUSE = "本机"
"""The address of what is asked on the machine itself."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """From where, with what browser, in which request, and when."""

    address: str
    agent: str
    request_id: str
    now: datetime

    def entry(
        self,
        actor: str,
        what: str,
        outcome: Outcome = Outcome.DONE,
        *,
        account_id: UUID | None = None,
        subject: str = "",
        detail: str = "",
    ) -> Entry:
        """Make the audit's line of what somebody did here."""
        return Entry(
            at=self.now,
            actor=actor,
            account_id=account_id,
            what=what,
            subject=subject,
            outcome=outcome,
            address=self.address,
            request_id=self.request_id,
            detail=detail,
        )

"""A voucher line as it stands, by what it is found, and the entries its changes make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from domain.claim import Basis, Share, still_fits
from domain.claim_rule import ClaimRule
from domain.payment import PaymentLine, VoucherKey
from services.projections.copying import NULL, known

FORMER_CODE = re.compile(r"^[\[［【]([0-9A-Za-z]{8,})[\]］】]")


class Standing(StrEnum):
    """Where a line stands."""

    MATCHED = "matched"
    UNCLAIMED = "unclaimed"
    BASIC = "basic"
    SPLIT = "split"


class CodeKind(StrEnum):
    """What a target can be found by."""

    PROJECT = "project"
    DOCUMENT = "document"
    TARGET = "target"


class Moment(NamedTuple):
    """Where in the log, and when."""

    position: int
    recorded_at: datetime


class Place(NamedTuple):
    """Where codes and rules are of one set: a region and a budget year."""

    region: str
    fiscal_year: int


class Code(NamedTuple):
    """One way to find a target, in one region and year."""

    region: str
    fiscal_year: int
    kind: CodeKind
    text: str


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose an amount is, and by what it was found.

    ``columns`` is the same as COPY reads it: made once, as many lines share their owner.
    """

    standing: Standing
    target_id: UUID | None = None
    basis: Basis | None = None
    rule: int | None = None
    columns: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        rule = NULL if self.rule is None else self.rule
        columns = f"{self.standing}\t{known(self.target_id)}\t{self.basis or NULL}\t{rule}"
        object.__setattr__(self, "columns", columns)

    @property
    def is_loose(self) -> bool:
        """Whether a code that is declared, or a rule, may still say otherwise."""
        return self.basis in _LOOSE


_LOOSE = (None, Basis.MAPPING, Basis.RULE)


NOBODY = Owner(Standing.UNCLAIMED)
OPEN_AGAIN = Owner(Standing.UNCLAIMED, basis=Basis.REOPENED)
IN_PARTS = Owner(Standing.SPLIT, basis=Basis.HAND)


def owner_by_code(target_id: UUID, basis: Basis | None) -> Owner:
    """Whose a line is that prints one of a target's codes."""
    return Owner(Standing.MATCHED, target_id, basis)


def owner_by_rule(rule: ClaimRule | None) -> Owner:
    """Whose a line is by a rule; nobody's by none."""
    if rule is None:
        return NOBODY
    standing = Standing.BASIC if rule.target_id is None else Standing.MATCHED
    return Owner(standing, rule.target_id, rule.basis, rule.number)


@dataclass(slots=True)
class Line:
    """A voucher line as it stands now.

    ``shares`` are what a person said of it. ``entered``: its first entry is made already; that
    of a new line which nothing changes is made from its row, by the database.
    """

    voucher_id: UUID
    voucher: VoucherKey
    fact: PaymentLine
    moment: Moment
    owner: Owner = NOBODY
    shares: tuple[Share, ...] = ()
    entered: bool = True

    @property
    def place(self) -> Place:
        """Which rules are asked about it."""
        return Place(self.voucher.region, self.voucher.budget_year)

    def code(self) -> Code | None:
        """What it can be matched by: its project code, or else its document number."""
        voucher, fact = self.voucher, self.fact
        if fact.project_code:
            return Code(voucher.region, voucher.budget_year, CodeKind.PROJECT, fact.project_code)
        if fact.document_no:
            return Code(voucher.region, voucher.budget_year, CodeKind.DOCUMENT, fact.document_no)
        return None

    def owner_by_hand(self) -> Owner:
        """Whose it is by what a person said, as far as that still fits its amount."""
        if not still_fits(self.shares, self.fact.amount):
            return OPEN_AGAIN
        return _owner_of_share(self.shares[0]) if len(self.shares) == 1 else IN_PARTS

    def parts(self) -> Iterable[tuple[Owner, Decimal]]:
        """Its amount by owner."""
        if self.owner.standing is not Standing.SPLIT:
            return [(self.owner, self.fact.amount)]
        return [(_owner_of_share(share), share.amount) for share in self.shares]


def _owner_of_share(share: Share) -> Owner:
    if share.unclaimed:
        return Owner(Standing.UNCLAIMED, basis=Basis.HAND)
    standing = Standing.BASIC if share.target_id is None else Standing.MATCHED
    return Owner(standing, share.target_id, Basis.HAND)


@dataclass(frozen=True, slots=True)
class Entry:
    """An additive entry: this much, for this owner, known from this moment.

    ``fact`` is the line as it was then: what a correction takes back goes back to where it was.
    """

    moment: Moment
    amount: Decimal
    owner: Owner
    line: Line
    fact: PaymentLine


Finding = tuple[CodeKind, str, Basis | None]
"""A kind of code, its text, and what a line that prints it was found by."""


def target_codes(
    project_code: str | None, project_name: str, documents: Iterable[str | None]
) -> Iterator[Finding]:
    """What a declared target can be found by: its code, a former one in its name, documents."""
    if project_code:
        yield CodeKind.PROJECT, project_code, Basis.PROJECT_CODE
    former = FORMER_CODE.match(project_name)
    if former:
        yield CodeKind.PROJECT, former.group(1), Basis.FORMER_CODE
    for document in documents:
        if document:
            yield CodeKind.DOCUMENT, document, Basis.DOCUMENT_NO

"""Whose money a voucher line is: the matching of lines to targets, event by event (rules §2).

A line finds its target by a project code (present or former), or, where it prints none, by a
document number that only one target has. What finds none waits as unclaimed and attaches by
itself when the target appears; a person may claim or split it. Matching is a reading, so every
change of it is a pair of entries at the position that caused it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from domain.payment import PaymentLine, Share, VoucherKey

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


class Code(NamedTuple):
    """One way to find a target, in one region and year."""

    region: str
    fiscal_year: int
    kind: CodeKind
    text: str


@dataclass(slots=True)
class Line:
    """A voucher line as it stands now.

    ``entered``: its first entry is made already; that of a new line which nothing changes is
    made from its row, by the database.
    """

    voucher_id: UUID
    voucher: VoucherKey
    fact: PaymentLine
    moment: Moment
    target_id: UUID | None = None
    standing: Standing = Standing.UNCLAIMED
    shares: tuple[Share, ...] = ()
    entered: bool = True

    def code(self) -> Code | None:
        """What it can be matched by: its project code, or else its document number."""
        voucher, fact = self.voucher, self.fact
        if fact.project_code:
            return Code(voucher.region, voucher.budget_year, CodeKind.PROJECT, fact.project_code)
        if fact.document_no:
            return Code(voucher.region, voucher.budget_year, CodeKind.DOCUMENT, fact.document_no)
        return None

    def parts(self) -> Iterable[tuple[Standing, UUID | None, Decimal]]:
        """Its amount by owner."""
        if self.standing is not Standing.SPLIT:
            return [(self.standing, self.target_id, self.fact.amount)]
        return [(_share_standing(s), s.target_id, s.amount) for s in self.shares]


def _share_standing(share: Share) -> Standing:
    return Standing.BASIC if share.target_id is None else Standing.MATCHED


@dataclass(frozen=True, slots=True)
class Entry:
    """An additive entry: this much, for this owner, known from this moment.

    ``fact`` is the line as it was then: what a correction takes back goes back to where it was.
    """

    moment: Moment
    amount: Decimal
    standing: Standing
    target_id: UUID | None
    line: Line
    fact: PaymentLine


@dataclass(slots=True)
class Book:
    """Lines and codes a window touches, and the entries it makes.

    ``touched`` are the vouchers that the window adds to, corrects or claims.
    """

    touched: frozenset[UUID] = frozenset()
    owners: dict[Code, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    lines: dict[tuple[UUID, str], Line] = field(default_factory=dict)
    vouchers: dict[UUID, VoucherKey] = field(default_factory=dict)
    waiting: dict[Code, list[Line]] = field(default_factory=lambda: defaultdict(list))
    new_codes: list[tuple[Code, UUID, int]] = field(default_factory=list)
    new_lines: list[Line] = field(default_factory=list)
    changed: dict[tuple[UUID, str], Line] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    def load_line(self, line: Line) -> None:
        """Take a line that is on record."""
        self.lines[line.voucher_id, line.fact.line_key] = line
        self.vouchers[line.voucher_id] = line.voucher
        if line.standing is Standing.UNCLAIMED:
            self._wait(line)

    def add_code(self, code: Code, target_id: UUID, moment: Moment) -> None:
        """A target can be found by a code from here on; what waited for it attaches."""
        known = self.owners[code]
        if target_id in known:
            return
        known.append(target_id)
        self.new_codes.append((code, target_id, moment.position))
        if self._owner(code) is not None:
            for line in self.waiting.pop(code, []):
                if line.standing is Standing.UNCLAIMED:
                    self._move(line, moment, Standing.MATCHED, target_id)

    def record(
        self, voucher_id: UUID, voucher: VoucherKey, facts: Iterable[PaymentLine], moment: Moment
    ) -> None:
        """Take new lines of a voucher, each with its owner or waiting for one."""
        for fact in facts:
            line = Line(voucher_id, voucher, fact, moment, entered=False)
            self._match(line)
            self.new_lines.append(line)
            if self.touched and voucher_id in self.touched:
                self.vouchers[voucher_id] = voucher
                self.lines[voucher_id, fact.line_key] = line

    def correct(self, voucher_id: UUID, new: PaymentLine, moment: Moment) -> None:
        """Take the old entry back and make a new one, on the new line's own date."""
        line = self.lines[voucher_id, new.line_key]
        self._take_back(line, moment)
        claimed = line.standing is Standing.BASIC or bool(line.shares)
        line.fact = new
        if line.standing is Standing.SPLIT or not claimed:
            line.standing, line.target_id, line.shares = Standing.UNCLAIMED, None, ()
            self._match(line)
        self._enter(line, moment)
        self._change(line)

    def claim(
        self, voucher_id: UUID, line_key: str, shares: tuple[Share, ...], moment: Moment
    ) -> None:
        """Give a line to whom a person said."""
        line = self.lines[voucher_id, line_key]
        self._take_back(line, moment)
        line.shares = shares
        if len(shares) == 1:
            line.standing, line.target_id = _share_standing(shares[0]), shares[0].target_id
        else:
            line.standing, line.target_id = Standing.SPLIT, None
        self._enter(line, moment)
        self._change(line)

    def _owner(self, code: Code) -> UUID | None:
        owners = self.owners.get(code)
        if not owners or (code.kind is CodeKind.DOCUMENT and len(owners) > 1):
            return None
        return owners[0]

    def _match(self, line: Line) -> None:
        code = line.code()
        if code is None:
            return
        owner = self._owner(code)
        if owner is None:
            self.waiting[code].append(line)
        else:
            line.standing, line.target_id = Standing.MATCHED, owner

    def _wait(self, line: Line) -> None:
        code = line.code()
        if code is not None:
            self.waiting[code].append(line)

    def _move(self, line: Line, moment: Moment, standing: Standing, target: UUID | None) -> None:
        self._take_back(line, moment)
        line.standing, line.target_id = standing, target
        self._enter(line, moment)
        self._change(line)

    def _enter(self, line: Line, moment: Moment) -> None:
        for standing, target_id, amount in line.parts():
            self.entries.append(Entry(moment, amount, standing, target_id, line, line.fact))

    def _take_back(self, line: Line, moment: Moment) -> None:
        if not line.entered:
            self._enter(line, line.moment)
            line.entered = True
        for standing, target_id, amount in line.parts():
            self.entries.append(Entry(moment, -amount, standing, target_id, line, line.fact))

    def _change(self, line: Line) -> None:
        self.changed[line.voucher_id, line.fact.line_key] = line


def target_codes(
    project_code: str | None, project_name: str, documents: Iterable[str | None]
) -> Iterator[tuple[CodeKind, str]]:
    """What a declared target can be found by: its code, a former one in its name, documents."""
    if project_code:
        yield CodeKind.PROJECT, project_code
    former = FORMER_CODE.match(project_name)
    if former:
        yield CodeKind.PROJECT, former.group(1)
    for document in documents:
        if document:
            yield CodeKind.DOCUMENT, document

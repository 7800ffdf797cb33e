"""Whose money a voucher line is: the matching of lines to targets, event by event (rules §2).

A line finds its target by a project code (present or former), or, where it prints none, by a
document number that only one target has. What finds none is asked of the standing rules, and
else waits as unclaimed; it attaches by itself when the target appears. What a person said of a
line wins over all. Matching is a reading, so every change of it is a pair of entries at the
position that caused it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from domain.claim import Share
from domain.claim_rule import ClaimRule, RuleBook
from domain.payment import PaymentLine, VoucherKey
from services.projections.payment_line import (
    Code,
    CodeKind,
    Entry,
    Line,
    Moment,
    Owner,
    Place,
    owner_by_rule,
)


@dataclass(slots=True)
class Book:
    """Lines, codes and rules a window touches, and the entries it makes.

    ``touched`` are the vouchers that the window adds to, corrects or claims, ``ruled`` the
    places whose rules it changes.
    """

    touched: frozenset[UUID] = frozenset()
    ruled: frozenset[Place] = frozenset()
    owners: dict[Code, list[Owner]] = field(default_factory=lambda: defaultdict(list))
    rules: dict[Place, RuleBook] = field(default_factory=lambda: defaultdict(RuleBook))
    lines: dict[tuple[UUID, str], Line] = field(default_factory=dict)
    vouchers: dict[UUID, VoucherKey] = field(default_factory=dict)
    waiting: dict[Code, list[Line]] = field(default_factory=lambda: defaultdict(list))
    loose: dict[Place, list[Line]] = field(default_factory=lambda: defaultdict(list))
    new_codes: list[tuple[Code, Owner, int]] = field(default_factory=list)
    new_lines: list[Line] = field(default_factory=list)
    changed: dict[tuple[UUID, str], Line] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    def load_line(self, line: Line) -> None:
        """Take a line that is on record; once, however it was asked for."""
        key = (line.voucher_id, line.fact.line_key)
        if key in self.lines:
            return
        self.lines[key] = line
        self.vouchers[line.voucher_id] = line.voucher
        if line.owner.is_loose:
            self._await(line, line.code())

    def add_code(self, code: Code, owner: Owner, moment: Moment) -> None:
        """A target can be found by a code from here on; what waited for it attaches."""
        known = self.owners[code]
        if any(owner.target_id == one.target_id for one in known):
            return
        known.append(owner)
        self.new_codes.append((code, owner, moment.position))
        first = self._owner(code)
        if first is not None:
            for line in self.waiting.pop(code, []):
                # A claim or a correction may have taken it elsewhere since it began to wait.
                if line.owner.is_loose and line.code() == code:
                    self._move(line, moment, first)

    def put_rule(self, place: Place, rule: ClaimRule, moment: Moment) -> None:
        """A rule is set, or stops, from here on; the lines that it concerns move."""
        rules = self.rules[place]
        rules.put(rule)
        for line in self.loose[place]:
            if line.owner.is_loose:
                owner = _owner_now(line, rule, rules)
                if owner != line.owner:
                    self._move(line, moment, owner)

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
        line.fact = new
        self._settle(line, moment)

    def claim(
        self, voucher_id: UUID, line_key: str, shares: tuple[Share, ...], moment: Moment
    ) -> None:
        """Give a line to whom a person said; without shares, to whom codes and rules say."""
        line = self.lines[voucher_id, line_key]
        self._take_back(line, moment)
        line.shares = shares
        self._settle(line, moment)

    def _settle(self, line: Line, moment: Moment) -> None:
        if line.shares:
            line.owner = line.owner_by_hand()
        else:
            self._match(line)
        self._enter(line, moment)

    def _owner(self, code: Code) -> Owner | None:
        owners = self.owners.get(code)
        if not owners or (code.kind is CodeKind.DOCUMENT and len(owners) > 1):
            return None
        return owners[0]

    def _match(self, line: Line) -> None:
        code = line.code()
        owner = self._owner(code) if code is not None else None
        if owner is not None:
            line.owner = owner
            return
        rules = self.rules.get(line.place)
        line.owner = owner_by_rule(rules.best(line.fact) if rules else None)
        self._await(line, code)

    def _await(self, line: Line, code: Code | None) -> None:
        """Let a line be found by who declares its code, and by rules that this window sets."""
        if code is not None:
            self.waiting[code].append(line)
        if line.place in self.ruled:
            self.loose[line.place].append(line)

    def _move(self, line: Line, moment: Moment, owner: Owner) -> None:
        self._take_back(line, moment)
        line.owner = owner
        self._enter(line, moment)

    def _enter(self, line: Line, moment: Moment) -> None:
        self._enter_parts(line, moment, 1)
        self.changed[line.voucher_id, line.fact.line_key] = line

    def _take_back(self, line: Line, moment: Moment) -> None:
        if not line.entered:
            self._enter_parts(line, line.moment, 1)
            line.entered = True
        self._enter_parts(line, moment, -1)

    def _enter_parts(self, line: Line, moment: Moment, sign: int) -> None:
        for owner, amount in line.parts():
            self.entries.append(Entry(moment, sign * amount, owner, line, line.fact))


def _owner_now(line: Line, rule: ClaimRule, rules: RuleBook) -> Owner:
    """Whose a line is after a change of one rule, as it was right before that change."""
    current = line.owner.rule
    meant = rules.means(rule.number, line.fact)
    if current == rule.number:
        return line.owner if meant else owner_by_rule(rules.best(line.fact))
    beaten = current is None or rules.rule(current).rank < rule.rank
    return owner_by_rule(rule) if meant and beaten else line.owner

"""Vouchers of one unit and what is said of them: told to a log, and kept in mind.

``Story.expected`` says once more, in short, whose a line is: that is what projections are
compared with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from domain.claim import Basis, Share, still_fits
from domain.claim_rule import LinePattern, RuleBook
from domain.claim_rules import ClaimRules
from domain.event import DomainAggregate
from domain.payment import Payment, PaymentLine
from domain.target import Target
from tests.declaring import REGION, YEAR, declaration, line, paid, payment

MAY, JUNE, JULY = date(2025, 5, 6), date(2025, 6, 3), date(2025, 7, 1)

Owned = dict[tuple[Any, ...], Decimal]
"""Amounts by standing, target, basis and rule."""


@dataclass
class Story:
    """``save`` takes what an aggregate decided, at once; rules may be shared by stories."""

    save: Callable[[DomainAggregate], object]
    unit: str = "U1"
    rules: ClaimRules = field(default_factory=lambda: ClaimRules(REGION, YEAR))
    payments: dict[str, Payment] = field(default_factory=dict)
    codes: dict[str, tuple[UUID, Basis]] = field(default_factory=dict)
    own_rules: list[int] = field(default_factory=list)

    def fact(self, key: str) -> PaymentLine:
        """The line of a voucher as it stands."""
        return self.payments[key].lines["1"]

    def pay(self, key: str, amount: int, on: date, **printed: Any) -> None:
        """Record a voucher of one line."""
        fact = paid(str(amount), on, unit_code=self.unit, **{"project_code": None} | printed)
        self.payments[key] = payment(f"{self.unit}-{key}", fact)
        self.save(self.payments[key])

    def correct(self, key: str, **changes: Any) -> None:
        """Mend a line."""
        self.payments[key].correct(replace(self.fact(key), **changes), "更正")
        self.save(self.payments[key])

    def claim(self, key: str, *shares: Share) -> None:
        """Say whose a line is."""
        self.payments[key].claim("1", shares, "认领")
        self.save(self.payments[key])

    def withdraw(self, key: str) -> None:
        """Take back what was said."""
        self.payments[key].withdraw_claim("1", "撤销")
        self.save(self.payments[key])

    def declare(self, code: str, name: str = "项目", document: str | None = None) -> UUID:
        """Declare a target that is found by a code, perhaps by a document number too."""
        fund = line(document_no=document)
        target = Target(declaration(code=code, name=name, fund_lines=(fund,), unit_code=self.unit))
        self.save(target)
        target_id: UUID = target.id
        self.codes[code] = (target_id, Basis.PROJECT_CODE)
        if document:
            self.codes[document] = (target_id, Basis.DOCUMENT_NO)
        return target_id

    def set_rule(self, target_id: UUID | None, from_on: date = MAY, **asked: str) -> int:
        """Set a rule for the unit's lines."""
        pattern = LinePattern(unit=self.unit, **asked)
        number = self.rules.add(pattern, target_id, from_on=from_on, reason="规则")
        self.own_rules.append(number)
        self.save(self.rules)
        return number

    def end_rule(self, number: int, stops_on: date) -> None:
        """Let a rule stop."""
        self.rules.end(number, stops_on=stops_on, reason="停用")
        self.save(self.rules)

    def expected(self, key: str) -> Owned:
        """Whose a line is."""
        fact = self.fact(key)
        shares = self.payments[key].claims.get("1", ())
        if shares:
            return _by_hand(shares, fact.amount)
        found = self.codes.get(fact.project_code or fact.document_no or "")
        if found:
            return {("matched", *found, None): fact.amount}
        rule = RuleBook(self.rules.rules.values()).best(fact)
        if rule is None:
            return {("unclaimed", None, None, None): fact.amount}
        standing = "matched" if rule.target_id else "basic"
        return {(standing, rule.target_id, rule.basis, rule.number): fact.amount}


def _by_hand(shares: tuple[Share, ...], amount: Decimal) -> Owned:
    if not still_fits(shares, amount):
        return {("unclaimed", None, "reopened", None): amount}
    sums: Counter[tuple[Any, ...]] = Counter()
    for share in shares:
        standing = "matched" if share.target_id else "unclaimed" if share.unclaimed else "basic"
        owner = (standing, share.target_id, "hand", None)
        sums[owner] += amount if len(shares) == 1 else share.amount  # type: ignore[assignment]
    return dict(sums)


# Whatever may be told.

Act = tuple[str, dict[str, Any]]

KEYS = ("a", "b", "c")
CODES = ("X1", "X2")
ASKED: tuple[dict[str, str], ...] = (
    {},
    {"economic_class": "301"},
    {"summary": "救助"},
    {"project_name": "印错的名称"},
    {"economic_class": "302", "summary": "工资"},
)
DAYS = st.sampled_from([MAY, JUNE, JULY])


def _act(what: str, **said: st.SearchStrategy[Any]) -> st.SearchStrategy[Act]:
    return st.tuples(st.just(what), st.fixed_dictionaries(said))


_KEY = st.sampled_from(KEYS)
_CODE = st.none() | st.sampled_from(CODES)
_DONE = st.one_of(
    _act("declare", code=st.sampled_from(CODES)),
    _act("rule", to=st.booleans(), from_on=DAYS, asked=st.sampled_from(ASKED)),
    _act("end", which=st.integers(0, 3), stops_on=DAYS),
    _act("claim", key=_KEY, to=st.booleans()),
    _act("split", key=_KEY, part=st.integers(1, 6)),
    _act("withdraw", key=_KEY),
    _act("correct", key=_KEY, amount=st.sampled_from([100, -40, 90]), on=DAYS, code=_CODE),
)


def _paid(key: str) -> st.SearchStrategy[Act]:
    return _act(
        "pay",
        key=st.just(key),
        amount=st.sampled_from([100, -40, 7]),
        on=DAYS,
        code=_CODE,
        economic_class=st.sampled_from(["30101", "30201"]),
        summary=st.sampled_from(["工资", "救助金", "工资和救助"]),
        project_name=st.sampled_from(["印错的名称", "别的"]),
    )


FIRST: Act = ("declare", {"code": "X0"})
"""A target that no line prints, so that there is one to claim for from the first act on."""

ACTS: st.SearchStrategy[list[Act]] = (
    st.tuples(st.tuples(*map(_paid, KEYS)), st.lists(_DONE, min_size=3, max_size=14))
    .flatmap(lambda drawn: st.permutations([*drawn[0], *drawn[1]]))
    .map(lambda told: [FIRST, *told])
)
"""Vouchers, and things done about them in any order; what makes no sense is not told."""


def tell(story: Story, what: str, said: dict[str, Any]) -> None:
    """Tell one act, where it makes sense on what was told before."""
    key = said.get("key")
    if what == "pay":
        printed = {n: said[n] for n in ("economic_class", "summary", "project_name")}
        code = _own(story, said["code"])
        story.pay(said["key"], said["amount"], said["on"], project_code=code, **printed)
    elif what == "declare" and _own(story, said["code"]) not in story.codes:
        story.declare(f"{story.unit}{said['code']}", said["code"])
    elif what == "rule":
        _tell_rule(story, **said)
    elif what == "end" and said["which"] < len(story.own_rules):
        story.end_rule(story.own_rules[said["which"]], said["stops_on"])
    elif key in story.payments:
        _tell_of_line(story, what, key, said)


def _own(story: Story, code: str | None) -> str | None:
    """A code that no other story knows."""
    return f"{story.unit}{code}" if code else None


def _some_target(story: Story) -> UUID | None:
    return next((target_id for target_id, _ in story.codes.values()), None)


def _tell_rule(story: Story, *, to: bool, from_on: date, asked: dict[str, str]) -> None:
    pattern = LinePattern(unit=story.unit, **asked)
    known = story.rules.rules.values()
    if not any(rule.pattern == pattern and rule.overlaps(from_on) for rule in known):
        story.set_rule(_some_target(story) if to else None, from_on, **asked)


def _tell_of_line(story: Story, what: str, key: str, said: dict[str, Any]) -> None:
    amount, target = story.fact(key).amount, _some_target(story)
    if what == "claim":
        story.claim(key, Share(target if said["to"] else None, amount))
    elif what == "split":
        part = Decimal(said["part"]).copy_sign(amount)
        rest = (amount - part) / 2
        story.claim(key, Share(target, part), Share(None, rest), Share(None, rest, unclaimed=True))
    elif what == "withdraw":
        story.withdraw(key)
    elif what == "correct":
        mended = {"amount": Decimal(said["amount"]), "paid_on": said["on"]}
        story.correct(key, project_code=_own(story, said["code"]), **mended)

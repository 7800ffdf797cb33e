"""Whose a line is, event by event and window by window, without a database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.claim import Basis, Share
from domain.claim_rule import RuleBook
from domain.event import DomainAggregate
from services.log.meta import Meta
from services.log.reading import LoggedEvent
from services.projections.payment_line import Code, CodeKind, Entry, Line, Owner, Place
from services.projections.payment_loading import Places
from services.projections.payments import run
from tests.claim_story import ACTS, JULY, JUNE, MAY, Act, Owned, Story, tell

META = Meta("测试", None, "test")
RECORDED_AT = datetime(2025, 8, 1, tzinfo=UTC)


@dataclass
class MemoryShelf:
    """What the read tables would have, in memory."""

    known_codes: list[tuple[Code, Owner]] = field(default_factory=list)
    lines: dict[tuple[UUID, str], Line] = field(default_factory=dict)
    books: dict[Place, RuleBook] = field(default_factory=lambda: defaultdict(RuleBook))
    entries: list[Entry] = field(default_factory=list)

    def places(self, targets: list[UUID]) -> Places:
        ids = {str(target): target for target in targets}
        return {
            ids[code.text]: Place(code.region, code.fiscal_year)
            for code, _ in self.known_codes
            if code.kind is CodeKind.TARGET and code.text in ids
        }

    def codes(self, texts: list[str]) -> Iterator[tuple[Code, Owner]]:
        return (known for known in self.known_codes if known[0].text in texts)

    def lines_of_vouchers(self, vouchers: list[UUID]) -> Iterator[Line]:
        return (replace(line) for line in self.lines.values() if line.voucher_id in vouchers)

    def lines_that_wait(self, texts: list[str]) -> Iterator[Line]:
        for line in self.lines.values():
            code = line.code()
            if line.owner.is_loose and code is not None and code.text in texts:
                yield replace(line)

    def loose_lines(self, place: Place) -> Iterator[Line]:
        found = (
            line for line in self.lines.values() if line.owner.is_loose and line.place == place
        )
        return (replace(line) for line in found)

    def rules(self) -> dict[Place, RuleBook]:
        return self.books

    def take(self, entries: Sequence[LoggedEvent]) -> None:
        """Run a window, and keep what it changed."""
        book = run(entries, self)
        self.known_codes += [(code, owner) for code, owner, _ in book.new_codes]
        for line in [*book.new_lines, *book.changed.values()]:
            if not line.entered:  # the database makes these from the rows
                book.entries += [
                    Entry(line.moment, amount, owner, line, line.fact)
                    for owner, amount in line.parts()
                ]
                line.entered = True
            self.lines[line.voucher_id, line.fact.line_key] = replace(line)
        self.entries += book.entries


@dataclass
class Log:
    """Events as they are told."""

    events: list[LoggedEvent] = field(default_factory=list)

    def save(self, aggregate: DomainAggregate) -> None:
        for event in aggregate.collect_events():
            position = len(self.events) + 1
            self.events.append(LoggedEvent(position, event, META, RECORDED_AT))  # type: ignore[arg-type]


def shelved(log: Log, window: int) -> MemoryShelf:
    shelf = MemoryShelf()
    for start in range(0, len(log.events), window):
        shelf.take(log.events[start : start + window])
    return shelf


def owned(shelf: MemoryShelf, story: Story, key: str, upto: int | None = None) -> Owned:
    """What the entries of a line come to by owner, all of it on the line's own day."""
    sums: dict[tuple[Any, ...], Decimal] = defaultdict(Decimal)
    for entry in shelf.entries:
        known = upto is None or entry.moment.position <= upto
        if known and entry.line.voucher_id == story.payments[key].id:
            sums[*_told(entry.owner), entry.fact.paid_on] += entry.amount
    left = {on: amount for on, amount in sums.items() if amount}
    if upto is None:
        assert {on[-1] for on in left} == {story.fact(key).paid_on}
    return {on[:-1]: amount for on, amount in left.items()}


def _told(owner: Owner) -> tuple[object, ...]:
    return owner.standing, owner.target_id, owner.basis, owner.rule


def rows(shelf: MemoryShelf) -> list[tuple[object, ...]]:
    """Everything that is kept, in a fixed order."""
    lines = [(line.fact, line.owner, line.shares) for line in shelf.lines.values()]
    entries = [(e.moment, e.amount, e.owner, e.fact) for e in shelf.entries]
    return [*sorted(lines, key=str), *sorted(entries, key=str)]


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def story(log: Log) -> Story:
    return Story(log.save)


def now(log: Log, story: Story, key: str) -> Owned:
    """Whose a line is: by the entries, by the reference, in one window and in many."""
    for window in (1, 2, 1000):
        assert owned(shelved(log, window), story, key) == story.expected(key)
    return story.expected(key)


def test_a_rule_takes_lines_on_record_and_those_to_come(log: Log, story: Story) -> None:
    story.pay("old", 100, MAY, economic_class="30101")
    target = story.declare("T1")
    wages = story.set_rule(None, economic_class="301")
    story.pay("new", 50, JUNE, economic_class="30102")
    story.pay("other", 7, JUNE, economic_class="30201")
    office = story.set_rule(target, economic_class="302")
    assert now(log, story, "old") == {("basic", None, "rule", wages): 100}
    assert now(log, story, "new") == {("basic", None, "rule", wages): 50}
    assert now(log, story, "other") == {("matched", target, "rule", office): 7}


def test_a_rule_that_stops_lets_go_of_what_was_paid_from_then_on(log: Log, story: Story) -> None:
    target = story.declare("T1")
    wide = story.set_rule(None)
    narrow = story.set_rule(target, summary="救助")
    for key, on in (("may", MAY), ("june", JUNE)):
        story.pay(key, 10, on, summary="救助金")
    story.end_rule(narrow, JUNE)
    assert now(log, story, "may") == {("matched", target, "rule", narrow): 10}
    assert now(log, story, "june") == {("basic", None, "rule", wide): 10}
    story.end_rule(wide, MAY)
    assert now(log, story, "june") == {("unclaimed", None, None, None): 10}
    story.end_rule(narrow, JULY)
    assert now(log, story, "june") == {("matched", target, "rule", narrow): 10}


def test_a_persons_word_beats_codes_and_rules_and_withdrawn_they_count_again(
    log: Log, story: Story
) -> None:
    target, other = story.declare("T1"), story.declare("T2", "另一个")
    rule = story.set_rule(other, summary="救助")
    story.pay("coded", 100, MAY, project_code="T1", summary="救助")
    story.pay("ruled", -40, MAY, summary="救助")
    story.claim("coded", Share(other, Decimal(100)))
    story.claim("ruled", Share(None, Decimal(-40)))
    assert now(log, story, "coded") == {("matched", other, "hand", None): 100}
    assert now(log, story, "ruled") == {("basic", None, "hand", None): -40}
    story.withdraw("coded")
    story.withdraw("ruled")
    assert now(log, story, "coded") == {("matched", target, "project_code", None): 100}
    assert now(log, story, "ruled") == {("matched", other, "rule", rule): -40}


def test_a_code_that_is_declared_later_beats_a_mapping_that_a_person_confirmed(
    log: Log, story: Story
) -> None:
    first = story.declare("T1")
    story.pay("line", 100, MAY, project_code="T2", project_name="印错的名称")
    number = story.set_rule(first, project_name="印错的名称")
    assert now(log, story, "line") == {("matched", first, "mapping", number): 100}
    second = story.declare("T2", "真正的项目")
    assert now(log, story, "line") == {("matched", second, "project_code", None): 100}


def test_a_line_that_waited_for_a_code_is_not_given_it_once_its_code_was_corrected(
    log: Log, story: Story
) -> None:
    story.pay("line", 100, MAY, project_code="T7")
    story.correct("line", project_code="T8")
    story.declare("T7", "七")
    assert now(log, story, "line") == {("unclaimed", None, None, None): 100}
    target = story.declare("T8", "八")
    assert now(log, story, "line") == {("matched", target, "project_code", None): 100}


def test_a_former_code_and_a_document_say_by_what_a_line_was_found(log: Log, story: Story) -> None:
    former = "13073021T6Q0KS27UZ899"
    target = story.declare("T9", f"[{former}]旧项目", document="财社99号")
    story.codes[former] = (target, Basis.FORMER_CODE)
    story.pay("former", 1, MAY, project_code=former)
    story.pay("document", 2, MAY, document_no="财社99号")
    assert [owner[2] for owner in now(log, story, "former")] == ["former_code"]
    assert [owner[2] for owner in now(log, story, "document")] == ["document_no"]


def test_a_split_holds_until_a_correction_breaks_it_and_again_when_it_fits(
    log: Log, story: Story
) -> None:
    target = story.declare("T1")
    story.pay("line", 100, MAY, project_code="T1")
    rest = Share(None, Decimal(20), unclaimed=True)
    story.claim("line", Share(target, Decimal(50)), Share(None, Decimal(30)), rest)
    in_parts = {
        ("matched", target, "hand", None): 50,
        ("basic", None, "hand", None): 30,
        ("unclaimed", None, "hand", None): 20,
    }
    assert now(log, story, "line") == in_parts
    story.correct("line", paid_on=JUNE)
    assert now(log, story, "line") == in_parts
    story.correct("line", amount=Decimal(90))
    assert now(log, story, "line") == {("unclaimed", None, "reopened", None): 90}
    story.set_rule(None)
    assert now(log, story, "line") == {("unclaimed", None, "reopened", None): 90}
    story.correct("line", amount=Decimal(100))
    assert now(log, story, "line") == in_parts
    story.correct("line", amount=Decimal(90))
    story.withdraw("line")
    assert now(log, story, "line") == {("matched", target, "project_code", None): 90}


def test_a_whole_claim_follows_the_corrected_amount(log: Log, story: Story) -> None:
    target = story.declare("T1")
    story.pay("line", 100, MAY)
    story.claim("line", Share(target, Decimal(100)))
    story.correct("line", amount=Decimal(40))
    assert now(log, story, "line") == {("matched", target, "hand", None): 40}


def test_a_person_may_take_a_line_from_its_code_and_leave_it_open(log: Log, story: Story) -> None:
    story.declare("T1")
    story.pay("line", 100, MAY, project_code="T1")
    story.claim("line", Share(None, Decimal(100), unclaimed=True))
    story.set_rule(None)
    assert now(log, story, "line") == {("unclaimed", None, "hand", None): 100}


@settings(max_examples=300, deadline=None)
@given(told=ACTS, window=st.integers(1, 6))
def test_whose_a_line_is_follows_from_what_was_said_whatever_the_windows(
    told: list[Act], window: int
) -> None:
    log = Log()
    story = Story(log.save)
    for what, said in told:
        tell(story, what, said)
    whole, parted = shelved(log, 1000), shelved(log, window)
    for key in story.payments:
        assert owned(whole, story, key) == story.expected(key)
    assert rows(parted) == rows(whole)


@settings(max_examples=100, deadline=None)
@given(before=ACTS, after=ACTS)
def test_what_was_known_at_a_position_is_never_changed_by_what_comes_later(
    before: list[Act], after: list[Act]
) -> None:
    log = Log()
    story = Story(log.save)
    for what, said in before:
        tell(story, what, said)
    known_at = len(log.events)
    then = {key: owned(shelved(log, 1000), story, key, known_at) for key in story.payments}
    for what, said in after:
        if what != "pay":
            tell(story, what, said)
    later = shelved(log, 3)
    assert {key: owned(later, story, key, known_at) for key in story.payments} == then


def test_the_generator_makes_every_kind_of_act_and_every_way_to_be_found() -> None:
    """A property over nothing proves nothing."""
    acts: set[str] = set()
    found: set[object] = set()

    @settings(max_examples=400, database=None, deadline=None)
    @given(told=ACTS)
    def look(told: list[Act]) -> None:
        story = Story(lambda aggregate: aggregate.collect_events())
        for what, said in told:
            tell(story, what, said)
        acts.update(what for what, _ in told)
        found.update(owner[2] for key in story.payments for owner in story.expected(key))

    look()
    assert acts == {"pay", "declare", "rule", "end", "claim", "split", "withdraw", "correct"}
    assert found == {None, "project_code", "mapping", "rule", "hand", "reopened"}

"""Unclaimed lines are listed, proposed for, claimed, marked, split, withdrawn and ruled upon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from domain.claim import Share, SplitDoesNotAddUpError
from domain.claim_rule import LinePattern
from domain.claim_rules import ClaimRules, RuleAsksNothingError, RuleConflictError
from domain.errors import NotOnRecordError
from domain.payment import Payment, PaymentLine
from domain.proposal import Proposer
from domain.target import Target
from services.carrying_rules import carry_rules, preview_carrying
from services.claiming import (
    LineClaim,
    LineRef,
    TargetElsewhereError,
    TooManyLinesError,
    WholeClaims,
    Withdrawals,
    claim_line,
    claim_lines,
    withdraw_claims,
)
from services.claiming_by_rule import NewRule, RuleEnd, RulePlace, end_rule, preview_rule, set_rule
from services.database.connect import Database
from services.log.appending import MAX_EVENTS, Command
from services.log.errors import CommandReusedError
from services.readmodel.unclaimed_rows import LineFilter, Order
from tests.declaring import REGION, YEAR, declared, line, paid, payment, voucher
from tests.world import META, World, world_on

MAY, JUNE, JULY = date(2025, 5, 6), date(2025, 6, 3), date(2025, 7, 1)
YEAR_END = date(2025, 12, 31)
PLACE = RulePlace(REGION, YEAR)


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    with world_on(database) as made:
        yield made


def lost(amount: str, on: date = MAY, key: str = "1", **printed: object) -> PaymentLine:
    """A line that prints no code."""
    return paid(amount, on, key, **{"project_code": None} | printed)


def ref(number: str, key: str = "1") -> LineRef:
    return LineRef.of(voucher(number), key)


def open_lines(world: World, known_at: int | None = None, **wanted: object) -> dict[str, Decimal]:
    moment = world.read.moment(YEAR, YEAR_END, known_at)
    page = world.read.unclaimed_lines.page(moment, LineFilter(**wanted), limit=500)  # type: ignore[arg-type]
    return {row.voucher_no: row.amount for row in page.rows}


# One by one, and many at once.


def test_a_line_is_claimed_in_parts_that_add_up_once(world: World) -> None:
    target = declared()
    world.save(target)
    world.pay(payment("V1", lost("5")))
    parts = (Share(target.id, Decimal(3)), Share(None, Decimal(2)))
    claim = LineClaim(ref("V1"), parts, "一笔两项")
    done, again = (claim_line(world.log, claim, meta=META) for _ in range(2))
    assert (done.changed, again.changed) == (True, False)
    assert world.log.get(Payment, ref("V1").voucher_id).claims == {"1": parts}
    with pytest.raises(SplitDoesNotAddUpError):
        claim_line(world.log, replace(claim, shares=parts[:1]), meta=META)
    with pytest.raises(NotOnRecordError, match="凭证"):
        claim_line(world.log, replace(claim, line=ref("V9")), meta=META)
    with pytest.raises(NotOnRecordError, match="凭证V1第7行"):
        claim_line(world.log, replace(claim, line=ref("V1", "7")), meta=META)


def test_a_repeated_command_is_answered_as_the_first_time(world: World) -> None:
    world.pay(payment("V1", lost("5")), payment("V2", lost("6")))
    command = Command(uuid4(), b"mark")
    claims = WholeClaims((ref("V1"), ref("V2")), None, "工资")
    done = claim_lines(world.log, claims, meta=META, command=command)
    assert (done.changed, done.unchanged) == (2, 0)
    assert claim_lines(world.log, claims, meta=META, command=command) == done
    with pytest.raises(CommandReusedError):
        claim_lines(world.log, claims, meta=META, command=Command(command.command_id, b"other"))


def test_many_lines_are_claimed_in_one_append_and_what_is_so_already_is_left(world: World) -> None:
    target = declared()
    world.save(target)
    world.pay(payment("V1", lost("5"), lost("-2", key="2")), payment("V2", lost("6")))
    claims = WholeClaims((ref("V1"), ref("V1", "2"), ref("V2")), target.id, "核对合同")
    head = world.log.head()
    done = claim_lines(world.log, claims, meta=META)
    assert (done.changed, done.unchanged, world.log.head()) == (3, 0, head + 3)
    again = claim_lines(world.log, claims, meta=META)
    assert (again.changed, again.unchanged, world.log.head()) == (0, 3, head + 3)
    world.projector.catch_up()
    assert open_lines(world) == {}


def test_all_of_many_lines_are_claimed_or_none(world: World) -> None:
    world.pay(payment("V1", lost("5")))
    head = world.log.head()
    with pytest.raises(NotOnRecordError):
        claim_lines(world.log, WholeClaims((ref("V1"), ref("V9")), None, "工资"), meta=META)
    with pytest.raises(NotOnRecordError):
        claim_lines(world.log, WholeClaims((ref("V1"), ref("V1", "9")), None, "工资"), meta=META)
    too_many = (ref("V1"),) * (MAX_EVENTS + 1)
    with pytest.raises(TooManyLinesError, match="一次最多处理5000行，本次5001行"):
        claim_lines(world.log, WholeClaims(too_many, None, "工资"), meta=META)
    assert world.log.head() == head


def test_a_line_goes_to_a_target_of_its_own_region_and_budget_year(world: World) -> None:
    next_year = declared(fiscal_year=YEAR + 1, name="来年")
    elsewhere = declared(region="139900001", name="邻县")
    world.save(next_year, elsewhere)
    world.pay(payment("V1", lost("5")))
    for target, words in ((next_year, "2026年度"), (elsewhere, "139900001")):
        with pytest.raises(TargetElsewhereError, match=words):
            claim_lines(world.log, WholeClaims((ref("V1"),), target.id, "认领"), meta=META)
        share = Share(target.id, Decimal(5))
        with pytest.raises(TargetElsewhereError, match="凭证V1"):
            claim_line(world.log, LineClaim(ref("V1"), (share,), "认领"), meta=META)
    with pytest.raises(NotOnRecordError):
        claim_lines(world.log, WholeClaims((ref("V1"),), UUID(int=7), "认领"), meta=META)


def test_withdrawn_claims_count_no_more_and_stay_on_record(world: World) -> None:
    target = declared()
    world.save(target)
    world.pay(payment("V1", lost("5")), payment("V2", lost("6")))
    lines = (ref("V1"), ref("V2"))
    claim_lines(world.log, WholeClaims(lines[:1], target.id, "认领"), meta=META)
    world.projector.catch_up()
    before = world.read.position()
    done = withdraw_claims(world.log, Withdrawals(lines, "认领有误"), meta=META)
    assert (done.changed, done.unchanged) == (1, 1)
    world.projector.catch_up()
    assert open_lines(world) == {"V1": Decimal(5), "V2": Decimal(6)}
    assert open_lines(world, before) == {"V2": Decimal(6)}
    steps = world.read.unclaimed_lines.steps(lines[0].voucher_id, "1", world.read.position())
    assert [(step.reason, step.actor, len(step.shares)) for step in steps] == [
        ("认领", "测试", 1),
        ("认领有误", "测试", 0),
    ]


# The list.


def test_the_list_is_narrowed_sorted_summed_and_read_page_by_page(world: World) -> None:
    world.pay(
        payment("V1", lost("100", unit_code="A", project_name="乙", summary="付100%_款")),
        payment("V2", lost("-30", JUNE, unit_code="A", project_name="甲")),
        payment("V3", lost("7", JUNE, unit_code=None, unit_name="无码单位")),
        payment("V4", lost("9", unit_code=None, document_no="财社9号")),
    )
    world.projector.catch_up()
    moment = world.read.moment(YEAR, YEAR_END)
    lines = world.read.unclaimed_lines

    def numbers(order: Order) -> list[str]:
        return [row.voucher_no for row in lines.page(moment, LineFilter(), order=order).rows]

    assert numbers(Order.UNIT) == ["V4", "V1", "V2", "V3"]
    assert numbers(Order.AMOUNT) == ["V1", "V2", "V4", "V3"]
    assert numbers(Order.PAID_ON) == ["V2", "V3", "V4", "V1"]
    assert set(open_lines(world, unit="A")) == {"V1", "V2"}
    assert set(open_lines(world, unit="无码单位")) == {"V3"}
    assert set(open_lines(world, unit="")) == {"V4"}
    assert set(open_lines(world, month=date(2025, 6, 15))) == {"V2", "V3"}
    assert set(open_lines(world, least=Decimal(9), most=Decimal(30))) == {"V2", "V4"}
    assert set(open_lines(world, text="100%_款")) == {"V1"}
    assert set(open_lines(world, text="%")) == {"V1"}
    assert set(open_lines(world, text="财社9")) == {"V4"}
    page = lines.page(moment, LineFilter(), start=2, limit=2)
    assert ([row.voucher_no for row in page.rows], page.lines, page.amount) == (
        ["V2", "V3"],
        4,
        Decimal(86),
    )
    beyond = lines.page(moment, LineFilter(), start=400, limit=3)
    assert ([row.voucher_no for row in beyond.rows], beyond.start) == (["V3"], 3)
    nothing = lines.page(moment, LineFilter(text="没有"), start=3)
    assert (len(nothing.rows), nothing.lines, nothing.amount) == (0, 0, Decimal(0))
    assert [(u.unit, u.name, u.lines, u.amount) for u in lines.units(moment)] == [
        ("", None, 1, Decimal(9)),
        ("A", None, 2, Decimal(70)),
        ("无码单位", "无码单位", 1, Decimal(7)),
    ]


def test_the_rest_of_a_split_line_and_a_split_that_broke_are_on_the_list_the_latter_first(
    world: World,
) -> None:
    target = declared()
    world.save(target)
    world.pay(*(payment(f"V{n}", lost("100")) for n in (1, 2, 3)))
    rest = Share(None, Decimal(40), unclaimed=True)
    for number in ("V2", "V3"):
        parts = (Share(target.id, Decimal(60)), rest)
        claim_line(world.log, LineClaim(ref(number), parts, "先认一部分"), meta=META)
    broken = world.log.get(Payment, ref("V3").voucher_id)
    broken.correct(lost("90"), "更正")
    world.save(broken)
    world.projector.catch_up()
    moment = world.read.moment(YEAR, YEAR_END)
    rows = world.read.unclaimed_lines.page(moment, LineFilter()).rows
    assert [(row.voucher_no, row.amount, row.line_amount, row.basis) for row in rows] == [
        ("V3", Decimal(90), Decimal(90), "reopened"),
        ("V1", Decimal(100), Decimal(100), None),
        ("V2", Decimal(40), Decimal(100), "hand"),
    ]
    assert rows[2].shares == (Share(target.id, Decimal(60)), rest)
    assert world.read.unclaimed(moment) == {}
    world.complete_to(YEAR_END)
    world.projector.catch_up()
    moment = world.read.moment(YEAR, YEAR_END)
    assert world.read.unclaimed(moment) == {"450001": Decimal(230)}
    assert world.read.counts().unclaimed_lines == 3


def test_what_people_said_is_a_list_of_its_own_the_latest_first(world: World) -> None:
    target = declared()
    world.save(target)
    world.pay(payment("V1", lost("5")), payment("V2", lost("6")), payment("V3", lost("7")))
    claim_lines(world.log, WholeClaims((ref("V1"),), target.id, "合同"), meta=META)
    claim_lines(world.log, WholeClaims((ref("V2"), ref("V3")), None, "工资"), meta=META)
    withdraw_claims(world.log, Withdrawals((ref("V3"),), "有误"), meta=META)
    world.projector.catch_up()
    moment = world.read.moment(YEAR, YEAR_END)
    page = world.read.unclaimed_lines.claimed(moment, LineFilter())
    assert [(r.voucher_no, r.standing, r.basis, r.actor, r.reason) for r in page.rows] == [
        ("V2", "basic", "hand", "测试", "工资"),
        ("V1", "matched", "hand", "测试", "合同"),
    ]
    assert (page.lines, page.amount) == (2, Decimal(11))
    assert page.rows[1].shares == (Share(target.id, Decimal(5)),)


def test_everything_entered_adds_up_by_month_and_standing(world: World) -> None:
    """Treasury = matched + basic + unclaimed + not entered (rules §2)."""
    target = declared()
    world.save(target)
    world.pay(
        payment("V1", paid("100", MAY), lost("40", key="2")),
        payment("V2", lost("-7", JUNE)),
        payment("V3", lost("3", JULY)),
    )
    parts = (Share(target.id, Decimal(10)), Share(None, Decimal(30)))
    claim_line(world.log, LineClaim(ref("V1", "2"), parts, "拆分"), meta=META)
    world.projector.catch_up()
    moment = world.read.moment(YEAR, date(2025, 6, 30))
    sums = {
        (one.month.month, one.standing): one.amount
        for one in world.read.unclaimed_lines.sums(moment)
    }
    assert sums == {
        (5, "matched"): Decimal(110),
        (5, "basic"): Decimal(30),
        (6, "unclaimed"): Decimal(-7),
    }


def test_candidates_know_names_former_codes_and_documents(world: World) -> None:
    former = "13073021T6Q0KS27UZ891"
    target = declared(
        code="P1", name=f"[{former}]乡村道路养护", fund_lines=(line(document_no="财建8号"),)
    )
    world.save(target)
    world.pay(payment("V1", lost("5", project_name="乡村道路 养护", document_no="财建9号")))
    world.projector.catch_up()
    [candidate] = world.read.unclaimed_lines.candidates(YEAR)
    assert (set(candidate.codes), candidate.documents) == ({"P1", former}, ("财建8号",))
    moment = world.read.moment(YEAR, YEAR_END)
    [row] = world.read.unclaimed_lines.page(moment, LineFilter()).rows
    [proposal] = Proposer([candidate]).propose(row.printed())
    assert (proposal.target_id, proposal.reasons) == (target.id, ("项目名称相同", "单位相同"))


# By rule.


def test_a_rule_is_tried_before_it_is_set_and_takes_what_was_shown(world: World) -> None:
    target = declared()
    world.save(target)
    world.pay(
        payment("V1", lost("100", unit_name="甲局", economic_class="30101")),
        payment("V2", lost("-30", JUNE, economic_class="30102")),
        payment("V3", lost("7", economic_class="30201")),
        payment("V4", paid("9", MAY, economic_class="30101")),
    )
    world.projector.catch_up()
    new = NewRule(LinePattern(economic_class="301"), None, MAY, "工资福利属基本支出")
    seen = preview_rule(world.log, world.read, PLACE, new)
    assert (seen.lines, seen.amount, seen.of_rules, seen.left) == (2, Decimal(70), (), 0)
    assert seen.units == (("甲局", 1, Decimal(100)), ("450001", 1, Decimal(-30)))
    assert [one.voucher_no for one in seen.shown] == ["V1", "V2"]
    assert set(open_lines(world)) == {"V1", "V2", "V3"}
    done = set_rule(world.log, PLACE, new, meta=META)
    assert (done.number, done.changed) == (1, True)
    assert set_rule(world.log, PLACE, new, meta=META).changed is False
    world.projector.catch_up()
    assert set(open_lines(world)) == {"V3"}
    moment = world.read.moment(YEAR, YEAR_END)
    [row] = world.read.unclaimed_lines.rules(moment)
    assert (row.number, row.actor, row.reason, row.lines, row.amount) == (
        1,
        "测试",
        "工资福利属基本支出",
        2,
        Decimal(70),
    )
    [shown] = [one for one in world.read.payments(limit=9) if one.voucher_no == "V1"]
    assert (shown.standing, shown.basis, shown.rule) == ("basic", "rule", 1)


def test_a_preview_counts_what_other_rules_hold_and_what_stays_with_them(world: World) -> None:
    target = declared()
    world.save(target)
    world.pay(
        payment("V1", lost("1", economic_class="30101", summary="工资")),
        payment("V2", lost("2", economic_class="30101", summary="奖金")),
    )
    by_class = NewRule(LinePattern(economic_class="301"), None, MAY, "规则")
    by_both = NewRule(LinePattern(economic_class="301", summary="工资"), target.id, MAY, "规则")
    set_rule(world.log, PLACE, by_class, meta=META)
    set_rule(world.log, PLACE, by_both, meta=META)
    world.projector.catch_up()
    unit = NewRule(LinePattern(unit="450001"), None, MAY, "规则")
    seen = preview_rule(world.log, world.read, PLACE, unit)
    assert (seen.lines, seen.of_rules, seen.left) == (1, ((1, 1),), 1)


def test_an_ended_rule_lets_its_lines_go_and_what_was_known_stays(world: World) -> None:
    target = declared()
    world.save(target)
    world.pay(payment("V1", lost("5", JUNE)), payment("V2", lost("6", MAY)))
    world.complete_to(YEAR_END)
    set_rule(
        world.log, PLACE, NewRule(LinePattern(unit="450001"), target.id, MAY, "规则"), meta=META
    )
    before = world.projector.catch_up()
    done = end_rule(world.log, PLACE, RuleEnd(1, JUNE, "项目调整"), meta=META)
    again = end_rule(world.log, PLACE, RuleEnd(1, JUNE, "项目调整"), meta=META)
    assert (done.changed, again.changed) == (True, False)
    world.projector.catch_up()

    def spent(known_at: int | None) -> Decimal:
        moment = world.read.moment(YEAR, YEAR_END, known_at)
        return world.read.judged_target(target.id, moment).picture.executed

    assert (spent(before), spent(None)) == (Decimal(11), Decimal(6))
    [then] = world.read.unclaimed_lines.rules(world.read.moment(YEAR, YEAR_END, before))
    [now] = world.read.unclaimed_lines.rules(world.read.moment(YEAR, YEAR_END))
    assert (then.stops_on, then.lines, now.stops_on, now.lines) == (None, 2, JUNE, 1)
    assert (now.end_reason, now.ended_by, now.rule.in_force(JUNE)) == ("项目调整", "测试", False)
    detail = world.read.detail(target.id, world.read.moment(YEAR, YEAR_END, before))
    assert [(one.basis, one.rule) for one in detail.payments] == [("rule", 1), ("rule", 1)]


def test_rules_that_make_no_sense_are_refused(world: World) -> None:
    target, next_year = declared(), declared(fiscal_year=YEAR + 1, name="来年")
    world.save(target, next_year)
    blank = NewRule(LinePattern(), None, MAY, "规则")
    for refusing in (
        lambda: set_rule(world.log, PLACE, blank, meta=META),
        lambda: preview_rule(world.log, world.read, PLACE, blank),
    ):
        with pytest.raises(RuleAsksNothingError):
            refusing()
    foreign = NewRule(LinePattern(unit="450001"), next_year.id, MAY, "规则")
    with pytest.raises(TargetElsewhereError, match="2025年度的认领规则不能归入2026年度"):
        preview_rule(world.log, world.read, PLACE, foreign)
    with pytest.raises(TargetElsewhereError):
        set_rule(world.log, PLACE, foreign, meta=META)
    with pytest.raises(NotOnRecordError):
        set_rule(world.log, PLACE, replace(foreign, target_id=UUID(int=9)), meta=META)
    with pytest.raises(NotOnRecordError):
        end_rule(world.log, PLACE, RuleEnd(3, MAY, "停用"), meta=META)
    set_rule(world.log, PLACE, replace(foreign, target_id=None), meta=META)
    with pytest.raises(RuleConflictError):
        set_rule(world.log, PLACE, replace(foreign, target_id=target.id), meta=META)


def test_a_repeated_command_sets_one_rule_and_is_told_so_again(world: World) -> None:
    command = Command(uuid4(), b"rule")
    new = NewRule(LinePattern(unit="450001"), None, MAY, "规则")
    done = set_rule(world.log, PLACE, new, meta=META, command=command)
    assert set_rule(world.log, PLACE, new, meta=META, command=command) == done


NEXT = RulePlace(REGION, YEAR + 1)


def before(world: World) -> None:
    """Five rules of a year, two of whose projects go on in the next."""
    same = [declared(project_code="P1"), declared(project_code="P1", fiscal_year=YEAR + 1)]
    renamed = [
        declared(project_code="P2", name="下乡义诊"),
        declared(project_code="Q2", name="下乡义诊", fiscal_year=YEAR + 1),
    ]
    gone = declared(project_code="P3", name="只办一年")
    world.save(*same, *renamed, gone)
    owners = [None, same[0].id, renamed[0].id, gone.id, None, None]
    patterns = [
        *(LinePattern(economic_class="301"), LinePattern(unit="甲局"), LinePattern(unit="乙局")),
        *(LinePattern(unit="丙局"), LinePattern(document_no="财社1号"), LinePattern(unit="丁局")),
    ]
    for pattern, owner in zip(patterns, owners, strict=True):
        set_rule(world.log, PLACE, NewRule(pattern, owner, MAY, "规则"), meta=META)
    end_rule(world.log, PLACE, RuleEnd(6, JUNE, "停用"), meta=META)
    world.projector.catch_up()


def test_rules_go_on_in_the_next_year_with_its_own_targets_and_the_others_say_why(
    world: World,
) -> None:
    before(world)
    lookups = world.services.lookups
    seen = preview_carrying(world.log, lookups, NEXT)
    head = world.log.head()
    assert seen.position is None
    done = carry_rules(world.log, lookups, NEXT, meta=META)
    assert (done.rules, done.carried) == (seen.rules, 3)
    assert world.log.head() > head
    assert [(one.before, one.number) for one in done.rules] == [
        *((1, 1), (2, 2), (3, 3), (4, None), (5, None)),
    ]
    assert "本年度没有项目“只办一年”" in (done.rules[3].why or "")
    assert "文号" in (done.rules[4].why or "")
    rules = world.log.get(ClaimRules, ClaimRules.create_id(REGION, YEAR + 1)).rules
    owners = {
        n: world.log.get(Target, rule.target_id) for n, rule in rules.items() if rule.target_id
    }
    assert {n: one.declaration.fiscal_year for n, one in owners.items()} == {2: 2026, 3: 2026}
    assert {rule.from_on for rule in rules.values()} == {date(2026, 1, 1)}
    [newest, *_] = world.log.stream(ClaimRules.create_id(REGION, YEAR + 1))[::-1]
    assert newest.event.reason == "沿用2025年规则3"  # type: ignore[attr-defined]


def test_rules_that_went_on_already_do_so_once_and_a_repeated_command_answers_the_same(
    world: World,
) -> None:
    before(world)
    lookups, command = world.services.lookups, Command(uuid4(), b"carry")
    done = carry_rules(world.log, lookups, NEXT, meta=META, command=command)
    assert carry_rules(world.log, lookups, NEXT, meta=META, command=command) == done
    head = world.log.head()
    again = carry_rules(world.log, lookups, NEXT, meta=META)
    assert (again.carried, {one.known for one in again.rules[:3]}) == (0, {True})
    assert world.log.head() == head


def test_a_rule_does_not_go_on_against_one_that_the_next_year_has(world: World) -> None:
    before(world)
    other = declared(project_code="P9", name="另一项", fiscal_year=YEAR + 1)
    world.save(other)
    new = NewRule(LinePattern(unit="甲局"), other.id, date(2026, 1, 1), "另归")
    set_rule(world.log, NEXT, new, meta=META)
    done = carry_rules(world.log, world.services.lookups, NEXT, meta=META)
    assert (done.carried, "条件相同而归属不同" in (done.rules[1].why or "")) == (2, True)


def test_a_year_before_without_rules_leaves_nothing_on_record(world: World) -> None:
    head = world.log.head()
    done = carry_rules(world.log, world.services.lookups, NEXT, meta=META)
    assert (done.rules, world.log.head()) == ((), head)

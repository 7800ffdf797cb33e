"""未认领支付 without a browser: what clicks do, whatever the browser sends, and huge lists."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from dashboard.acting import Acted, act
from dashboard.address import RULES_VIEW, UNCLAIMED, Address
from dashboard.pages.unclaimed.acts import DOERS, try_rule
from dashboard.pages.unclaimed.page import show_unclaimed
from domain.claim_rule import LinePattern
from domain.payment import Payment, PaymentLine, VoucherKey, VoucherKind
from services.access.present import being
from services.access.signing_in import who_by_token
from services.bootstrap import Services
from services.claiming_by_rule import NewRule, RulePlace, set_rule
from services.projections.supervisor import Supervisor
from services.readmodel.readmodel import YearNotOnRecordError
from tests.accounts import token_for
from tests.county import META, REGION, YEAR, VirtualClock, id_of, services_on, tell_the_year
from tests.servers import RunningServer

HUGE = 20_000


def paid(number: str, amount: str, **printed: Any) -> Payment:
    """A voucher of one line that prints no code."""
    line = PaymentLine("1", Decimal(amount), date(YEAR, 7, 8), unit_code="101001", **printed)
    return Payment(VoucherKey(REGION, YEAR, VoucherKind.PAYMENT, number), (line,), None)


@pytest.fixture(scope="module")
def services(embedded_server: RunningServer) -> Iterator[Services]:
    """A county's year, twenty thousand lines that find no project, and somebody who looks."""
    with embedded_server.fresh() as database:
        clock = VirtualClock()
        with services_on(database, clock) as services:
            tell_the_year(services, clock)
            many = (paid(f"H{n:05}", f"{n + 1}.00", summary="工资") for n in range(HUGE))
            services.log.append_facts(many, META, uuid4())
            supervisor = Supervisor(services.projector, services.log.channel)
            supervisor.start()
            services.projector.catch_up()
            token = token_for(services, REGION)
            person = who_by_token(services.log, services.sign_in_desk, token, clock())
            assert person is not None
            with being(person):
                yield services
            supervisor.stop()


def click(services: Services, do: str, **said: Any) -> Acted:
    told = {"do": do, "said": json.dumps(said)}
    return act(services, DOERS, {"told": told, "nonce": 1})


def ref(number: str) -> list[str]:
    key = VoucherKey(REGION, YEAR, VoucherKind.PAYMENT, number)
    return [str(Payment.create_id(key)), "1"]


def shown(services: Services, **address: Any) -> str:
    return str(show_unclaimed(services, Address(UNCLAIMED, **address)).children)


def test_twenty_thousand_lines_come_a_page_at_a_time(services: Services) -> None:
    first = shown(services)
    assert f"共{HUGE + 1:,}笔" in first
    assert first.count("data-line") == 50
    last = shown(services, rows=9_999)
    assert "第401页，共401页" in last
    assert last.count("data-line") == 1
    assert shown(services, words="H00007").count("data-line") == 1


@pytest.mark.parametrize(
    ("do", "said"),
    [
        ("claim_lines", {}),
        ("claim_lines", {"lines": "x", "owner": "basic", "reason": "r"}),
        ("claim_lines", {"lines": [["no id", "1"]], "owner": "basic", "reason": "r"}),
        ("claim_lines", {"lines": [[1, 2, 3]], "owner": "basic", "reason": "r"}),
        ("split_line", {"lines": [], "parts": [], "reason": "r"}),
        ("split_line", {"lines": [[str(UUID(int=1)), "1"]], "parts": [5], "reason": "r"}),
        ("split_line", {"lines": [[str(UUID(int=1)), "1"]], "parts": [{"amount": "x"}]}),
        ("withdraw_claims", {"lines": None}),
        ("set_rule", {"owner": "basic", "from_on": "2025-01-01"}),
        ("end_rule", {"number": "one", "stops_on": "2025-01-01"}),
    ],
)
def test_what_cannot_be_understood_changes_nothing(
    services: Services, do: str, said: dict[str, Any]
) -> None:
    acted = click(services, do, **said)
    assert (acted.changed, acted.sentence) == (False, "页面送来的内容不完整，未办理。请刷新重试。")
    torn = act(services, DOERS, {"told": {"do": do, "said": "{"}})
    assert torn == acted


def test_what_is_refused_says_why(services: Services) -> None:
    lines = [ref("H00001")]
    assert "列表中选择项目" in click(services, "claim_lines", lines=lines, owner="open").sentence
    assert "写明理由" in click(services, "claim_lines", lines=lines, owner="basic").sentence
    unknown = click(services, "claim_lines", lines=lines, owner=str(UUID(int=3)), reason="x")
    assert "没有记录" in unknown.sentence
    parts = [{"owner": "basic", "amount": "1.00"}, {"owner": "open", "amount": "0.50"}]
    split = click(services, "split_line", lines=lines, parts=parts, reason="x")
    assert split.sentence.startswith("拆分合计1.50元，与该行2.00元不符")
    rule = click(services, "set_rule", asked={}, owner="basic", from_on="2025-01-01", reason="x")
    assert "规则没有条件" in rule.sentence
    no_day = click(services, "set_rule", asked={}, owner="basic", from_on="昨天", reason="x")
    assert no_day.sentence.startswith("“昨天”不是日期")


def test_an_act_says_what_it_did_and_how_it_is_taken_back(services: Services) -> None:
    lines = [ref("H00002"), ref("H00003")]
    target = str(id_of("1001"))
    acted = click(services, "claim_lines", lines=lines, owner=target, reason="合同")
    assert (acted.sentence, acted.changed) == ("已认领2笔。", True)
    assert "data-do" in str(acted.shown)
    again = click(services, "claim_lines", lines=lines, owner="basic", reason="改为基本支出")
    assert (again.sentence, again.undo) == ("已标为基本支出2笔。", None)
    assert acted.undo is not None
    back = act(services, DOERS, {"told": dict(acted.undo)})
    assert back.sentence == "已撤销2笔认领。"
    [entry, *_] = services.log.stream(UUID(lines[0][0]))[-1:]
    assert (entry.meta.actor, entry.meta.source) == ("caizheng", "screen")


def test_a_rule_is_tried_for_the_year_of_the_page(services: Services) -> None:
    asked = {"summary": "工资"}
    said = {"asked": asked, "owner": "basic", "from_on": "2025-01-01", "trial": "7"}
    seen = str(try_rule(services, said | {"search": f"?year={YEAR}"}))
    assert f"会归集现有{HUGE:,}笔" in seen
    assert "以下列出前50笔" in seen
    assert "data-sound" in seen
    nothing = str(try_rule(services, said | {"search": "?year=2024"}))
    assert "现有的行都不符合" in nothing
    refused = str(try_rule(services, said | {"asked": {"summary": "*"}}))
    assert "规则没有条件" in refused
    assert "data-sound" not in refused


def test_a_year_without_anything_is_not_on_record(services: Services) -> None:
    with pytest.raises(YearNotOnRecordError):
        shown(services, year=2019)


def test_rules_of_the_year_before_are_offered_and_carried_by_a_click(services: Services) -> None:
    place = RulePlace(REGION, YEAR - 1)
    new = NewRule(LinePattern(unit="某单位"), None, date(YEAR - 1, 1, 1), "上年")
    services.read_model.wait_for(set_rule(services.log, place, new, meta=META).position)
    offered = shown(services, year=YEAR, view=RULES_VIEW)
    assert f"{YEAR - 1}年末在用的规则有1条本年没有" in offered
    assert "carry_rules" in offered
    acted = act(services, DOERS, {"told": {"do": "carry_rules", "year": str(YEAR)}})
    assert (acted.sentence, acted.changed) == ("已沿用1条规则。", True)
    assert "carry_rules" not in shown(services, year=YEAR, view=RULES_VIEW)
    odd = act(services, DOERS, {"told": {"do": "carry_rules", "year": "明年"}})
    assert odd.changed is False

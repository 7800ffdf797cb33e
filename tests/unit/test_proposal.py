"""What speaks for a target, how much, and that nothing is ever certain."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.payment import PaymentLine
from domain.proposal import AT_MOST, WORTH_SAYING, Candidate, Proposer
from tests.declaring import paid

RELIEF = Candidate(
    UUID(int=1),
    "城乡困难群众救助配套资金",
    "13073025P0001",
    "101001",
    "县民政局",
    ("13073025P0001",),
)
WATER = Candidate(
    UUID(int=2),
    "乡镇污水处理站提标改造",
    "13073025P0002",
    "102001",
    "县生态环境局",
    ("13073025P0002",),
    ("财建〔2025〕8号",),
)
ROADS = Candidate(UUID(int=3), "乡村道路养护", None, None, "县交通运输局", (), ("财建〔2025〕8号",))
PROPOSER = Proposer([RELIEF, WATER, ROADS])
BARE = PaymentLine("1", paid("100", date(2025, 5, 6)).amount, date(2025, 5, 6))


def proposed(**printed: Any) -> list[tuple[int, int, tuple[str, ...]]]:
    found = PROPOSER.propose(replace(BARE, **printed))
    return [(one.target_id.int, one.score, one.reasons) for one in found]


@pytest.mark.parametrize(
    ("printed", "score", "reasons"),
    [
        (
            {"project_name": "城乡困难群众救助配套资金", "unit_code": "101001"},
            90,
            ("项目名称相同", "单位相同"),
        ),
        (
            {"project_name": "[2024] 城乡困难群众 救助配套资金", "unit_name": "县民政局"},
            90,
            ("项目名称相同", "单位相同"),
        ),
        (
            {"project_name": "城乡困难群众救助配套资金", "unit_name": "县财政局"},
            45,
            ("项目名称相同", "单位不同"),
        ),
        ({"project_name": "困难群众救助"}, 55, ("项目名称一个含另一个",)),
        ({"project_name": "城乡困难群众救助县级资金"}, 43, ("项目名称相近（72%）",)),
        ({"summary": "付城乡困难群众救助配套资金（6月）"}, 50, ("摘要里有项目名称",)),
        ({"project_code": "13073025P0011"}, 45, ("项目编码只差一处或只差前导零",)),
        (
            {"project_name": "城乡困难群众救助配套资金", "project_code": "13073025P0010"},
            99,
            ("项目名称相同", "项目编码只差一处或只差前导零"),
        ),
    ],
)
def test_each_likeness_has_its_points_and_says_so(
    printed: dict[str, str], score: int, reasons: tuple[str, ...]
) -> None:
    assert (1, score, reasons) in proposed(**printed)


def test_a_shared_document_number_proposes_each_target_that_has_it() -> None:
    reason = "文号相同（2个项目共用）"
    assert proposed(document_no="财建[2025]8号", unit_code="102001") == [
        (2, 65, (reason, "单位相同"))
    ]
    assert proposed(document_no="财建[2025]8号") == [(2, 45, (reason,)), (3, 45, (reason,))]


@pytest.mark.parametrize(
    ("code", "near"),
    [
        ("13073025P0002", True),
        ("013073025P0002", True),
        ("13073025P0092", True),
        ("13073052P0002", True),
        ("13073025P0099", False),
        ("13073025P9992", False),
        ("31073052P0002", False),
        ("13073025P00029", False),
        ("P0002", False),
    ],
)
def test_a_code_is_nearly_one_by_leading_zeros_one_character_or_a_turned_pair(
    code: str, near: bool
) -> None:
    only = Proposer([WATER])
    assert bool(only.propose(replace(BARE, project_code=code))) is near


@pytest.mark.parametrize(
    "printed",
    [
        {},
        {"unit_code": "101001"},
        {"project_name": "办公用品采购"},
        {"project_name": "资金"},
        {"summary": "付工资"},
        {"project_code": "P1"},
    ],
    ids=str,
)
def test_nothing_is_proposed_where_nothing_but_the_unit_speaks(printed: dict[str, str]) -> None:
    assert proposed(**printed) == []


def test_the_likeliest_comes_first_and_three_are_enough() -> None:
    many = [replace(RELIEF, target_id=UUID(int=n), unit_code=f"10100{n}") for n in range(1, 7)]
    found = Proposer(many).propose(
        replace(BARE, project_name=RELIEF.project_name, unit_code="101004")
    )
    assert [one.target_id.int for one in found] == [4, 1, 2]
    assert len(found) == AT_MOST


NAMES = st.text(alphabet="城乡道路养护救助资金（）[]2025 ", max_size=12)


@given(st.lists(NAMES, max_size=6), NAMES, st.none() | st.sampled_from(["101001", "102001"]))
def test_a_proposal_is_worth_saying_never_certain_and_always_has_a_reason(
    names: list[str], printed: str, unit: str | None
) -> None:
    candidates = [
        replace(RELIEF, target_id=UUID(int=n), project_name=name) for n, name in enumerate(names)
    ]
    line = replace(BARE, project_name=printed, unit_code=unit, summary=printed)
    found = Proposer(candidates).propose(line)
    assert all(WORTH_SAYING <= one.score < 100 and one.reasons for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)

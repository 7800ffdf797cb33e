"""Money told in a sentence is read label by label; a lone amount is taken out of its words."""

from __future__ import annotations

import pytest

from services.intake.forms.money import amount_within
from services.intake.forms.reading import read_file

HEAD = "项目支出绩效目标表\n（2025年度）\n项目名称\t甲\n实施单位\t乙\n绩效目标\t丙\n"


def test_each_amount_of_a_sentence_goes_under_the_label_before_it() -> None:
    told = "总额106.75万元，一、财政拨款：69.23万元（其中：上级财政资金50万元）；二、其他37.52万元"
    (declared,) = read_file(f"{HEAD}资金总额及构成\t{told}\n".encode(), "form.txt").declarations
    budget = declared.annual_budget
    assert (budget.total, budget.fiscal, budget.other, budget.unit) == (
        "106.75",
        "69.23",
        "37.52",
        "万元",
    )


@pytest.mark.parametrize(
    ("printed", "amount"),
    [
        ("壹拾捌万元整（18万元）", "18万元"),
        ("叁佰万元整（￥3,000,000.00元）", "3,000,000.00元"),
        ("一般公共预算安排900万元", "900万元"),
        ("90.5", "90.5"),
        ("每人500元，共20000元", "每人500元，共20000元"),
        ("详见附件", "详见附件"),
    ],
)
def test_a_lone_amount_is_taken_out_of_its_words(printed: str, amount: str) -> None:
    assert amount_within(printed) == amount

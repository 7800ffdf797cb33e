"""What a form carries of a declaration, and what it cannot: the one list.

A declared target written out and read back says the same in every field without a reason here.
What was read from a form says nothing in the others, so that it comes back equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.sheets.declaration_form.template import MOST_CHECKPOINTS

_YEAR_ONLY = "表上只有年度"
_ONE_AMOUNT = "表上每个资金来源只有一个数"
_REREAD = "表上只有原文，再导入时按原文重新判读；人工改定的判读不在表上"
_NO_PLACE = "表样没有此栏"


@dataclass(frozen=True, slots=True)
class Carried:
    """A field as people call it, and why a form cannot carry it; None: it does."""

    name: str
    why_not: str | None = None


FIELDS: Mapping[str, Carried] = {
    "region": Carried("地区"),
    "fiscal_year": Carried("年度"),
    "project_name": Carried("项目名称"),
    "project_code": Carried("项目编码"),
    "unit_name": Carried("实施单位"),
    "unit_code": Carried("单位编码"),
    "supervising_department": Carried("主管部门"),
    "project_nature": Carried("项目属性"),
    "purpose": Carried("资金用途"),
    "annual_objective": Carried("年度总体目标"),
    "money_unit": Carried("金额单位"),
    "plan": Carried("资金支出计划"),
    "corrections": Carried("更正记录", "表上只有更正后的文字"),
    "effective_on": Carried("生效日", f"{_YEAR_ONLY}，再导入时从1月1日起"),
    "shape": Carried("支出方式", _NO_PLACE),
    "window": Carried("实施期", _NO_PLACE),
    "fund_lines": Carried("资金行", f"{_ONE_AMOUNT}，同一来源的各行合并"),
    "fund_lines.source": Carried(
        "资金来源", "名称、用途或目标写明是结转的，其财政拨款读作上年结转"
    ),
    "fund_lines.amount": Carried("金额"),
    "fund_lines.line_no": Carried("资金行号", f"{_ONE_AMOUNT}，再导入时重新编号"),
    "fund_lines.arrived_on": Carried("下达日", f"{_YEAR_ONLY}，再导入时为1月1日"),
    "fund_lines.level": Carried("资金级次", _NO_PLACE),
    "fund_lines.fund_nature": Carried("资金性质", _NO_PLACE),
    "fund_lines.year_of_origin": Carried("资金年度", _NO_PLACE),
    "fund_lines.document_no": Carried("下达文号", _NO_PLACE),
    "fund_lines.original": Carried("是否年初预算", f"{_YEAR_ONLY}，再导入时为年初预算"),
    "indicators": Carried("绩效指标"),
    "indicators.indicator_id": Carried("指标编号", "再导入时按名称重新编号"),
    "indicators.indicator_class": Carried("一级指标"),
    "indicators.category": Carried("二级指标"),
    "indicators.name": Carried("三级指标"),
    "indicators.value.text": Carried("指标值"),
    "indicators.value.comparator": Carried("指标性质（计算符号）", _REREAD),
    "indicators.value.number": Carried("指标值的数", _REREAD),
    "indicators.value.unit": Carried("计量单位", _REREAD),
    "indicators.value.due_on": Carried("完成日期", _REREAD),
    "indicators.kind": Carried("判断方式", _REREAD),
    "indicators.measured": Carried("填报时点", _REREAD),
    "indicators.to_confirm": Carried("待核实", _REREAD),
    "indicators.parts": Carried("分项指标值", _REREAD),
    "indicators.from_payments": Carried("取自支付数据", _REREAD),
    "indicators.weight": Carried("权重"),
    "indicators.scoring_standard": Carried("评分标准"),
    "indicators.description": Carried("指标说明"),
    "indicators.target_basis": Carried("指标值确定依据"),
    "indicators.medium_text": Carried("中期指标值", _NO_PLACE),
    "indicators.milestones": Carried("阶段目标", _NO_PLACE),
    "indicators.baseline": Carried("基期值", _NO_PLACE),
}
"""Every field of a declaration; the region is the reader's own, not the form's."""

INVISIBLE = "首尾空白和不可见字符不印在表上"
LEVEL_GOES_ON = "留空的一、二级指标读作接着上一行的"
LABEL = "与表上栏目同名的文字读作栏目"
NO_ROW = "没有指标名称和指标值的行不成一项"
OF_THE_RECORD = frozenset(
    {"corrections", "fund_lines.line_no", "indicators.indicator_id", "indicators.medium_text"}
)
"""No part of what is declared for the year: told to whoever writes a form, printed on none."""

NAMES = {field: carried.name for field, carried in FIELDS.items()} | {
    "goals.name": "分项绩效目标",
    "goals.objective": "分项绩效目标的说明",
}
"""Fields as people call them, a department's own among them."""
NO_ROOM = f"支出计划超过{MOST_CHECKPOINTS}期、不在当年或比例过细，表上印不下"

"""The headings of achievement files. Data."""

from __future__ import annotations

from domain.indicator import Likelihood

TICKS = tuple(likelihood.value for likelihood in Likelihood)
"""The form's three columns of 完成目标可能性; a mark in one of them chooses it."""

SYNONYMS: dict[str, tuple[str, ...]] = {
    "project_code": ("项目编码", "项目代码", "预算项目编码", "预算项目代码", "项目编号"),
    "project_name": ("项目名称", "预算项目名称", "项目"),
    "unit_name": ("实施单位", "单位名称", "预算单位", "预算单位名称", "填报单位"),
    "indicator_class": ("一级指标", "一级指标名称"),
    "category": ("二级指标", "二级指标名称"),
    "indicator": ("三级指标", "三级指标名称", "指标名称", "绩效指标", "绩效指标名称"),
    "reported_on": ("截至日期", "截止日期", "数据截至", "截至日", "截止日"),
    "value": ("完成值", "实际完成值", "当前完成值", "累计完成值", "完成情况", "实际完成情况"),
    "measure_unit": ("计量单位", "度量单位", "指标单位", "单位"),
    "forecast": ("全年预计完成情况", "全年预计完成值", "全年预计完成数", "全年预计"),
    "likelihood": ("完成目标可能性", "完成可能性", "完成可能性分析"),
    "note": ("说明", "情况说明", "偏差原因说明", "原因说明", "偏差原因分析", "备注"),
    "evidence": ("佐证", "佐证材料", "佐证资料", "证明材料"),
    **{word: (word,) for word in TICKS},
}

REQUIRED = {"indicator": "三级指标", "value": "完成值"}

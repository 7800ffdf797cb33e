"""Words by which the kind of an indicator is proposed (rules §4). Data, no rules."""

from __future__ import annotations

import re

NOT_APPLICABLE = re.compile(
    r"(?:本?指标)?不适用|无|/|\\|-+|—+|不涉及|无此项|暂无|n/?a|[0-9]{6}", re.IGNORECASE
)
"""A whole name or value that says that there is nothing to measure; 110001 is a code."""

YEARS_WORK = re.compile(
    r"(?:完成率|执行率|完成比例)$|(?:检查|监管|培训|改造|巡查|稽核|督查|排查|抽查).{0,4}覆盖率$"
)
"""Shares of a year's work: they grow from nothing to the target, like a count."""

ASKED_AT_YEAR_END = re.compile(r"满意|知晓|了解度|幸福感|获得感|认可度")
BALANCE = re.compile(r"结余|结存|余额")
LASTING = re.compile(r"可持续")
OUTCOME = re.compile(r"效益|可持续|效果")
COST = re.compile(r"成本")
SAVING = re.compile(r"节约|节省|压减|降低")
OF_BUDGET = re.compile(r"预算|控制|总成本|执行")
"""A cost in % that is a share of the budget, and not of something else."""
DURATION = re.compile(r"时间|时限|期限|周期|天数|时长|工期|及时|时效")
STANDARD = re.compile(r"标准|定额|每人|人均|每次|每户|每年每|每例|单价")
STOCK = re.compile(r"岗位|编制(?:数|内|人|$)|在编|在岗|在职|离休|层数|面积|保有|现有|参保人")
BUILT = re.compile(r"新建|改造|建设|修建|铺设|维修|整治|绿化|新增|建成")
COUNTED = re.compile(r"(?:人次|次数|人数|数量|件数|场次|份数|期数|家数|个数|户数|项数)$")
STANDARD_UNITS = ("P", "p", "分", "级", "度")
"""Units of a standard or a mark: 1080P, 90分."""

GROWTH = re.compile(r"增长|提高|提升|上升|下降|降低|减少|增加|增幅|降幅")
"""A change against an earlier year is itself the value; it needs no baseline."""

TORN = re.compile(r"[（(【\[、，,：:]$")
"""Ends at which no sentence ends."""

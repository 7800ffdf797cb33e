"""The words that indicators are printed with: units, rates, signs. Data, no rules."""

from __future__ import annotations

import re

SIGNS: dict[str, str] = {
    ">=": "≥",
    "=>": "≥",
    "≥": "≥",
    "≧": "≥",
    "⩾": "≥",
    "≮": "≥",
    "<=": "≤",
    "=<": "≤",
    "≤": "≤",
    "≦": "≤",
    "⩽": "≤",
    "≯": "≤",
    "==": "=",
    "=": "=",
    "═": "=",
    ">": ">",
    "﹥": ">",
    "<": "<",
    "﹤": "<",
    "﹦": "=",
}
"""Printed signs to the five of the form; full-width ones are folded before."""

WORDS_BEFORE: dict[str, str] = {
    "大于或等于": "≥",
    "大于等于": "≥",
    "不得少于": "≥",
    "不得低于": "≥",
    "不少于": "≥",
    "不低于": "≥",
    "不小于": "≥",
    "至少": "≥",
    "最少": "≥",
    "小于或等于": "≤",
    "小于等于": "≤",
    "不得超过": "≤",
    "不得高于": "≤",
    "不超过": "≤",
    "不高于": "≤",
    "不大于": "≤",
    "不多于": "≤",
    "控制在": "≤",
    "至多": "≤",
    "最多": "≤",
    "等于": "=",
    "大于": ">",
    "高于": ">",
    "多于": ">",
    "超过": ">",
    "小于": "<",
    "低于": "<",
    "少于": "<",
}
"""Comparators in words that stand before their number."""

WORDS_AFTER: dict[str, str] = {
    "及以上": "≥",
    "以上": "≥",
    "及以下": "≤",
    "以下": "≤",
    "以内": "≤",
    "之内": "≤",
}
"""Comparators in words that stand behind the unit."""

TIME_UNITS = ("个工作日", "工作日", "个月", "小时", "分钟", "天", "日", "周", "月", "年")
MONEY_UNITS = ("亿元", "万元", "千元", "元")
LEVEL_UNITS = ("平方公里", "平方米", "公里", "平米", "亩", "㎡", "个岗位", "岗位", "层", "P", "p")
"""Stocks and standards: they are held, they do not add up over the year (rules §4)."""

COUNT_UNITS = (
    *(
        "人次",
        "架次",
        "人天",
        "人日",
        "人月",
        "户次",
        "家次",
        "车次",
        "台次",
        "件次",
        "次数",
        "人",
        "名",
        "户",
        "次",
        "件",
        "份",
        "场次",
        "场",
        "期",
        "批次",
        "批",
    ),
    *("家", "个", "项", "篇", "条", "例", "台", "套", "辆", "所", "处", "座", "村", "本", "册"),
    *("张", "幅", "块", "笔", "宗", "起", "吨", "公斤", "株", "棵", "头", "只", "课时", "学时"),
    *("米", "立方米", "千瓦时", "度", "分", "秒", "级", "种", "类", "门", "支", "组", "队", "班"),
)
SHARE_UNITS = ("%", "‰", "个百分点")

_MULTIPLES = ("万", "亿", "千", "百")
_PER = r"(?:[/·每][A-Za-z\u4e00-\u9fff·/]{1,6})?"
_UNITS = sorted(
    {*TIME_UNITS, *MONEY_UNITS, *LEVEL_UNITS, *COUNT_UNITS, *SHARE_UNITS}, key=len, reverse=True
)
UNIT_PATTERN = re.compile(
    rf"[{''.join(_MULTIPLES)}]?(?:{'|'.join(map(re.escape, _UNITS))})(?![A-Za-z]){_PER}"
)
"""A known unit, with its multiple before (万人次) and its per (元/人) behind."""

PLACEHOLDER_UNITS = frozenset({"", "/", "-", "—", "——", "无", "\\"})

_RATE = re.compile(
    r"(?:率|比例|占比|比重|满意度|知晓度|了解度|百分比|覆盖面|合格度|参与度)[)）”\"]?$"
)
_NOT_A_RATE = re.compile(r"(?:分辨率|频率|效率|功率|汇率|速率|周转率)[)）”\"]?$")


def is_rate_name(name: str) -> bool:
    """Say whether an indicator's name ends as a share does: 率, 比例, 满意度 (not 分辨率)."""
    trimmed = name.strip().rstrip("。.,，;；")
    return bool(_RATE.search(trimmed)) and not _NOT_A_RATE.search(trimmed)

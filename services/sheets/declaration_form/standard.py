"""项目支出绩效目标申报表: the ministry's form (财预〔2015〕88号) in its scheme of 2021 (101号)."""

from __future__ import annotations

from services.sheets.declaration_form.template import (
    Column,
    Field,
    HeadLine,
    Item,
    Label,
    Template,
    Value,
    plan_lines,
)

_LABEL = 2
_REST = 12
"""Columns of the grid for a line's first label, and for what stands right of it."""

STANDARD = Template(
    name="财政部统一表样",
    title="项目支出绩效目标申报表",
    grid=(5.6, 10.5, *[6.2] * _REST),
    head=(
        HeadLine((Label("项目名称", _LABEL), Value(Item.PROJECT_NAME, _REST))),
        HeadLine(
            (
                Label("主管部门及代码", _LABEL),
                Value(Item.DEPARTMENT, 5),
                Label("实施单位", 2),
                Value(Item.UNIT, 5),
            )
        ),
        HeadLine(
            (
                Label("项目编码", _LABEL),
                Value(Item.PROJECT_CODE, 5),
                Label("单位编码", 2),
                Value(Item.UNIT_CODE, 5),
            ),
            added=True,
        ),
        HeadLine((Label("项目属性", _LABEL), Value(Item.NATURE, _REST)), added=True),
        HeadLine(
            (
                Label("项目资金\n（{unit}）", _LABEL, lines=4),
                Label("年度资金总额：", 5),
                Value(Item.TOTAL, 7),
            )
        ),
        HeadLine((Label("其中：财政拨款", 5), Value(Item.CURRENT_YEAR, 7))),
        HeadLine((Label("上年结转资金", 5), Value(Item.CARRY_OVER, 7))),
        HeadLine((Label("其他资金", 5), Value(Item.OTHER, 7))),
        HeadLine((Label("资金用途", _LABEL), Value(Item.PURPOSE, _REST)), added=True),
        *plan_lines("资金支出计划\n（%）", _LABEL, _REST, added=True),
        HeadLine((Label("年度总体目标", _LABEL), Value(Item.OBJECTIVE, _REST))),
    ),
    columns=(
        Column(Field.CLASS, "一级指标"),
        Column(Field.CATEGORY, "二级指标", 2),
        Column(Field.NAME, "三级指标", 4),
        Column(Field.VALUE, "指标值", 3),
        Column(Field.SIGN, "指标\n性质"),
        Column(Field.UNIT, "计量\n单位"),
        Column(Field.WEIGHT, "权重"),
        Column(Field.DESCRIPTION, "指标说明", added=True, width=24.0),
        Column(Field.SCORING, "评分标准", added=True, width=24.0),
        Column(Field.BASIS, "指标值确定依据", added=True, width=18.0),
    ),
    side="绩效\n指标",
)

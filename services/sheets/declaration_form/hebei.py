"""绩效目标表 as the province of Hebei prints it, with the spending plan by checkpoints."""

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

_REST = 12
"""Columns of the grid right of a line's first label."""

HEBEI = Template(
    name="河北省表样",
    title="预算项目绩效目标表",
    grid=(11.0, *[6.8] * _REST),
    head=(
        HeadLine(
            (
                Label("项目编码", 1),
                Value(Item.PROJECT_CODE, 4),
                Label("项目名称", 2),
                Value(Item.PROJECT_NAME, 6),
            )
        ),
        HeadLine((Label("主管部门", 1), Value(Item.DEPARTMENT, _REST)), added=True),
        HeadLine((Label("项目属性", 1), Value(Item.NATURE, _REST)), added=True),
        HeadLine(
            (
                Label("预算规模及\n资金用途", 1, lines=2),
                Label("预算数", 2),
                Value(Item.TOTAL, 2),
                Label("其中：\n财政资金", 2),
                Value(Item.CURRENT_YEAR, 2),
                Label("其他资金", 2),
                Value(Item.OTHER, 2),
            )
        ),
        HeadLine((Value(Item.PURPOSE, _REST),)),
        HeadLine((Label("上年结转资金", 1), Value(Item.CARRY_OVER, _REST)), added=True),
        *plan_lines("资金支出计划\n（%）", 1, _REST, added=False),
        HeadLine((Label("绩效目标", 1), Value(Item.OBJECTIVE, _REST))),
    ),
    columns=(
        Column(Field.CLASS, "一级指标"),
        Column(Field.CATEGORY, "二级指标", 2),
        Column(Field.NAME, "三级指标", 3),
        Column(Field.DESCRIPTION, "绩效指标描述", 3),
        Column(Field.VALUE, "指标值", 2),
        Column(Field.BASIS, "指标值\n确定依据", 2),
        Column(Field.SIGN, "指标\n性质", added=True, width=7.0),
        Column(Field.UNIT, "计量\n单位", added=True, width=7.0),
        Column(Field.WEIGHT, "权重", added=True, width=6.0),
        Column(Field.SCORING, "评分标准", added=True, width=24.0),
    ),
    unit_line=True,
)

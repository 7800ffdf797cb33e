"""Specimens of what kinds of indicators a form has."""

from __future__ import annotations

from domain.review.finding import Field
from domain.review.subject import Filing, ReviewedDepartment
from tests.review.filings import Specimen, of, one, project, row

COMPLETE = (
    row("数量", "开展检查", "≥3次"),
    row("质量", "检查覆盖率", "100%"),
    row("时效", "完成时间", "2025年12月底"),
    row("成本", "项目总成本", "≤100万元"),
    row("社会效益", "违规案件查处率", "≥95%"),
    row("服务对象满意度", "参保群众满意度", "≥90%"),
)
_CLASSES = ("成本指标", "产出指标", "效益指标", "满意度指标")
_WISH = row("社会效益", "监管能力", "显著提升")
_WORDS = (_WISH, row("可持续影响", "长效机制", "健全"), row("数量", "开展检查", "≥3次"))
_OWN = row("服务对象满意度", "受助对象满意度", "≥90%")
_JOY = row("社会效益", "受益群众幸福感", "≥90%", description="调查受助对象满意度")

SPECIMENS = (
    Specimen(
        "structure.required_category",
        (of(*COMPLETE[1:]), of(*COMPLETE[:4]), of(*COMPLETE[:3], *COMPLETE[4:])),
        (
            of(*COMPLETE),
            Filing((project(),)),
            of(row("", "开展检查", "≥3次")),
            of(*(row("", name, "≥3次", indicator_class=name) for name in _CLASSES)),
        ),
    ),
    Specimen(
        "structure.no_satisfaction",
        (of(*COMPLETE[:5]),),
        (of(*COMPLETE), Filing((project(),)), of(row("", "开展检查", "≥3次"))),
    ),
    Specimen(
        "structure.too_qualitative",
        (of(*_WORDS), Filing(departments=(ReviewedDepartment(rows=_WORDS),))),
        (of(*COMPLETE), of(*_WORDS, *COMPLETE), Filing((project(),))),
    ),
    Specimen(
        "structure.vague_values",
        (of(*_WORDS), one("时效", "资金支付", "及时")),
        (
            of(*COMPLETE),
            one("社会效益", "重大责任事故", "无重大责任事故发生"),
            one("社会效益", "监管能力", "显著提升", scoring_standard="分三档，优得满分"),
        ),
    ),
    Specimen(
        "structure.duplicate",
        (
            of(row("社会效益", "政策了解度", "≥90%"), row("质量", "政策 了解度", "≥90%")),
            of(*[row("数量", "检查", "≥3次")] * 3),
        ),
        (of(*COMPLETE), of(row("数量", "", "≥3次"), row("数量", "", "≥3次"))),
    ),
    Specimen(
        "structure.satisfaction_elsewhere",
        (of(_JOY, _OWN), of(row("可持续影响", "不断提升群众满意度", "有效提升"), _OWN)),
        (of(_JOY), of(*COMPLETE), of(row("社会效益", "参保率", "≥90%"), _OWN)),
    ),
    Specimen(
        "category.misfit",
        (
            one("经济效益", "受益群众对医保政策了解度", "≥85%"),
            one("数量", "县级财政补助标准每人每年", "54元"),
            one("数量", "群众满意度", "≥90%"),
            one("质量", "租赁费及时支付率", "100%"),
            one("服务对象满意度", "群众对政策的了解度及业务人员的工作能力", "≥98%"),
            one("时效", "设备合格率", "≥98%", indicator_class=""),
        ),
        (
            of(*COMPLETE),
            one("经济效益", "带动增收", "≥30万元"),
            one("数量", "发放补助", "≥54万元"),
            one("经济效益", "政策知晓率", "≥"),
            one("服务对象满意度", "群众对工作能力的评价", "≥98%"),
        ),
        ((Field.CATEGORY, "社会效益指标"),),
    ),
    Specimen(
        "category.time_without_time",
        (one("时效", "根据各项医保政策", "1%"),),
        (
            of(*COMPLETE),
            one("时效", "受理", "≤3天"),
            one("时效", "展览计划完成率", "95%"),
            one("时效", "资金支付", "及时"),
            one("时效", "项目开工", "2025年6月"),
            one("时效", "无", "无"),
            one("时效", "根据各项医保政策", ""),
        ),
    ),
)

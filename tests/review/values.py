"""Specimens of values that cannot be judged."""

from __future__ import annotations

from decimal import Decimal

from domain.review.finding import Field
from domain.review.subject import Filing, LastYear, ReviewedDepartment
from tests.review.filings import Specimen, of, one, row

_CUT = row("质量", "年度限额内救助比率", "合规医疗费用救助比例≥")
_WHOLE = row("质量", "年度限额内救助比率", "合规医疗费用救助比例≥70%")
_PAID = (row("时效", "费用支付", "2月支付完"), row("时效", "费用支付", "2月支付完成"))
_BLANK = row("服务对象满意度", "群众满意度", "")
_SAID = row("服务对象满意度", "群众满意度", "≥95%")
_LAST = row("时效", "一站式结算覆盖率", "不低于上年")

SPECIMENS = (
    Specimen(
        "indicator.name_missing",
        (one("数量", "", "≥3次"),),
        (one("数量", "开展检查", "≥3次"), one("经济效益", "", "无")),
    ),
    Specimen(
        "value.missing",
        (of(_BLANK, medium_rows=(_SAID,)), one("数量", "开展检查", "")),
        (one("数量", "开展检查", "≥3次"), one("经济效益", "本指标不适用", "")),
        ((Field.VALUE, "≥95%"),),
    ),
    Specimen(
        "value.cut_off",
        (
            of(_CUT, medium_rows=(_SAID, _WHOLE)),
            of(_CUT),
            one("数量", "开展检查", "三次（"),
            Filing(departments=(ReviewedDepartment(rows=(_CUT,)),)),
            of(_PAID[0], medium_rows=_PAID[1:]),
        ),
        (
            of(_WHOLE),
            of(_WHOLE, medium_rows=(_WHOLE,)),
            of(row("数量", "检查", "≥3"), medium_rows=(row("数量", "检查", "≥30家"),)),
            of(row("数量", "检查", "≥3家"), medium_rows=(row("数量", "检查", "≥30家"),)),
            of(row("数量", "检查", ""), medium_rows=(row("数量", "检查", "≥30家"),)),
            one("数量", "开展检查", ""),
            one("质量", "合格率", "90%-95%"),
        ),
        ((Field.VALUE, "合规医疗费用救助比例≥70%"),),
    ),
    Specimen(
        "value.placeholder",
        (
            one("生态效益", "110001", ""),
            one("社会效益", "1", "有效保障"),
            one("社会效益", "保障单位正常运作", "有效保障", description="111"),
        ),
        (
            one("生态效益", "无", "无"),
            one("生态效益", "本指标不适用", ""),
            one("数量", "120急救出车", "≥3次", description="出车次数"),
        ),
        ((Field.NAME, "无"),),
    ),
    Specimen(
        "value.half_not_applicable",
        (one("社会效益", "带动就业人数", "无"), one("社会效益", "无", "≥30人")),
        (
            one("社会效益", "无", "无"),
            one("社会效益", "本指标不适用", ""),
            one("社会效益", "带动就业人数", "≥30人"),
            one("社会效益", "重大责任事故", "无重大责任事故发生"),
        ),
    ),
    Specimen(
        "value.two_values",
        (one("数量", "报销人数", "20 人; 2.8 万人"), one("时效", "完成时间", "3月底、9月底")),
        (one("数量", "报销人数", "2.8 万人"), one("质量", "合格率", "90%-95%")),
    ),
    Specimen(
        "value.range",
        (one("质量", "合格率", "90%-95%"),),
        (one("质量", "合格率", "≥90%"), one("时效", "完成时间", "2025-06-30")),
    ),
    Specimen(
        "value.contradicts_name",
        (
            one("质量", "住院报销比例63%", "≥98%"),
            one("质量", "住院报销63%、门诊报销50%的比例", "≥98%"),
        ),
        (
            one("质量", "应奖尽奖率100%", "100%"),
            one("数量", "新建30平方米的书屋", "≥3个"),
            one("经济效益", "每村补助5万元", "50万元"),
        ),
        ((Field.VALUE, "≥63%"),),
    ),
    Specimen(
        "value.text_after_sign",
        (one("成本", "劳务派遣人员定额标准", "≤每人每年核定6.54万元"),),
        (
            one("成本", "劳务派遣人员定额标准", "≤6.54万元"),
            one("时效", "支付时间", "2025年底支付完成"),
        ),
        ((Field.NAME, "劳务派遣人员定额标准（每人每年核定）"), (Field.VALUE, "≤6.54万元")),
    ),
    Specimen(
        "value.name_inside",
        (
            one("社会效益", "减轻困难群众负担", "合规医疗费用救助比例≥50%"),
            one("社会效益", "减轻负担", "救助比例≥50%", description="困难群众"),
        ),
        (
            one("社会效益", "救助比例", "≥50%"),
            one("社会效益", "宣传", "各种渠道宣传不少于3次"),
            one("社会效益", "宣传", "微信公众号≥3次"),
        ),
        (
            (Field.NAME, "合规医疗费用救助比例"),
            (Field.VALUE, "≥50%"),
            (Field.DESCRIPTION, "减轻困难群众负担"),
        ),
    ),
    Specimen(
        "value.no_baseline",
        (
            of(_LAST),
            of(_LAST, last_year={_LAST.key: LastYear(None, None, None)}),
            Filing(departments=(ReviewedDepartment(rows=(_LAST,)),)),
        ),
        (
            of(_LAST, last_year={_LAST.key: LastYear(Decimal(95), Decimal(97), "%")}),
            one("时效", "一站式结算覆盖率", "100%"),
        ),
    ),
    Specimen(
        "value.before_month",
        (one("时效", "项目完成时限", "2026 年 12 月前"),),
        (one("时效", "项目完成时限", "2026年12月底前"),),
        ((Field.VALUE, "2026 年 12 月底前"),),
    ),
    Specimen(
        "value.whole_year_limit",
        (one("时效", "支出及时性", "≤1年"), one("时效", "完成期限", "12个月")),
        (
            one("时效", "支出及时性", "≤6个月"),
            one("时效", "支出及时性", "及时"),
            one("时效", "支出及时性", "≤30天"),
            one("时效", "租赁时间", "≥1年"),
            one("数量", "设备使用年限", "10年"),
        ),
    ),
    Specimen(
        "value.always_met",
        (one("数量", "培训人次", "≥0人次"), one("质量", "参与度", "≤100%")),
        (
            one("数量", "培训人次", "≥1人次"),
            one("质量", "安全事故", "≤0起"),
            one("成本", "预算控制率", "≤100%"),
            one("质量", "合格率", "≤98%"),
            one("质量", "检查覆盖率", "≤100%"),
        ),
    ),
)

"""Specimens of units of measure and of the column of types."""

from __future__ import annotations

from decimal import Decimal

from domain.review.finding import Field
from domain.review.subject import Filing, Money, ReviewedDepartment
from tests.review.filings import Specimen, of, one, row

SPECIMENS = (
    Specimen(
        "unit.contradicts_rate",
        (
            one("时效", "业务处理及时率", "≤30天"),
            one("成本", "预算控制率", "≤450万元"),
            one("质量", "检查覆盖率", "≥30家"),
        ),
        (
            one("时效", "业务处理及时率", "≥95%"),
            one("时效", "业务处理时限", "≤30天"),
            one("质量", "视频分辨率", "≥1080P"),
            one("质量", "合格率", "合格"),
            one("质量", "合格率", "≥95"),
            one("服务对象满意度", "群众满意度", "≥90分"),
            one("数量", "政策宣传覆盖面", "≥13个"),
        ),
        ((Field.NAME, "业务处理时限"),),
    ),
    Specimen(
        "unit.percent_missing",
        (
            one("服务对象满意度", "服务对象满意度", "≥80"),
            one("经济效益", "固定资产利用率", "80"),
        ),
        (
            one("服务对象满意度", "服务对象满意度", "≥80%"),
            one("服务对象满意度", "服务对象满意度", "80", column_unit="%"),
            one("服务对象满意度", "服务对象满意度", "≥0.8"),
            one("数量", "检查", "≥80"),
            one("服务对象满意度", "服务对象满意度", "满意"),
        ),
        ((Field.VALUE, "≥80%"),),
    ),
    Specimen(
        "unit.fraction_for_percent",
        (
            one("质量", "验收合格率", "≥0.92"),
            one("质量", "验收合格率", "1"),
        ),
        (
            one("质量", "验收合格率", "≥92%"),
            one("质量", "差错率", "≤0.5%"),
            one("质量", "差错率", "0"),
            one("数量", "检查", "≥0.5"),
            one("质量", "验收合格率", "合格"),
        ),
        ((Field.VALUE, "≥92%"),),
    ),
    Specimen(
        "unit.missing",
        (
            one("数量", "救助人次", "≥3"),
            one("数量", "开展培训", "≥3"),
            one("数量", "开展培训（线上）", "≥3"),
            one("成本", "日常工作经费", "100"),
            one("成本", "日常工作经费", "90"),
            of(row("成本", "日常工作经费", "100"), money=Money(Decimal(100))),
            Filing(departments=(ReviewedDepartment(rows=(row("成本", "经费", "100"),)),)),
        ),
        (
            one("数量", "开展培训", "≥3次"),
            one("数量", "开展培训", "3", column_unit="次"),
            one("质量", "合格率", "≥95"),
            one("数量", "开展培训", "多次"),
            one("数量", "甲和乙", "≥3；≥5"),
            one("数量", "宣传活动（场）", "6"),
        ),
        ((Field.VALUE, "≥3人次"),),
    ),
    Specimen(
        "unit.differs_from_name",
        (
            one("数量", "全县医疗救助人次", "60063人"),
            one("数量", "全县医疗救助人次", "6", column_unit="万人"),
        ),
        (
            one("数量", "全县医疗救助人次", "60063人次"),
            one("数量", "全县医疗救助人数", "60063人"),
            one("数量", "培训户次", "300"),
        ),
        ((Field.VALUE, "60063人次"),),
    ),
    Specimen(
        "unit.percent_over_whole",
        (one("服务对象满意度", "群众满意度", "≥120%"), one("质量", "检查覆盖率", "150%")),
        (
            one("服务对象满意度", "群众满意度", "100%"),
            one("经济效益", "收入增长率", "≥120%"),
            one("经济效益", "国有资本保值增值率", "≥105%"),
            one("质量", "工程超支比例", "≤110%"),
            one("质量", "资产负债比例", "≤110%"),
            one("质量", "合格", "≥120%"),
            one("成本", "预算控制率", "105%"),
        ),
    ),
    Specimen(
        "unit.percent_of_no_share",
        (
            one("质量", "经办服务能力、监管能力显著提升", "≥95%"),
            one("数量", "根据专家评审结果的数量", "100", column_unit="%"),
        ),
        (
            one("质量", "服务能力提升满意率", "≥95%"),
            one("服务对象满意度", "群众对服务能力", "≥95%"),
            one("数量", "检查次数", "≥3次"),
            one("质量", "服务能力", "显著提升"),
            one("成本", "成本数量", "≤5%"),
        ),
    ),
    Specimen(
        "unit.percent_twice",
        (
            one("服务对象满意度", "服务对象满意度", "95%", column_unit="%", sign="≥"),
            one("服务对象满意度", "服务对象满意度", "95％", column_unit="％"),
        ),
        (
            one("服务对象满意度", "服务对象满意度", "95", column_unit="%"),
            one("服务对象满意度", "服务对象满意度", "≥95%"),
            one("质量", "做好对接", "完成%", column_unit="%"),
        ),
        ((Field.VALUE, "95"),),
    ),
    Specimen(
        "unit.word",
        (
            one("社会效益", "长效管理机制健全", "健全", column_unit="健全", sign="定性"),
            one("生态效益", "无", "无", column_unit="有效"),
        ),
        (
            one("社会效益", "长效管理机制健全", "健全", column_unit="/"),
            one("社会效益", "长效管理机制健全", "健全"),
            one("社会效益", "宣传效果", "良好", column_unit="次"),
            one("数量", "购置标准箱", "30", column_unit="标箱"),
        ),
        ((Field.COLUMN_UNIT, ""),),
    ),
    Specimen(
        "unit.of_a_date",
        (one("时效", "完成医保工作", "2025年12月底前", column_unit="%"),),
        (
            one("时效", "完成医保工作", "2025年12月底前"),
            one("时效", "完成医保工作", "2025年12月底前", column_unit="—"),
            one("时效", "受理", "3", column_unit="天"),
        ),
        ((Field.COLUMN_UNIT, ""),),
    ),
    Specimen(
        "type.qualitative_with_number",
        (
            one("经济成本", "办公场地租赁费", "50", column_unit="万元", sign="定性"),
            one("时效", "建设时间", "1", column_unit="年", sign="定性"),
            one("可持续影响", "宣传", "各种渠道宣传不少于3次", sign="定性"),
        ),
        (
            one("经济成本", "办公场地租赁费", "50", column_unit="万元", sign="≤"),
            one("社会效益", "长效机制", "健全", sign="定性"),
            one("经济成本", "办公场地租赁费", "50万元"),
        ),
        ((Field.SIGN, "≤"),),
    ),
    Specimen(
        "type.number_with_words",
        (
            one("社会效益", "长效管理机制健全性", "健全", column_unit="%", sign="="),
            one("社会效益", "长效管理机制健全性", "健全", sign="≥"),
        ),
        (
            one("社会效益", "长效管理机制健全性", "健全", sign="定性"),
            one("社会效益", "长效管理机制健全性", "健全", sign="—"),
            one("生态效益", "林区生态状况", "持续向好", sign="="),
            one("生态效益", "林区生态状况", "持续向好", sign="=", column_unit="/"),
            one("社会效益", "长效管理机制健全性", "健全"),
            one("质量", "合格率", "95", column_unit="%", sign="≥"),
        ),
        ((Field.SIGN, "定性"), (Field.COLUMN_UNIT, "")),
    ),
)

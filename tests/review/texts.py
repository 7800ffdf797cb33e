"""Specimens of prose and scoring standards."""

from __future__ import annotations

from domain.review.subject import Filing, ReviewedDepartment
from tests.review.filings import Specimen, of, one, row

_ROW = row("数量", "开展检查", "≥3次")
_OTHER = row("质量", "检查覆盖率", "100%")
_TEXT = "全年开展专项检查，覆盖全部定点机构。"

SPECIMENS = (
    Specimen(
        "text.other_year",
        (
            of(_ROW, objective="2024年开展专项检查3次。"),
            Filing(departments=(ReviewedDepartment(fiscal_year=2025, objective="2023年，本部门"),)),
        ),
        (
            of(_ROW, objective="2025年开展专项检查，比2024年多1次。"),
            of(_ROW, objective="安排2024年结转22.74万元，用于宣传。"),
            of(_ROW, objective="较2024年提高2个百分点。"),
            of(_ROW, objective="落实〔2023〕208号文件。"),
            of(_ROW, objective="2024年开展检查。", fiscal_year=None),
            of(_ROW),
        ),
    ),
    Specimen(
        "text.other_year_value",
        (one("时效", "完成时间", "2024年12月底"),),
        (
            one("时效", "完成时间", "2025年12月底"),
            one("时效", "完成时间", "12月底"),
            of(row("时效", "完成时间", "2024年12月底"), fiscal_year=None),
            one("数量", "2024年检查", "≥3次"),
        ),
    ),
    Specimen(
        "scoring.other_year",
        (one("时效", "租赁时间", "1年", scoring_standard="在2023年度内完成得满分"),),
        (
            one("时效", "租赁时间", "1年", scoring_standard="在2025年度内完成得满分"),
            one("时效", "租赁时间", "1年", scoring_standard="完成得满分"),
            of(row("数量", "检查", "3次", scoring_standard="2023年"), fiscal_year=None),
        ),
    ),
    Specimen(
        "text.past_tense",
        (
            of(_ROW, objective="2025年全年开展了门诊血透等专项检查。"),
            of(_ROW, objective="通过基金监管等方式取得了实际成效。"),
        ),
        (of(_ROW, objective=_TEXT), of(_ROW, objective="让群众了解政策，完成了解度调查。")),
    ),
    Specimen(
        "text.objective_short",
        (of(_ROW, objective="1.巩固参保率"),),
        (of(_ROW, objective=_TEXT), of(_ROW, objective="")),
    ),
    Specimen(
        "text.objective_is_purpose",
        (of(_ROW, objective="1.提高工作效率 保障运转。", purpose="提高工作效率保障运转"),),
        (of(_ROW, objective=_TEXT, purpose="用于专项检查"), of(_ROW, objective="", purpose="")),
    ),
    Specimen(
        "text.medium_is_annual",
        (
            of(
                row("数量", "开展检查", "≥3"),
                _OTHER,
                medium_rows=(_OTHER, _ROW),
                objective=_TEXT,
                medium_objective=_TEXT,
                period="99年",
            ),
        ),
        (
            of(_ROW, medium_rows=(_OTHER,), objective=_TEXT, medium_objective=_TEXT),
            of(_ROW, medium_rows=(_ROW,), objective=_TEXT, medium_objective=f"三年内{_TEXT}"),
            of(_ROW, medium_rows=(_ROW,), objective=_TEXT, medium_objective=_TEXT, period="1年"),
            of(objective=_TEXT, medium_objective=_TEXT),
            of(_ROW),
        ),
    ),
    Specimen(
        "scoring.contradicts_value",
        (
            one(
                "数量",
                "学习培训",
                "100",
                column_unit="次",
                sign="≥",
                scoring_standard="根据计划安排，次数大于90次以上得满分",
            ),
            one("质量", "评审通过率", "≥1%", scoring_standard="完成率达到100%得满分"),
        ),
        (
            one("数量", "学习培训", "≥90次", scoring_standard="大于90次以上得满分"),
            one("成本", "评审费", "≤12万元", scoring_standard="超过12万元扣10分，小于等于得满分"),
            one("成本", "评审费", "≤12万元", scoring_standard="不超过120000元得满分"),
            one(
                "服务对象满意度",
                "满意度",
                "≥80%",
                scoring_standard="达到80%得满分，共计10分，每降低百分之二扣1分。",
            ),
            one("服务对象满意度", "满意度", "≥80%", scoring_standard="每降低2%扣1分，扣完不得满分"),
            one("质量", "合格率", "≥80%", scoring_standard="80%得满分，60%以下不得满分"),
            one("质量", "合格", "合格", scoring_standard="达到90%得满分"),
        ),
    ),
    Specimen(
        "scoring.no_rule",
        (
            one("数量", "办公场地租用层数", "2层", scoring_standard="办公场地租用层数"),
            one("数量", "层数", "2层", scoring_standard="租用层数", description="租用层数"),
        ),
        (
            one("数量", "办公场地租用层数", "2层", scoring_standard="租用2层得满分"),
            one("数量", "办公场地租用层数", "2层"),
            one("生态效益", "无", "无", scoring_standard="无"),
        ),
    ),
)

"""One small table of each kind of file, and how it is read, for tests of all kinds at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from services.intake.achievement_rows import AchievementDefaults, read_achievements
from services.intake.baselines import BaselineDefaults, read_baselines
from services.intake.funds import FundDefaults, read_funds
from services.intake.payment_rows import PaymentDefaults
from services.intake.payments import read_payments
from services.intake.project_codes import read_project_codes
from services.intake.provincial_sheets import read_monitoring, read_self_evaluations
from services.intake.reading import Aids
from services.intake.tables.table import RowProblem
from services.intake.target_rows import TargetDefaults, read_targets
from services.intake.units import read_units

REGION, YEAR = "139900000", 2025
TODAY, YEAR_END = date(2026, 1, 31), date(2025, 12, 31)

_PLACES = frozenset(
    {"places", "where", "source_row", "heard", "findings", "place", "notes", "columns", "errors"}
)
"""What depends on where a row stands; the rest is what it says."""


@dataclass(frozen=True, slots=True)
class TableKind:
    """A kind: its columns with two rows, the columns of running text, and its reader."""

    name: str
    columns: Mapping[str, tuple[str, str]]
    texts: tuple[str, ...]
    read: Callable[[bytes], Any]

    @property
    def heading(self) -> list[str]:
        """The headings as they are usually printed."""
        return list(self.columns)

    @property
    def rows(self) -> list[list[str]]:
        """The two rows."""
        return [[values[row] for values in self.columns.values()] for row in range(2)]


def said(file: Any) -> Any:
    """What a file says, wherever its rows stand."""
    return _said(msgspec.to_builtins(file))


def _said(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _said(one) for key, one in value.items() if key not in _PLACES}
    return [_said(one) for one in value] if isinstance(value, list | tuple) else value


def errors(file: Any) -> Sequence[RowProblem]:
    """The rows of a file that cannot be taken."""
    if hasattr(file, "reports"):
        file = file.reports
    found: Sequence[RowProblem] = file.heard.errors if hasattr(file, "heard") else file.errors
    return found


def _reports(day: date | None = None) -> AchievementDefaults:
    return AchievementDefaults(YEAR, TODAY, day)


_PROJECT = {"项目编码": ("P1", "P2"), "项目名称": ("城乡医疗救助", "办公用房租金")}
_LEVELS = {
    "一级指标": ("产出指标", "产出指标"),
    "二级指标": ("数量指标", "质量指标"),
    "三级指标": ("救助人次", "验收合格率"),
}

KINDS: Sequence[TableKind] = (
    TableKind(
        "payments",
        {
            "支付凭证号": ("V20250001", "V20250002"),
            "实际支付金额(元)": ("1200.50", "-30.00"),
            "实际支付日期": ("2025-03-03", "2025-04-04"),
            **_PROJECT,
            "用途": ("救助资金", "退回租金"),
        },
        ("用途",),
        lambda data: read_payments(data, PaymentDefaults(REGION, YEAR, TODAY)),
    ),
    TableKind(
        "funds",
        {
            **_PROJECT,
            "指标文号": ("财社〔2025〕7号", "财社〔2025〕8号"),
            "指标金额(万元)": ("450", "-20"),
            "下达日期": ("2025-01-20", "2025-06-01"),
            "资金性质": ("一般公共预算资金", "一般公共预算资金"),
        },
        ("资金性质",),
        lambda data: read_funds(data, FundDefaults(YEAR, TODAY)),
    ),
    TableKind(
        "achievements",
        {
            **_PROJECT,
            **_LEVELS,
            "截至日期": ("2025-06-30", "2025-06-30"),
            "完成值": ("5.2万人次", "98%"),
            "说明": ("正常", "个别不合格"),
        },
        ("说明",),
        lambda data: read_achievements(data, _reports()),
    ),
    TableKind(
        "baselines",
        {**_PROJECT, **_LEVELS, "上年完成值": ("9.8万人次", "97%"), "来源": ("自评表", "自评表")},
        ("来源",),
        lambda data: read_baselines(data, BaselineDefaults(YEAR)),
    ),
    TableKind(
        "units",
        {
            "单位编码": ("450001", "450002"),
            "单位名称": ("县医疗保障局", "县医保中心"),
            "主管部门": ("县医疗保障局", "县医疗保障局"),
        },
        ("主管部门",),
        lambda data: read_units(data, Aids()),
    ),
    TableKind(
        "codes",
        {
            "项目名称": ("城乡医疗救助", "办公用房租金"),
            "新项目编码": ("13073025P00C89110002Y", "13073025P00007610001C"),
            "实施单位": ("县医疗保障局", "县医保中心"),
        },
        ("实施单位",),
        lambda data: read_project_codes(data, Aids()),
    ),
    TableKind(
        "targets",
        {
            **_PROJECT,
            "单位名称": ("县医疗保障局", "县医保中心"),
            "年度绩效目标": ("保障就医", "保障办公"),
            "年度资金总额(万元)": ("450", "20"),
            **_LEVELS,
            "计算符号": ("≥", "＝"),
            "指标值": ("10", "100"),
            "计量单位": ("万人次", "%"),
            "权重": ("20", "30"),
            "是否删除": ("否", "2"),
        },
        ("年度绩效目标",),
        lambda data: read_targets(data, TargetDefaults(YEAR)),
    ),
    TableKind(
        "monitoring",
        {
            **_PROJECT,
            "全年预算数(万元)": ("450", "20"),
            "执行数(万元)": ("262.5", "8"),
            **_LEVELS,
            "年度指标值": ("≥10万人次", "100%"),
            "1-7月执行情况": ("5.2", "98%"),
            "全年预计完成情况": ("10", "100%"),
            "原因说明": ("进度正常", "个别返工"),
            "完成目标可能性": ("确定能", "有可能"),
        },
        ("原因说明",),
        lambda data: read_monitoring(data, _reports()),
    ),
    TableKind(
        "self_evaluations",
        {
            **_PROJECT,
            **_LEVELS,
            "年度指标值": ("≥10万人次", "100%"),
            "实际完成值": ("9万人次", "100%"),
            "分值": ("50", "30"),
            "得分": ("45", "30"),
            "偏差原因分析及改进措施": ("人次减少", "无偏差"),
        },
        ("偏差原因分析及改进措施",),
        lambda data: read_self_evaluations(data, _reports(YEAR_END)),
    ),
)

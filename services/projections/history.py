"""The history of each target, a line an event, in Chinese.

Payments are not here: they are facts of their own, listed beside.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.alert import Alert
from domain.confirmation.kinds import label_of
from domain.evidence import EvidenceFile, FileFacts, Proves
from domain.indicator import Achievement
from domain.money import ZERO, yuan_text
from domain.target import Target
from services.evidence.media import label_of as label_of_media
from services.log.reading import LoggedEvent
from services.projections.window import EventClass, Window
from services.sql import named_statements

SQL = named_statements("services.projections", "history.sql")

Line = tuple[date | None, str]

INDICATOR = "{indicator}"
"""Stands for the name of the row's indicator."""


def _declared(event: Target.Declared) -> Line:
    declared = event.declaration
    corrected = len(declared.corrections)
    by_hand = f"，入库前更正{corrected}处" if corrected else ""
    return declared.effective_on, (
        f"申报绩效目标：{declared.project_name}，绩效指标{len(declared.indicators)}项{by_hand}"
    )


def _submitted(event: Target.Submitted) -> Line:
    return event.submitted_on, "绩效目标送审"


def _returned(event: Target.Returned) -> Line:
    found = f"（审核意见{len(event.objections)}条）" if event.objections else ""
    return event.returned_on, f"退回绩效目标：{event.reason}{found}"


def _endorsed(event: Target.Approved) -> Line:
    document = f"（{event.document_no}）" if event.document_no else ""
    return event.approved_on, f"绩效目标{'已批复' if event.outside else '批复'}{document}"


def _proposed(event: Target.RevisionProposed) -> Line:
    return event.proposed_on, f"提出目标调整（{event.number}号）：{event.reason}"


def _approved(event: Target.RevisionApproved) -> Line:
    return event.approved_on, f"批准目标调整（{event.number}号）"


def _code_added(event: Target.CodeAdded) -> Line:
    return None, f"补录项目编码：{event.project_code}"


def _plan_set(event: Target.PlanSet) -> Line:
    return event.effective_on, f"设定资金支出计划：{event.reason}"


def _line_arrived(event: Target.FundLineArrived) -> Line:
    line = event.line
    word = "下达资金" if line.amount >= 0 else "追减资金"
    return line.arrived_on, f"{word}：{line.source}{yuan_text(abs(line.amount))}元"


def _funds_detailed(event: Target.FundsDetailed) -> Line:
    left = sum((line.amount for line in event.remainder), ZERO)
    rest = f"，尚未下达{yuan_text(left)}元" if left else ""
    return None, f"年初预算改按实际下达列示（原{len(event.superseded)}行{rest}）"


def _confirmed(event: Target.ReadingConfirmed) -> Line:
    return event.confirmed_on, f"核实指标“{event.indicator.name}”：{event.reason}"


def _kind_chosen(event: Target.KindChosen) -> Line:
    chosen = label_of(event.indicator.kind, event.indicator.measured)
    return event.chosen_on, f"指标“{event.indicator.name}”的评判方式：{chosen}（{event.reason}）"


def _weighed(event: Target.WeightsConfirmed) -> Line:
    return event.confirmed_on, f"确认{len(event.indicators)}项指标的分值：{event.reason}"


def _shared(event: Target.IndicatorShared) -> Line:
    how = "单独填报" if event.group_id is None else "与同单位其他项目共用，填报一次"
    return event.confirmed_on, f"{INDICATOR}{how}：{event.reason}"


def _baseline(event: Target.BaselineSet) -> Line:
    told = event.baseline
    source = f"，{told.source}" if told.source else ""
    return event.set_on, (
        f"补录指标“{event.indicator.name}”的基期值：{told.text}（{told.year}年{source}）"
    )


def _told(word: str, achievement: Achievement) -> Line:
    """The indicator's name is put in where the line is read: it may be revised later."""
    likely = f"完成可能性{achievement.likelihood}" if achievement.likelihood else None
    said = achievement.text or likely or achievement.forecast or "（无数值）"
    return achievement.reported_on, f"{word}{INDICATOR}：{said}"


def _reported(event: Target.AchievementReported) -> Line:
    return _told("报送", event.achievement)


def _corrected(event: Target.AchievementCorrected) -> Line:
    return _told("更正", event.achievement)


def _over_budget(event: Target.OverBudgetConfirmed) -> Line:
    return event.confirmed_on, "核实：支出数大于全年预算数"


def _attached(event: EvidenceFile.Attached) -> Line:
    return event.attached_on, f"上传佐证材料（{_which(event.file)}）{_of(event.proves)}"


def _attached_again(event: EvidenceFile.AttachedAgain) -> Line:
    return event.attached_on, f"重新上传撤回的佐证材料（{_which(event.file)}）"


def _withdrawn(event: EvidenceFile.Withdrawn) -> Line:
    return event.withdrawn_on, f"撤回佐证材料：{event.reason}"


def _redacted(event: EvidenceFile.Redacted) -> Line:
    return event.redacted_on, f"销毁佐证材料，只留校验值：{event.reason}"


def _which(file: FileFacts) -> str:
    return f"{label_of_media(file.media_type)}，校验值{file.sha256[:12]}"


def _of(proves: Proves) -> str:
    if proves.indicator_id is None:
        return ""
    day = f"截至{proves.reported_on}" if proves.reported_on else ""
    return f"：{INDICATOR}{day}"


def _ended(event: Target.Ended) -> Line:
    return event.ended_on, f"项目{event.life}（{event.document_no}）"


def _seen(word: str) -> Callable[[Any], Line]:
    def line(event: Any) -> Line:  # noqa: ANN401  # any event with a judgement
        return event.judgement.as_of, f"{word}：{event.judgement.sentence}"

    return line


def _gone(word: str) -> Callable[[Any], Line]:
    def line(event: Any) -> Line:  # noqa: ANN401  # any event with a sentence
        return event.as_of, f"{word}：{event.sentence}"

    return line


def _fell_due(event: Alert.FellDue) -> Line:
    return event.as_of, "黄灯持续，应填报原因说明"


def _explained(event: Alert.Explained) -> Line:
    told = event.explanation
    return event.explained_on, f"填报原因说明：{told.cause.value}，{told.text}"


LINES: dict[EventClass, Callable[[Any], Line]] = {
    Target.Declared: _declared,
    Target.Submitted: _submitted,
    Target.Returned: _returned,
    Target.Approved: _endorsed,
    Target.RevisionProposed: _proposed,
    Target.RevisionApproved: _approved,
    Target.CodeAdded: _code_added,
    Target.PlanSet: _plan_set,
    Target.FundLineArrived: _line_arrived,
    Target.FundsDetailed: _funds_detailed,
    Target.ReadingConfirmed: _confirmed,
    Target.KindChosen: _kind_chosen,
    Target.WeightsConfirmed: _weighed,
    Target.BaselineSet: _baseline,
    Target.IndicatorShared: _shared,
    Target.AchievementReported: _reported,
    Target.AchievementCorrected: _corrected,
    Target.OverBudgetConfirmed: _over_budget,
    Target.Ended: _ended,
    EvidenceFile.Attached: _attached,
    EvidenceFile.AttachedAgain: _attached_again,
    EvidenceFile.Withdrawn: _withdrawn,
    EvidenceFile.Redacted: _redacted,
    Alert.Raised: _seen("预警发出"),
    Alert.Worsened: _seen("预警加重"),
    Alert.Eased: _seen("预警减轻"),
    Alert.Reopened: _seen("预警重新发出"),
    Alert.FellDue: _fell_due,
    Alert.Recovered: _gone("已恢复、待说明"),
    Alert.Resolved: _gone("预警解除"),
    Alert.Explained: _explained,
}


class HistoryRows:
    """What happened to a target, for people to read."""

    name = "history"
    halts = False

    def apply(self, window: Window, cursor: Cursor[TupleRow]) -> None:
        """Write a line for each event this family can tell."""
        rows = [
            self._row(entry, *LINES[type(entry.event)](entry.event))
            for entry in window.entries
            if type(entry.event) in LINES
        ]
        if rows:
            cursor.executemany(SQL["line"], rows)

    def _row(self, entry: LoggedEvent, on_day: date | None, line: str) -> dict[str, Any]:
        event = entry.event
        about = getattr(event, "achievement", None) or getattr(event, "proves", None) or event
        return {
            "position": entry.position,
            "recorded_at": entry.recorded_at,
            "target_id": event.originator_id if isinstance(event, Target.Event) else None,
            "alert_id": event.originator_id if isinstance(event, Alert.Event) else None,
            "evidence_id": event.originator_id if isinstance(event, EvidenceFile.Event) else None,
            "indicator_id": getattr(about, "indicator_id", None),
            "on_day": on_day,
            "topic": type(event).TOPIC,
            "actor": entry.meta.actor,
            "filler": entry.meta.filler,
            "source": entry.meta.source,
            "line": line,
        }

"""Where a declaration stands on its way to approval, what the review finds, and the next step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from uuid import UUID

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.acting import Click, Doer, Done, NotDoneError
from dashboard.address import day_or_none
from dashboard.components.aria import data
from dashboard.components.badges import word_badge
from dashboard.components.tables import Column, cell, row, row_heading, table
from dashboard.texts import approval as text
from dashboard.texts import frame
from domain.approval import Objection, Stage
from domain.review.finding import Finding, Severity
from domain.target import Target
from services.approving import (
    Approval,
    ApprovalDesk,
    Return,
    approve,
    give_back,
    review_target,
    submit,
)
from services.bootstrap import Services
from services.clock import today
from services.log.appending import Appended
from services.readmodel.rows import StageStep, TargetDetail


def approval_section(services: Services, detail: TargetDetail, *, present: bool) -> Component:
    """The stage and its steps; before approval also the review, and what can be done now.

    ``present``: the page shows what is known now, so that there is something to do; the stage
    is today's then, whatever day the page looks at.
    """
    if not present:
        return _section(detail.judged.picture.stage, detail.stages, [])
    target = services.log.get(Target, detail.judged.picture.target_id)
    steps = services.read_model.stages(target.id, date.max)
    stage = target.standing.stage
    work = [] if stage is Stage.APPROVED else _work(services, target)
    return _section(stage, steps, work)


def _section(
    stage: Stage, steps: Sequence[StageStep], work: Sequence[Component | None]
) -> Component:
    return html.Section([_head(stage), _steps(steps), *work], className="card")


def _work(services: Services, target: Target) -> list[Component | None]:
    """What the review finds, and the steps that can follow."""
    findings = review_target(services.read_model, target).findings
    pending = text.pending(len(target.proposals)) if target.proposals else None
    return [
        html.P(pending, className="note") if pending else None,
        _findings(findings),
        _buttons(target.id, target.standing.stage, today(services.clock)),
    ]


def _head(stage: Stage) -> Component:
    badge = word_badge(stage.label if stage is Stage.APPROVED else text.not_approved(stage))
    return html.Div([html.H2(text.SECTION), badge], className="section-head section-head--near")


def _steps(steps: Sequence[StageStep]) -> Component | None:
    """What was done, the last step first; a return with its reason and findings."""
    if not steps:
        return None
    return html.Ul([_step(step) for step in reversed(steps)], className="steps")


def _step(step: StageStep) -> Component:
    said = [text.step(step.stage, step.on_day, step.actor)]
    if step.document_no:
        said.append(text.document(step.document_no))
    if step.reason:
        said.append(text.reason(step.reason))
    return html.Li([html.Span("　".join(said)), _objections(step.objections)])


def _objections(objections: Sequence[Objection]) -> Component | None:
    if not objections:
        return None
    return html.Details(
        [
            html.Summary(f"{text.RETURNED_FOR}（{len(objections)}）"),
            html.Ul([html.Li(one.message) for one in objections]),
        ]
    )


def _findings(findings: Sequence[Finding]) -> Component:
    """What blocks in full, the rest behind a click."""
    errors = [one for one in findings if one.severity is Severity.ERROR]
    others = [one for one in findings if one.severity is not Severity.ERROR]
    if not findings:
        return html.P(text.NO_FINDINGS, className="note")
    return html.Div(
        [
            html.P(text.found(len(errors), len(others)), className="note"),
            _table(errors) if errors else None,
            html.P(text.ERRORS_BLOCK, className="note") if errors else None,
            html.Details([html.Summary(text.others(len(others))), _table(others)])
            if others
            else None,
        ]
    )


def _table(findings: Sequence[Finding]) -> Component:
    kinds = ("", "indicator", "wide", "day")
    return table(
        text.FINDINGS_CAPTION,
        [Column(name, kind) for name, kind in zip(text.FINDING_COLUMNS, kinds, strict=True)],
        [
            row(
                [
                    row_heading(text.SEVERITIES[one.severity]),
                    cell(one.indicator or text.WHOLE, "indicator"),
                    cell(one.message, "wide"),
                    cell(html.Code(one.check), "day"),
                ]
            )
            for one in findings
        ],
    )


def _buttons(target_id: UUID, stage: Stage, day: date) -> Component:
    """The steps that follow from this stage, and the approval that was given elsewhere."""
    shown = day.isoformat()
    steps = [_submit] if stage is not Stage.SUBMITTED else [_approve, _return]
    return html.Div(
        [*(step(target_id, shown) for step in steps), _outside(target_id, shown)],
        className="step-forms noprint",
    )


def _form(do: str, verb: str, target_id: UUID, fields: Sequence[Component]) -> Component:
    button = html.Button(
        verb, type="button", className="button", **data(do=do, target=str(target_id))
    )
    return html.Div([*fields, button], className="form form--row", **data(form=do))


def _field(label: str, name: str, value: str = "") -> Component:
    return html.Label([label, dcc.Input(name=name, type="text", value=value)])


def _submit(target_id: UUID, day: str) -> Component:
    return _form("submit", text.SUBMIT, target_id, [_field(text.ON, "on", day)])


def _approve(target_id: UUID, day: str) -> Component:
    fields = [_field(text.ON, "on", day), _field(text.DOCUMENT, "document")]
    return _form("approve", text.APPROVE, target_id, fields)


def _return(target_id: UUID, day: str) -> Component:
    fields = [_field(text.ON, "on", day), _field(text.REASON, "reason")]
    return _form("return", text.RETURN, target_id, fields)


def _outside(target_id: UUID, day: str) -> Component:
    fields = [_field(text.ON, "on", day), _field(text.DOCUMENT, "document")]
    return html.Details(
        [
            html.Summary(text.OUTSIDE),
            html.P(text.OUTSIDE_WHY, className="note"),
            _form("adopt", text.OUTSIDE, target_id, fields),
        ]
    )


# What the buttons do.

Step = Callable[[ApprovalDesk, UUID, date], Appended]


def _do(click: Click, stage: Stage, step: Step) -> Done:
    services = click.services
    desk = ApprovalDesk(services.log, services.read_model, today(services.clock))
    try:
        target_id = UUID(click.told.get("target", ""))
    except ValueError as problem:
        raise NotDoneError(frame.NO_SUCH_ACT) from problem
    said = click.field("on")
    day = day_or_none(said) if said else desk.today
    if day is None:
        raise NotDoneError(text.no_day(said or ""))
    return Done(text.DONE[stage], step(desk, target_id, day).last_position)


def _submitted(click: Click) -> Done:
    def step(desk: ApprovalDesk, target_id: UUID, day: date) -> Appended:
        return submit(desk, target_id, day, meta=click.meta)

    return _do(click, Stage.SUBMITTED, step)


def _returned(click: Click) -> Done:
    def step(desk: ApprovalDesk, target_id: UUID, day: date) -> Appended:
        returned = Return(day, click.field("reason") or "")
        return give_back(desk, target_id, returned, meta=click.meta)

    return _do(click, Stage.RETURNED, step)


def _approved(click: Click, *, outside: bool = False) -> Done:
    def step(desk: ApprovalDesk, target_id: UUID, day: date) -> Appended:
        approval = Approval(day, click.field("document"), outside)
        return approve(desk, target_id, approval, meta=click.meta)

    return _do(click, Stage.APPROVED, step)


def _adopted(click: Click) -> Done:
    return _approved(click, outside=True)


DOERS: Mapping[str, Doer] = {
    "submit": _submitted,
    "return": _returned,
    "approve": _approved,
    "adopt": _adopted,
}

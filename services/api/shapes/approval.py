"""A declaration on its way to approval, on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, computed_field

from domain.approval import GivenApproval, Stage
from domain.review.finding import Finding, Severity
from domain.target import Target
from services.api.shapes.declaration import DeclarationShape
from services.api.shapes.values import Body, Day, Name, Reply, Text
from services.approving import Approval, Return
from services.readmodel.rows import StageStep


class GivenApprovalShape(Body):
    """Finance approved it already."""

    approved_on: Annotated[Day, Field(description="批复日期")]
    document_no: Annotated[Name | None, Field(description="批复文号")] = None


class NewTargetShape(DeclarationShape):
    """A declaration handed in; a draft, unless its approval comes with it."""

    approval: Annotated[GivenApprovalShape | None, Field(description="财政已批复的：批复情况")] = (
        None
    )

    def given_approval(self) -> GivenApproval | None:
        """The approval given elsewhere."""
        given = self.approval
        return None if given is None else GivenApproval(given.approved_on, given.document_no)


class SubmissionShape(Body):
    """A unit hands a declaration in."""

    submitted_on: Annotated[Day | None, Field(description="缺省为今天")] = None


class ReturnShape(Body):
    """A declaration is returned; ``checks`` null: with all errors and warnings of the review."""

    reason: Text
    returned_on: Annotated[Day | None, Field(description="缺省为今天")] = None
    checks: Annotated[
        tuple[Name, ...] | None,
        Field(max_length=200, description="随附的审核意见（审核项编号）；缺省为全部错误和警告"),
    ] = None

    def to_return(self, today: Day) -> Return:
        """What the use case asks for."""
        checks = None if self.checks is None else frozenset(self.checks)
        return Return(self.returned_on or today, self.reason, checks)


class TargetApprovalShape(Body):
    """A declaration is approved; ``outside``: finance did so elsewhere, as a document says."""

    approved_on: Annotated[Day | None, Field(description="批复日期；缺省为今天")] = None
    document_no: Annotated[Name | None, Field(description="批复文号")] = None
    outside: Annotated[
        bool, Field(description="财政已在系统之外批复：照录，不以审核错误为由拒绝")
    ] = False

    def to_approval(self, today: Day) -> Approval:
        """What the use case asks for."""
        return Approval(self.approved_on or today, self.document_no, self.outside)


class StageReply(Reply):
    """A stage, with its word."""

    stage: Stage

    @computed_field  # type: ignore[prop-decorator]  # pydantic's own way
    @property
    def stage_label(self) -> str:
        """The word on the screen."""
        return self.stage.label


class ObjectionReply(Reply):
    """What a declaration was returned for."""

    check: str
    where: str | None
    message: str


class StageStepReply(StageReply):
    """One step towards approval."""

    position: int
    recorded_at: datetime
    on_day: Day
    actor: str
    reason: str | None
    document_no: str | None
    outside: bool
    objections: tuple[ObjectionReply, ...]


class FindingReply(Reply):
    """One objection of the review; of severity error it blocks approval."""

    check: str
    severity: Severity
    indicator: str | None
    message: str
    message_en: str


class ReviewReply(StageReply):
    """What approval would be of, and what the review finds about it now."""

    target_id: UUID
    since: Day | None
    open_revisions: tuple[int, ...]
    errors: int
    findings: tuple[FindingReply, ...]
    steps: tuple[StageStepReply, ...]
    position: int

    @classmethod
    def of(
        cls,
        target: Target,
        findings: tuple[Finding, ...],
        steps: tuple[StageStep, ...],
        position: int,
    ) -> ReviewReply:
        """Put the parts together."""
        return cls.model_validate(
            {
                "target_id": target.id,
                "stage": target.standing.stage,
                "since": target.standing.since,
                "open_revisions": tuple(sorted(target.proposals)),
                "errors": sum(one.severity is Severity.ERROR for one in findings),
                "findings": findings,
                "steps": steps,
                "position": position,
            }
        )

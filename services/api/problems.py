"""What goes wrong, said as RFC 9457 problem details: one table, from error class to status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, Field
from starlette.responses import JSONResponse

from domain.access import errors as access
from domain.access.authorize import NotAllowedError, YearClosedError
from domain.alert import NothingToExplainError
from domain.approval import ErrorsNotMendedError, StageError, StepBackwardsError
from domain.baseline import BaselineTooLateError
from domain.claim import SplitDoesNotAddUpError, UnsoundPartError
from domain.claim_rules import RuleAsksNothingError, RuleConflictError
from domain.confirmation.kinds import KindDoesNotFitError
from domain.confirmation.question import (
    AnswerNotReadableError,
    NoSuchChoiceError,
    NothingProposedError,
    QuestionNotOpenError,
)
from domain.errors import (
    FutureDateError,
    MonitoringError,
    NotOnRecordError,
    ReasonMissingError,
)
from domain.evidence import EvidenceRedactedError, EvidenceWithdrawnError
from domain.funds import MoreThanDeclaredError
from domain.payment import LineConflict
from domain.plan import PlanNotCumulativeError, WindowEndsBeforeItStartsError
from domain.rounds import RoundConflictError
from domain.scoring.weights import UnplacedRowError
from domain.store import WrongStoreError
from domain.target import LineConflictError, RevisionNotOpenError, TargetEndedError
from domain.unit import UnitMergedError, UnitNotYetError, UnitUnderItselfError
from domain.units import UnitDoesNotConvertError
from services.access.accounts import AccountExistsError
from services.access.audit import AuditAwayError
from services.access.credentials import NotAlikeError, WrongPasswordError
from services.access.fillers import FillerNeededError, FillerUnsoundError
from services.access.form_errors import NotFilledError, UnitNeededError
from services.access.handing_over import ToOneselfError
from services.access.hashing import TooManySignInsError
from services.access.invitations import InvitationGoneError
from services.access.limits import WaitError
from services.access.oidc import errors as oidc
from services.access.password_rules import WeakPasswordError
from services.access.present import NotSignedInError, PasswordDueError, SessionNeededError
from services.access.program_tokens import NotAProgramError
from services.access.signing_in import FirstPasswordPastError, SignInRefusedError
from services.access.tokens import TokenTooLongError
from services.api.binding import NotLoopbackError
from services.attaching import EvidenceEmptyError, EvidenceTooLargeError
from services.background import ServiceEndsError, TooManyImportsError
from services.claiming import TargetElsewhereError, TooManyLinesError
from services.completing import NoIndicatorsError, NotSplitError
from services.database import errors as database
from services.drafting import TooManyDraftsError
from services.evidence.vault import EvidenceDamagedError
from services.founding import RegionNotSetError
from services.importing_declarations import PreviewOutdatedError
from services.intake.choice import NoSuchColumnError, NoSuchHeadingError
from services.intake.drafts import DraftChangedError, DraftGoneError
from services.intake.forms.fields import NotSuchAValueError
from services.intake.forms.to_target import IncompleteDeclarationError
from services.intake.readers.grid import UnreadableFileError
from services.intake.runs import AlreadyRunningError
from services.intake.score_request import BadScoreRequestError
from services.keeping_units import UnitCodeTakenError
from services.log import errors as log
from services.projections.projector import ReadingsBehindError, RebuildRunningError
from services.readmodel.readmodel import NotReadYetError, YearNotOnRecordError
from services.recording import BadLinesError
from services.revising import OtherYearError
from services.running import ImportCancelledError, NotUnderWayError
from services.settings import SettingError
from services.sheets.plain_table import TooManyRowsError
from services.working_days import YearNotInCalendarError

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = 1
MAX_FIELDS = 500
"""Of a file with more bad lines the first are listed; the detail counts all."""

_NOT_FOUND = HTTPStatus.NOT_FOUND
_CONFLICT = HTTPStatus.CONFLICT
_TOO_LARGE = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
_REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
_BROKEN = HTTPStatus.INTERNAL_SERVER_ERROR
_AWAY = HTTPStatus.SERVICE_UNAVAILABLE


class FieldProblem(BaseModel):
    """What is wrong with one part of a request: ``pointer`` into its body, or ``parameter``."""

    pointer: str | None = Field(None, description="JSON Pointer，如 #/indicators/0/name")
    parameter: str | None = Field(None, description="查询参数、路径参数或请求头的名称")
    message: str
    code: str


class BadInputError(MonitoringError):
    """A part of a request cannot be understood: one of its body, or a parameter."""

    code = "invalid_request"

    def __init__(
        self, message: str, *, pointer: str | None = None, parameter: str | None = None
    ) -> None:
        super().__init__(f"请求内容有误：{pointer or parameter} {message}。")
        self.field = FieldProblem(
            pointer=pointer, parameter=parameter, message=message, code=self.code
        )

    @classmethod
    def of_parameter(cls, name: str, message: str) -> BadInputError:
        """Say what is wrong with a parameter of the address."""
        return cls(message, parameter=name)


class TooLargeError(MonitoringError):
    """A body is longer than is read."""

    code = "body_too_large"

    def __init__(self, limit: int) -> None:
        super().__init__(f"请求内容超过上限（{limit // 1_000_000}MB），未作处理。请分批提交。")


class ForeignHostError(MonitoringError):
    """The service was called by a name that is not its own."""

    code = "foreign_host"

    def __init__(self) -> None:
        super().__init__(
            "请求的主机名不是本服务的。请用启动时显示的地址访问，或设置 JIXIAO_BASE_URL。"
        )


class ForeignPageError(MonitoringError):
    """A page of another site asks for a change."""

    code = "foreign_page"

    def __init__(self) -> None:
        super().__init__("请求来自其他网站的页面，未作处理。")


class NoSuchPlaceError(MonitoringError):
    """The address is not one of ours."""

    code = "no_such_path"

    def __init__(self) -> None:
        super().__init__("没有这个接口地址。接口清单见 /api/docs。")


STATUS: Mapping[type[MonitoringError], HTTPStatus] = {
    MonitoringError: _REFUSED,
    # what is asked for is not there
    NoSuchPlaceError: _NOT_FOUND,
    NotOnRecordError: _NOT_FOUND,
    YearNotOnRecordError: _NOT_FOUND,
    DraftGoneError: _NOT_FOUND,
    # what is said contradicts what is on record
    LineConflict: _CONFLICT,
    DraftChangedError: _CONFLICT,
    TooManyDraftsError: _CONFLICT,
    AlreadyRunningError: _CONFLICT,
    ImportCancelledError: _CONFLICT,
    NotUnderWayError: _CONFLICT,
    TooManyImportsError: _CONFLICT,
    ServiceEndsError: _AWAY,
    LineConflictError: _CONFLICT,
    MoreThanDeclaredError: _CONFLICT,
    PreviewOutdatedError: _CONFLICT,
    EvidenceWithdrawnError: _CONFLICT,
    EvidenceRedactedError: HTTPStatus.GONE,
    EvidenceEmptyError: _REFUSED,
    EvidenceTooLargeError: _TOO_LARGE,
    EvidenceDamagedError: _AWAY,
    NothingToExplainError: _CONFLICT,
    RevisionNotOpenError: _CONFLICT,
    ErrorsNotMendedError: _CONFLICT,
    StageError: _CONFLICT,
    QuestionNotOpenError: _CONFLICT,
    RoundConflictError: _CONFLICT,
    RuleConflictError: _CONFLICT,
    TargetEndedError: _CONFLICT,
    UnitCodeTakenError: _CONFLICT,
    UnitMergedError: _CONFLICT,
    UnitNotYetError: _CONFLICT,
    UnitUnderItselfError: _CONFLICT,
    WrongStoreError: _CONFLICT,
    YearClosedError: _CONFLICT,
    AccountExistsError: _CONFLICT,
    access.AccountDisabledError: _CONFLICT,
    access.GrantNotInForceError: _CONFLICT,
    access.RolesExcludeError: _CONFLICT,
    RebuildRunningError: _CONFLICT,
    log.ConcurrencyError: _CONFLICT,
    # what is said cannot be understood
    BadInputError: _REFUSED,
    BaselineTooLateError: _REFUSED,
    BadLinesError: _REFUSED,
    BadScoreRequestError: _REFUSED,
    FutureDateError: _REFUSED,
    IncompleteDeclarationError: _REFUSED,
    NoIndicatorsError: _REFUSED,
    NotSplitError: _REFUSED,
    NoSuchColumnError: _REFUSED,
    NoSuchHeadingError: _REFUSED,
    NotSuchAValueError: _REFUSED,
    OtherYearError: _REFUSED,
    PlanNotCumulativeError: _REFUSED,
    AnswerNotReadableError: _REFUSED,
    KindDoesNotFitError: _REFUSED,
    NoSuchChoiceError: _REFUSED,
    NothingProposedError: _REFUSED,
    ReasonMissingError: _REFUSED,
    RuleAsksNothingError: _REFUSED,
    SplitDoesNotAddUpError: _REFUSED,
    StepBackwardsError: _REFUSED,
    TargetElsewhereError: _REFUSED,
    UnitDoesNotConvertError: _REFUSED,
    UnplacedRowError: _REFUSED,
    UnreadableFileError: _REFUSED,
    UnsoundPartError: _REFUSED,
    WindowEndsBeforeItStartsError: _REFUSED,
    access.LoginNotUsableError: _REFUSED,
    access.RoleUnfitError: _REFUSED,
    access.TimeBackwardsError: _REFUSED,
    ToOneselfError: _REFUSED,
    TokenTooLongError: _REFUSED,
    WeakPasswordError: _REFUSED,
    log.CommandReusedError: _REFUSED,
    log.NaiveTimeError: _REFUSED,
    # who asks, and by what name
    ForeignHostError: HTTPStatus.MISDIRECTED_REQUEST,
    ForeignPageError: HTTPStatus.FORBIDDEN,
    FillerNeededError: HTTPStatus.FORBIDDEN,
    FillerUnsoundError: _REFUSED,
    NotFilledError: _REFUSED,
    UnitNeededError: _REFUSED,
    NotAProgramError: _REFUSED,
    SessionNeededError: HTTPStatus.FORBIDDEN,
    NotAllowedError: HTTPStatus.FORBIDDEN,
    SignInRefusedError: HTTPStatus.UNAUTHORIZED,
    FirstPasswordPastError: HTTPStatus.UNAUTHORIZED,
    NotSignedInError: HTTPStatus.UNAUTHORIZED,
    PasswordDueError: HTTPStatus.FORBIDDEN,
    NotAlikeError: _REFUSED,
    WrongPasswordError: HTTPStatus.FORBIDDEN,
    InvitationGoneError: HTTPStatus.GONE,
    oidc.NotOurSignInError: HTTPStatus.UNAUTHORIZED,
    oidc.ProviderRefusedError: HTTPStatus.UNAUTHORIZED,
    oidc.IdTokenRefusedError: HTTPStatus.UNAUTHORIZED,
    oidc.IdentityUnknownError: HTTPStatus.FORBIDDEN,
    oidc.IdentityTakenError: HTTPStatus.CONFLICT,
    oidc.NotLinkableError: HTTPStatus.CONFLICT,
    oidc.AccountShutError: HTTPStatus.FORBIDDEN,
    # too much at once
    TooLargeError: _TOO_LARGE,
    TooManyLinesError: _TOO_LARGE,
    WaitError: HTTPStatus.TOO_MANY_REQUESTS,
    TooManySignInsError: HTTPStatus.TOO_MANY_REQUESTS,
    oidc.TooManyPendingError: HTTPStatus.TOO_MANY_REQUESTS,
    log.AppendTooLargeError: _TOO_LARGE,
    # later, perhaps
    NotReadYetError: _AWAY,
    ReadingsBehindError: _AWAY,
    log.LogBusyError: _AWAY,
    log.LogUnreachableError: _AWAY,
    database.DatabaseUnreachableError: _AWAY,
    AuditAwayError: _AWAY,
    TooManyRowsError: _REFUSED,
    oidc.ProviderAwayError: _AWAY,
    # how the service is set up, not what was asked of it
    RegionNotSetError: _AWAY,
    SettingError: _AWAY,
    YearNotInCalendarError: _AWAY,
    NotLoopbackError: _BROKEN,
    database.AdminTooWeakError: _BROKEN,
    database.DataFolderError: _BROKEN,
    database.EncodingNotUtf8Error: _BROKEN,
    database.MigrationChangedError: _BROKEN,
    database.MigrationsPendingError: _BROKEN,
    database.NotInitialisedError: _BROKEN,
    database.OpenToOthersError: _BROKEN,
    database.PasswordLostError: _BROKEN,
    database.ProgramOutdatedError: _BROKEN,
    database.ProgramsMissingError: _BROKEN,
    database.RoleTooPowerfulError: _BROKEN,
    database.RoleTooWeakError: _BROKEN,
    database.ServerStartError: _BROKEN,
    database.ServerTooOldError: _BROKEN,
    database.ServerUserMissingError: _BROKEN,
    database.UnsupportedSystemError: _BROKEN,
    database.UrlMissingError: _BROKEN,
    log.EventNotStorableError: _BROKEN,
    log.UnreadableEventError: _BROKEN,
}
"""Every refusal of the service; a test walks the classes and misses none."""

_OTHER_CODES: Mapping[type[MonitoringError], str] = {
    log.CommandReusedError: "idempotency_key_reused",
}
"""Where the interface has a word of its own for what the inside calls otherwise."""

TITLES = {
    HTTPStatus.BAD_REQUEST: "请求格式有误",
    HTTPStatus.UNAUTHORIZED: "请先登录",
    HTTPStatus.FORBIDDEN: "不予受理",
    HTTPStatus.NOT_FOUND: "没有找到",
    HTTPStatus.METHOD_NOT_ALLOWED: "不支持的请求方法",
    HTTPStatus.CONFLICT: "与已有记录不符",
    HTTPStatus.GONE: "已失效",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "内容过大",
    HTTPStatus.MISDIRECTED_REQUEST: "主机名不符",
    HTTPStatus.UNPROCESSABLE_ENTITY: "内容有误，未受理",
    HTTPStatus.TOO_MANY_REQUESTS: "请稍后再试",
    HTTPStatus.INTERNAL_SERVER_ERROR: "服务出错",
    HTTPStatus.SERVICE_UNAVAILABLE: "暂时不能处理",
}


class Problem(BaseModel):
    """RFC 9457 problem details; ``code`` never changes."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    errors: list[FieldProblem] = []
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes into a problem besides the request it answers."""

    status: HTTPStatus
    code: str
    detail: str
    errors: Sequence[FieldProblem] = ()


def status_of(kind: type[MonitoringError]) -> HTTPStatus:
    """The status of an error class, or of the nearest one it derives from."""
    return next(STATUS[one] for one in kind.__mro__ if one in STATUS)


def code_of_class(kind: type[MonitoringError]) -> str:
    """The stable code of an error class, as the interface has it."""
    return _OTHER_CODES.get(kind, kind.code)


def fault_of(error: MonitoringError) -> Fault:
    """Say a refusal of ours as a problem.

    What concerns the service's own set-up is for its log, not for the caller.
    """
    status = status_of(type(error))
    code = code_of_class(type(error))
    if status is _BROKEN:
        return Fault(status, code, "服务自身有故障，已记录。请联系管理员，并告知请求编号。")
    return Fault(status, code, str(error), tuple(_fields(error)))


def _fields(error: MonitoringError) -> Iterator[FieldProblem]:
    if isinstance(error, BadInputError):
        yield error.field
    if isinstance(error, BadLinesError):
        for row in error.report.problems[:MAX_FIELDS]:
            message = f"{row.place}“{row.field}”：{row.message}"
            yield FieldProblem(pointer=None, parameter="file", message=message, code="bad_line")


def answer(fault: Fault, path: str, request_id: str | None) -> JSONResponse:
    """Make the response."""
    problem = Problem(
        type=f"/api/problems/{fault.code}",
        title=TITLES.get(fault.status, fault.status.phrase),
        status=fault.status,
        detail=fault.detail,
        instance=path,
        code=fault.code,
        errors=list(fault.errors),
        request_id=request_id,
    )
    headers = {}
    if fault.status is HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    if fault.status is _AWAY:
        headers["Retry-After"] = str(RETRY_AFTER_S)
    return JSONResponse(problem.model_dump(), fault.status, headers, MEDIA_TYPE)


def documented(*statuses: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    """What the documentation says of a route's problems."""
    return {int(status): {"model": Problem, "description": TITLES[status]} for status in statuses}

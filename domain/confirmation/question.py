"""A question to a person, the answers to choose from, and what each of them settles (rules §4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from domain.baseline import Baseline
from domain.errors import MonitoringError
from domain.indicator import Indicator, ToConfirm
from domain.plan import Shape


class Topic(StrEnum):
    """What a question is about; the first seven are those of ``ToConfirm``."""

    COST_DIRECTION = "cost_direction"
    CUT_OFF = "cut_off"
    BASELINE = "baseline"
    TWO_VALUES = "two_values"
    NAME_CONTRADICTS_VALUE = "name_contradicts_value"
    UNIT_DOES_NOT_FIT = "unit_does_not_fit"
    BEFORE_MONTH = "before_month"
    KIND = "kind"
    WEIGHTS = "weights"
    SHAPE = "shape"
    SHARED = "shared"

    @property
    def blocking(self) -> bool:
        """Whether there is no light and no score before it is answered.

        The others are proposals in use, marked as such, until a person says otherwise.
        """
        return self.value in set(ToConfirm)

    @property
    def label(self) -> str:
        """What people call it in a list."""
        return _LABELS[self]

    @property
    def asks(self) -> str:
        """The question in a sentence."""
        return _ASKS[self]


_LABELS = {
    Topic.COST_DIRECTION: "成本方向",
    Topic.CUT_OFF: "指标值残缺",
    Topic.BASELINE: "缺基期值",
    Topic.TWO_VALUES: "一格两数",
    Topic.NAME_CONTRADICTS_VALUE: "名称与值不一致",
    Topic.UNIT_DOES_NOT_FIT: "单位不符",
    Topic.BEFORE_MONTH: "“×月前”",
    Topic.KIND: "评判方式",
    Topic.WEIGHTS: "分值",
    Topic.SHAPE: "进度形状",
    Topic.SHARED: "共用指标",
}

_ASKS = {
    Topic.COST_DIRECTION: "成本是不超过这个数，还是不少于？",
    Topic.CUT_OFF: "完整的指标值是多少？",
    Topic.BASELINE: "上年的完成值是多少，出自哪里？",
    Topic.TWO_VALUES: "分别评判，还是只按其中一个？",
    Topic.NAME_CONTRADICTS_VALUE: "以名称中的数还是指标值为准？",
    Topic.UNIT_DOES_NOT_FIT: "按印的单位评判，还是单位有误？",
    Topic.BEFORE_MONTH: "截止到当月底，还是上月底？",
    Topic.KIND: "怎样评判？",
    Topic.WEIGHTS: "各项指标占多少分？",
    Topic.SHAPE: "按天均匀支出，还是到节点一次支出？",
    Topic.SHARED: "几个项目的同名指标是同一个数吗？",
}


@dataclass(frozen=True, slots=True)
class ReadAs:
    """An indicator is read otherwise than printed."""

    indicator: Indicator


@dataclass(frozen=True, slots=True)
class JudgeAs:
    """An indicator is judged by a kind, and measured at times, that a person chose."""

    indicator: Indicator


@dataclass(frozen=True, slots=True)
class MeasureAgainst:
    """An indicator is measured against the value of an earlier year."""

    baseline: Baseline


@dataclass(frozen=True, slots=True)
class Weigh:
    """All indicators of a target, with the weights that a person gave them."""

    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class SpendBy:
    """The money is planned in a shape."""

    shape: Shape


@dataclass(frozen=True, slots=True)
class ReadWith:
    """An indicator is read together with those of a group; None: by itself."""

    indicator_id: UUID
    group_id: UUID | None


Effect: TypeAlias = ReadAs | JudgeAs | MeasureAgainst | Weigh | SpendBy | ReadWith


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer: its key, which never changes, how people read it, and what it settles."""

    key: str
    label: str
    effect: Effect


@dataclass(frozen=True, slots=True)
class Question:
    """What a person is asked about one target.

    ``about`` is the indicator's name, or the project's; ``printed`` is what the form says.
    ``proposal`` is None where nothing can be proposed; ``reason`` says why it is proposed, or
    why not. ``choices`` are all answers, the proposal first. ``typed`` says what else can be
    typed, None where only the choices answer.
    """

    target_id: UUID
    indicator_id: UUID | None
    topic: Topic
    about: str
    printed: str
    reason: str
    choices: tuple[Choice, ...]
    proposal: Choice | None = None
    typed: str | None = None

    def choice(self, key: str) -> Choice:
        """The answer of a key; NoSuchChoiceError."""
        found = next((one for one in self.choices if one.key == key), None)
        if found is None:
            raise NoSuchChoiceError(self, key)
        return found


class QuestionNotOpenError(MonitoringError):
    """Nobody asks this, or it is answered already."""

    code = "question_not_open"

    def __init__(self, topic: Topic) -> None:
        super().__init__(f"没有待核实的“{topic.label}”问题，可能已由他人核实。请刷新后重试。")


class NoSuchChoiceError(MonitoringError):
    """An answer that the question does not have."""

    code = "no_such_choice"

    def __init__(self, question: Question, key: str) -> None:
        known = "、".join(f"{one.key}（{one.label}）" for one in question.choices) or "无"
        super().__init__(f"“{question.about}”没有“{key}”这个选项。可选：{known}。")


class NothingProposedError(MonitoringError):
    """The question has no proposal to be accepted."""

    code = "nothing_proposed"

    def __init__(self, question: Question) -> None:
        wanted = question.typed or "从选项中选择"
        super().__init__(f"“{question.about}”没有建议值：{question.reason}。请{wanted}。")


class AnswerNotReadableError(MonitoringError):
    """What was typed says nothing that could be judged."""

    code = "answer_not_readable"

    def __init__(self, text: str, wanted: str) -> None:
        super().__init__(f"“{text}”读不出{wanted}。请改写后重试。")

"""What needs a person, on the wire: the questions, and their answers."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.confirmation.question import Choice, Topic
from domain.indicator import Kind, Measured
from services.api.shapes.values import Body, Code, Day, Reply, Text
from services.api.writes import Written
from services.confirming import MOST_ANSWERS, Answer, KindChoice, OpenQuestion


class ChoiceReply(Reply):
    """An answer to choose."""

    key: str
    label: str

    @classmethod
    def of(cls, choice: Choice | None) -> ChoiceReply | None:
        """Read it from a choice, if there is one."""
        return None if choice is None else cls(key=choice.key, label=choice.label)


class QuestionReply(Reply):
    """What a person is asked; while ``blocking`` there is no light and no score."""

    target_id: UUID
    indicator_id: UUID | None
    topic: Topic
    topic_label: str
    blocking: bool
    unit_code: str | None
    unit_name: str
    project_name: str
    about: str
    printed: str
    question: str
    reason: str
    proposal: ChoiceReply | None
    choices: tuple[ChoiceReply, ...]
    typed: Annotated[str | None, Field(description="除选项外可以填写什么；null 只能选")]

    @classmethod
    def of(cls, asked: OpenQuestion) -> QuestionReply:
        """Read it from a question and its target."""
        row, question = asked.row, asked.question
        return cls(
            target_id=question.target_id,
            indicator_id=question.indicator_id,
            topic=question.topic,
            topic_label=question.topic.label,
            blocking=question.topic.blocking,
            unit_code=row.unit_code,
            unit_name=row.unit_name,
            project_name=row.asked.project_name,
            about=question.about,
            printed=question.printed,
            question=question.topic.asks,
            reason=question.reason,
            proposal=ChoiceReply.of(question.proposal),
            choices=tuple(ChoiceReply(key=one.key, label=one.label) for one in question.choices),
            typed=question.typed,
        )


class AnswerShape(Body):
    """An answer; neither ``choice`` nor ``typed``: the proposal is accepted."""

    target_id: UUID
    indicator_id: UUID | None = None
    topic: Topic
    choice: Annotated[Code | None, Field(description="选项的 key")] = None
    typed: Annotated[Text | None, Field(description="填写的内容")] = None
    reason: Annotated[Text | None, Field(description="不采纳建议时必填")] = None

    def to_answer(self) -> Answer:
        """What the use case asks for."""
        return Answer(
            self.target_id, self.indicator_id, self.topic, self.choice, self.typed, self.reason
        )


class AnswersShape(Body):
    """Answers that are recorded together, all or none."""

    answers: Annotated[list[AnswerShape], Field(min_length=1, max_length=MOST_ANSWERS)]
    confirmed_on: Annotated[Day | None, Field(description="缺省为今天")] = None


class ConfirmedReply(Written):
    """Where the answers can be read from; ``settled`` counts those that settled something."""

    settled: int


class KindShape(Body):
    """How an indicator is to be judged from now on."""

    kind: Kind
    measured: Measured = Measured.ROUND
    reason: Text
    chosen_on: Annotated[Day | None, Field(description="缺省为今天")] = None

    def to_choice(self, indicator_id: UUID) -> KindChoice:
        """What the use case asks for."""
        return KindChoice(indicator_id, self.kind, self.measured, self.reason)

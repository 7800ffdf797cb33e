"""A person answers what a form left open (核实): one question, or many at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from domain.access.action import Action
from domain.confirmation.asked import Beside
from domain.confirmation.listing import answer, blocking_questions, proposals, questions
from domain.confirmation.question import Choice, Question, QuestionNotOpenError, Topic
from domain.confirmation.settling import asked_of, settle
from domain.errors import FutureDateError, NotOnRecordError, said_reason
from domain.indicator import Kind, Measured
from domain.target import Target
from services.access.permitting import permit_target
from services.log.appending import Appended, Command
from services.log.application import Log
from services.log.meta import Meta
from services.readmodel.asked import AskedRow
from services.readmodel.readmodel import ReadModel
from services.retrying import once

MOST_ANSWERS = 1_000
"""Answers of one append."""

Key = tuple[UUID, UUID | None, Topic]


@dataclass(frozen=True, slots=True)
class ConfirmationDesk:
    """What is worked on with: the record, what can be read, and the calendar day."""

    log: Log
    read_model: ReadModel
    today: date


_NO_INDICATOR = "-"


def key_text(question: Question) -> str:
    """A question as it is named on the terminal and on the screen."""
    about = question.indicator_id or _NO_INDICATOR
    return f"{question.target_id}/{about}/{question.topic}"


def key_of(text: str) -> Key:
    """Which question a text names.

    Raises:
        ValueError: none.
    """
    target, about, topic = text.split("/")
    indicator = None if about == _NO_INDICATOR else UUID(about)
    return UUID(target), indicator, Topic(topic)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to the question of a topic about a target, or an indicator of it.

    Neither ``choice`` nor ``typed``: the proposal is accepted, which needs no reason of its
    own; everything else does.
    """

    target_id: UUID
    indicator_id: UUID | None
    topic: Topic
    choice: str | None = None
    typed: str | None = None
    reason: str | None = None

    @property
    def key(self) -> Key:
        """Which question it answers."""
        return self.target_id, self.indicator_id, self.topic


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question with the target it is about."""

    row: AskedRow
    question: Question

    @property
    def acceptance(self) -> Answer:
        """The answer that takes the proposal."""
        asked = self.question
        return Answer(asked.target_id, asked.indicator_id, asked.topic)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Where the answers can be read from, and how many of them settled something."""

    position: int
    settled: int


def open_questions(
    rows: Iterable[AskedRow], *, blocking: bool | None = None
) -> Iterator[OpenQuestion]:
    """What is asked about targets, in their order: what blocks, the proposals in use, or both."""
    ask = {None: questions, True: blocking_questions, False: proposals}[blocking]
    for row in rows:
        yield from (OpenQuestion(row, question) for question in ask(row.asked))


def confirm(
    desk: ConfirmationDesk,
    answers: Sequence[Answer],
    *,
    confirmed_on: date,
    meta: Meta,
    command: Command | None = None,
) -> Confirmed:
    """Settle questions, all or none, in one append.

    An answer that an earlier one of the same call has made needless is passed over.

    Raises:
        FutureDateError: the day lies after today.
        NotOnRecordError: there is no such target.
        QuestionNotOpenError: nobody asks that, or somebody answered it before.
        NothingProposedError, NoSuchChoiceError, AnswerNotReadableError: it is no answer.
        ReasonMissingError: another choice than the proposal says no reason.
    """
    if confirmed_on > desk.today:
        raise FutureDateError(confirmed_on, desk.today)
    asked = command or Command(uuid4(), b"")
    ids = list(dict.fromkeys(one.target_id for one in answers))

    def decide() -> Appended:
        work = _Work.begin(desk, ids)
        for target in work.targets.values():
            permit_target(Action.CONFIRM_READING, target)
        settled = sum(work.take(one, confirmed_on) for one in answers)
        return desk.log.save(
            *work.targets.values(), meta=meta, command=replace(asked, answer=settled)
        )

    done = once(desk.log, command, decide)
    return Confirmed(done.last_position, done.answer if isinstance(done.answer, int) else 0)


@dataclass(frozen=True, slots=True)
class _Work:
    """The targets of a call, and what was open about them when it began."""

    targets: dict[UUID, Target]
    beside: Beside
    opened: frozenset[Key]

    @classmethod
    def begin(cls, desk: ConfirmationDesk, ids: Sequence[UUID]) -> _Work:
        targets = desk.log.get_many(Target, ids)
        missing = [one for one in ids if one not in targets]
        if missing:
            raise NotOnRecordError(f"绩效目标 {missing[0]}")
        beside = desk.read_model.asked_targets.beside(ids)
        opened = frozenset(
            (question.target_id, question.indicator_id, question.topic)
            for target in targets.values()
            for question in questions(asked_of(target, beside))
        )
        return cls(targets, beside, opened)

    def take(self, given: Answer, on: date) -> bool:
        """Settle what one answer says; False where an earlier one did so already."""
        target = self.targets[given.target_id]
        asked = asked_of(target, self.beside)
        question = next(
            (
                one
                for one in questions(asked)
                if (one.indicator_id, one.topic) == (given.indicator_id, given.topic)
            ),
            None,
        )
        if question is None:
            if given.key in self.opened:
                return False
            raise QuestionNotOpenError(given.topic)
        choice = answer(asked, question, given.choice, given.typed)
        settle(target, choice.effect, on=on, reason=_reason(given, question, choice))
        return True


def _reason(given: Answer, question: Question, choice: Choice) -> str:
    if given.reason is None and choice is question.proposal:
        return f"采纳建议：{question.reason}"
    return said_reason(given.reason or "")


@dataclass(frozen=True, slots=True)
class KindChoice:
    """How an indicator is to be judged, and when it is measured, from now on."""

    indicator_id: UUID
    kind: Kind
    measured: Measured
    reason: str


def choose_kind(
    log: Log,
    target_id: UUID,
    choice: KindChoice,
    *,
    chosen_on: date,
    meta: Meta,
    command: Command | None = None,
) -> Appended:
    """Change how an indicator is judged, at any time; undone by choosing again.

    Raises:
        NotOnRecordError: there is no such target, or no such indicator.
        KindDoesNotFitError: its value cannot be judged so.
        ReasonMissingError: nobody says why.
    """

    def decide() -> Appended:
        target = log.get(Target, target_id)
        permit_target(Action.CONFIRM_READING, target)
        target.choose_kind(
            choice.indicator_id,
            choice.kind,
            choice.measured,
            chosen_on=chosen_on,
            reason=choice.reason,
        )
        return log.save(target, meta=meta, command=command)

    return once(log, command, decide)

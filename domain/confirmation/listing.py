"""All that is asked about a target, in the order of the form; and the choice an answer means."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.baseline import Baseline
from domain.confirmation.answers import read_anew
from domain.confirmation.asked import AskedTarget
from domain.confirmation.kinds import fits, kind_choices
from domain.confirmation.question import (
    AnswerNotReadableError,
    Choice,
    MeasureAgainst,
    NoSuchChoiceError,
    NothingProposedError,
    Question,
    ReadAs,
    ReadWith,
    SpendBy,
    Topic,
)
from domain.confirmation.readings import ASKING
from domain.confirmation.sharing import Alike
from domain.confirmation.weighing import typed_weights, weights_question
from domain.indicator import Indicator, Kind, TargetValue, open_questions
from domain.kind import propose
from domain.plan import Shape
from domain.target_value import fold, read_value

_ONE_PAYMENT = re.compile(r"租赁|租金|房租|配套|一次性")
"""Projects whose money goes out at its checkpoints and not by days (rules §3, Shape)."""


def blocking_questions(asked: AskedTarget) -> tuple[Question, ...]:
    """What stands between an indicator and its light."""
    return tuple(
        _about(asked, row, Topic(open_.value))
        for row in asked.indicators
        for open_ in open_questions(row)
    )


def proposals(asked: AskedTarget) -> tuple[Question, ...]:
    """What is proposed and in use until a person says otherwise."""
    return tuple(_proposals(asked))


def questions(asked: AskedTarget) -> tuple[Question, ...]:
    """Both, what blocks first."""
    return blocking_questions(asked) + proposals(asked)


def _about(asked: AskedTarget, row: Indicator, topic: Topic) -> Question:
    answers = ASKING[topic](asked, row)
    return Question(
        asked.target_id,
        row.indicator_id,
        topic,
        row.name,
        printed_of(row.value),
        answers.reason,
        answers.choices,
        answers.choices[0] if answers.proposed and answers.choices else None,
        answers.typed,
    )


def _proposals(asked: AskedTarget) -> Iterator[Question]:
    if asked.shape is Shape.EVEN and _ONE_PAYMENT.search(asked.project_name):
        yield _shape(asked)
    weights = weights_question(asked)
    if weights is not None:
        yield weights
    for row in asked.indicators:
        seen = row.indicator_id in asked.kinds_settled or open_questions(row)
        if not seen and row.kind is not Kind.NOT_APPLICABLE:
            yield _kind(asked, row)
    for row in asked.indicators:
        if row.indicator_id in asked.alike:
            yield _shared(asked, row, asked.alike[row.indicator_id])


def _shared(asked: AskedTarget, row: Indicator, alike: Alike) -> Question:
    named = f"“{alike.projects[0]}”" + ("等" if len(alike.projects) > 1 else "")
    together = Choice(
        "shared",
        f"与{named}{len(alike.projects)}个项目共用，填报一次",
        ReadWith(row.indicator_id, alike.group_id),
    )
    apart = Choice("apart", "各填各的", ReadWith(row.indicator_id, None))
    return Question(
        asked.target_id,
        row.indicator_id,
        Topic.SHARED,
        row.name,
        printed_of(row.value),
        "同一单位的项目有同名、同义、同单位的指标，只有一个实际值",
        (together, apart),
        together,
    )


def _shape(asked: AskedTarget) -> Question:
    lumps = Choice("lumps", "到计划节点一次支出", SpendBy(Shape.LUMPS))
    even = Choice("even", "按天均匀支出", SpendBy(Shape.EVEN))
    return Question(
        asked.target_id,
        None,
        Topic.SHAPE,
        asked.project_name,
        even.label,
        "租赁、配套、一次性补助按节点一次支付，不按天",
        (lumps, even),
        lumps,
    )


def _kind(asked: AskedTarget, row: Indicator) -> Question:
    read = propose(
        row.indicator_class,
        row.category,
        row.name,
        row.value,
        year=asked.fiscal_year,
        budget_wan=asked.budget_wan,
    )
    choices = kind_choices(row)
    return Question(
        asked.target_id,
        row.indicator_id,
        Topic.KIND,
        row.name,
        printed_of(row.value),
        read.reason_zh if row.baseline is None else "与上年的值比较",
        choices,
        choices[0] if fits(row, row.kind) else None,
    )


def printed_of(value: TargetValue) -> str:
    """What the form prints, with a unit from a column of its own."""
    unit = value.unit if value.number is not None else None
    apart = unit is not None and fold(unit) not in fold(value.text)
    return f"{value.text}（{unit}）" if apart else value.text


def answer(asked: AskedTarget, question: Question, key: str | None, typed: str | None) -> Choice:
    """The choice that somebody made: typed, of a key, or the proposal.

    Raises:
        AnswerNotReadableError: what was typed says nothing.
        NoSuchChoiceError: the question has no such choice, or takes nothing typed.
        NothingProposedError: nothing was chosen, and nothing is proposed.
    """
    if typed is not None:
        return _typed(asked, question, typed.strip())
    if key is not None:
        return question.choice(key)
    if question.proposal is None:
        raise NothingProposedError(question)
    return question.proposal


def _typed(asked: AskedTarget, question: Question, text: str) -> Choice:
    if question.typed is None:
        raise NoSuchChoiceError(question, text)
    if question.topic is Topic.WEIGHTS:
        return typed_weights(asked, text)
    row = next(one for one in asked.indicators if one.indicator_id == question.indicator_id)
    if question.topic is Topic.BASELINE:
        return Choice("typed", text, MeasureAgainst(_baseline(asked, row, text)))
    return Choice("typed", text, ReadAs(read_anew(asked, row, question.topic, text)))


def _baseline(asked: AskedTarget, row: Indicator, text: str) -> Baseline:
    """The value of the year before, with the unit that the indicator prints if it has none."""
    value = read_value(text, name=row.name, unit=row.value.unit)
    if value.number is None:
        raise AnswerNotReadableError(text[:40], "上年的完成值")
    return Baseline(row.indicator_id, text, value.number, value.unit, asked.fiscal_year - 1)

"""What the browser sends with a click is taken for texts and nothing else."""

from __future__ import annotations

from typing import Any, cast

import pytest

from dashboard.acting import Acted, Click, Done, NotDoneError, act
from domain.errors import ReasonMissingError
from services.bootstrap import Services
from services.readmodel.readmodel import NotReadYetError


class ReadAtOnce:
    """A read model that has read everything."""

    def wait_for(self, _: int) -> None:
        """Need not wait."""


class ReadLater:
    """A read model that stays behind."""

    def wait_for(self, position: int) -> None:
        """Wait in vain."""
        raise NotReadYetError(position, 1)


def services(read_model: object) -> Services:
    class Some:
        """As much of the services as a click needs."""

    some = cast("Any", Some())
    some.read_model = read_model
    return cast("Services", some)


AT_ONCE = services(ReadAtOnce())


def done(click: Click) -> Done:
    return Done(f"{click.field('reason')}", 7)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"told": None, "fields": 3, "listed": None},
        {"told": {"do": 5}, "fields": [], "listed": ["text", None]},
        {"told": {"do": "nothing of ours"}},
    ],
)
def test_a_click_that_means_nothing_says_to_refresh(said: dict[str, Any]) -> None:
    acted = act(AT_ONCE, {"do it": done}, said)
    assert (acted.changed, "请刷新后重试" in acted.sentence) == (False, True)


def test_fields_are_texts_without_the_blanks_around_them() -> None:
    said = {"told": {"do": "do it"}, "fields": {"reason": "  好  ", "other": 5}}
    assert act(AT_ONCE, {"do it": done}, said) == Acted("好", changed=True)
    blank = {"told": {"do": "do it"}, "fields": {"reason": "  "}}
    assert act(AT_ONCE, {"do it": done}, blank).sentence == "None"


@pytest.mark.parametrize("refused", [ReasonMissingError(), NotDoneError("没有选择。")])
def test_what_is_refused_is_said_and_changes_nothing(refused: Exception) -> None:
    def refuse(_: Click) -> Done:
        raise refused

    acted = act(AT_ONCE, {"do it": refuse}, {"told": {"do": "do it"}})
    assert acted == Acted(str(refused))
    assert cast("Any", acted.shown).role == "alert"


def test_what_is_recorded_but_not_read_yet_says_so() -> None:
    acted = act(services(ReadLater()), {"do it": done}, {"told": {"do": "do it"}})
    assert acted.changed
    assert acted.sentence.endswith("稍后刷新可见。")
    assert cast("Any", acted.shown).role == "status"

"""What reads a hostile file may die of it; who asked hears one sentence and goes on."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from services.intake.readers.grid import UnreadableFileError
from services.intake.sandbox import client
from services.intake.sandbox.client import AT_ONCE, Sandbox, in_child, in_child_within
from services.intake.sandbox.limits import Limits
from tests import misbehaving
from tests.servers import wait_until

SHORT = Limits(seconds=0.5)


def test_an_answer_comes_back_as_what_it_was() -> None:
    expected = misbehaving.Read(Decimal("12.30"), date(2025, 12, 31), ("甲", "乙"))
    assert in_child(misbehaving.answers, Decimal("12.30"), on=date(2025, 12, 31)) == expected


def test_large_files_go_in_and_large_answers_come_out() -> None:
    assert in_child(misbehaving.size, bytes(30_000_000)) == 30_000_000
    assert len(in_child(misbehaving.repeats, "字", 5_000_000)) == 5_000_000


def test_what_the_function_refuses_is_refused_with_its_sentence() -> None:
    with pytest.raises(UnreadableFileError, match="文件是空的。"):
        in_child(misbehaving.refuses, b"")


def test_a_fault_of_ours_is_one_sentence_and_the_log_says_where_but_nothing_of_the_file(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with pytest.raises(UnreadableFileError, match="程序出错"):
        in_child(misbehaving.fails, "县医保局".encode())
    assert "misbehaving.py" in caplog.text
    assert caplog.text.rstrip().endswith("ValueError")
    assert "县医保局" not in caplog.text


def test_an_answer_of_another_type_is_none() -> None:
    with pytest.raises(UnreadableFileError, match="程序出错"):
        in_child(misbehaving.answers_something_else, b"")


def test_memory_ends_at_its_limit() -> None:
    assert in_child(misbehaving.takes_memory, 500) == 500 * 1024 * 1024
    with pytest.raises(UnreadableFileError, match="内存过大"):
        in_child(misbehaving.takes_memory, 1100)


def test_time_on_the_clock_ends_at_its_limit() -> None:
    with pytest.raises(UnreadableFileError, match="没有读完"):
        in_child_within(SHORT, misbehaving.waits, 600.0)


def test_time_of_the_processor_ends_at_its_limit() -> None:
    with pytest.raises(UnreadableFileError, match="没有读完"):
        in_child_within(Limits(processor_seconds=1), misbehaving.spins)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (signal.SIGKILL, "内存过大"),
        (signal.SIGABRT, "内存过大"),
        (signal.SIGSEGV, "意外中断"),
    ],
)
def test_a_child_that_is_killed_is_one_sentence(number: signal.Signals, said: str) -> None:
    with pytest.raises(UnreadableFileError, match=said):
        in_child(misbehaving.dies, int(number))


def test_a_child_that_leaves_without_a_word_is_one_sentence() -> None:
    with pytest.raises(UnreadableFileError, match="意外中断"):
        in_child(misbehaving.leaves, 0)


def test_a_child_knows_no_secret_and_holds_no_file_of_ours(
    monkeypatch: pytest.MonkeyPatch, own: Sandbox
) -> None:
    monkeypatch.setenv("JIXIAO_DATABASE_URL", "postgresql://u:secret@db/x")
    own.warm()
    assert in_child(misbehaving.environment).keys() <= {*client.PASSED_ON, "LC_CTYPE"}
    assert in_child(misbehaving.descriptors) == 0


def test_what_a_library_prints_is_not_our_output(capfd: pytest.CaptureFixture[str]) -> None:
    assert in_child(misbehaving.chatters) > 0
    assert capfd.readouterr() == ("", "")


def test_children_work_side_by_side_and_each_file_has_its_own() -> None:
    with ThreadPoolExecutor(AT_ONCE * 4) as threads:
        pids = list(threads.map(lambda _: in_child(misbehaving.process), range(40)))
    assert len(set(pids)) == 40
    assert len({in_child(misbehaving.parent), in_child(misbehaving.parent)}) == 1


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_program_that_a_child_leaves_behind_is_ended() -> None:
    pid = in_child(misbehaving.leaves_a_program_behind)
    wait_until(lambda: is_gone(pid), "the program is gone")


def test_files_that_a_child_leaves_behind_are_removed() -> None:
    path = Path(in_child(misbehaving.leaves_a_file_behind, and_dies=False))
    wait_until(lambda: not path.parent.exists(), "the folder is gone")
    folder = path.parent.parent
    with pytest.raises(UnreadableFileError):
        in_child(misbehaving.leaves_a_file_behind, and_dies=True)
    wait_until(lambda: not list(folder.iterdir()), "nothing is left")


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """A sandbox that a test may break."""
    sandbox = Sandbox(preload=())
    monkeypatch.setattr(client, "SANDBOX", sandbox)
    yield sandbox
    sandbox.close()


@pytest.mark.usefixtures("own")
def test_a_starter_that_was_killed_is_begun_anew() -> None:
    first = in_child(misbehaving.parent)
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: in_child_or_none() not in {None, first}, "another starter answers")


def in_child_or_none() -> int | None:
    try:
        return in_child(misbehaving.parent)
    except UnreadableFileError:
        return None


@pytest.mark.usefixtures("own")
def test_a_starter_that_dies_takes_its_children_along_and_who_asked_hears_of_it() -> None:
    starter = in_child(misbehaving.parent)
    killer = threading.Timer(0.3, os.kill, (starter, signal.SIGKILL))
    killer.start()
    with pytest.raises(UnreadableFileError, match="意外中断"):
        in_child(misbehaving.waits, 600.0)
    killer.join()


def test_closing_ends_the_starter_and_its_folder(own: Sandbox) -> None:
    starter = in_child(misbehaving.parent)
    folder = Path(in_child(misbehaving.leaves_a_file_behind, and_dies=False)).parent.parent
    own.close()
    assert is_gone(starter)
    assert not folder.exists()
    assert in_child(misbehaving.parent) != starter

"""The command line as a person uses it: exit codes, and sentences instead of tracebacks."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from tests.declaring import REGION
from tests.servers import end_servers_in, pids_below, short_folder, wait_until

CHECKOUT = Path(__file__).resolve().parents[2]
FORM = CHECKOUT / "tests" / "data" / "hebei_form.txt"


@dataclass(frozen=True, slots=True)
class Terminal:
    """Runs ``jixiao`` on a data folder of its own."""

    data_dir: Path

    def run(self, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
        """One command, to its end."""
        with self.start(*words, **env) as process:
            out, err = process.communicate()
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def start(self, *words: str, **env: str) -> subprocess.Popen[str]:
        """One command, in a group of its own."""
        return subprocess.Popen(
            [sys.executable, "-c", "from ops.cli.main import run; run()", *words],
            cwd=CHECKOUT,
            env={
                **{name: value for name, value in os.environ.items() if "JIXIAO" not in name},
                "JIXIAO_DATA_DIR": str(self.data_dir),
                "JIXIAO_REGION": REGION,
                "PYTHONPATH": str(CHECKOUT),
                **env,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def json(self, *words: str) -> Any:
        """One command that must succeed; its answer."""
        done = self.run(*words, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture(scope="module")
def terminal() -> Iterator[Terminal]:
    with short_folder() as folder:
        yield Terminal(folder / "data")
        end_servers_in(folder)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("no-such-noun",), 2, "No such command"),
        (("form",), 2, "read"),
        (("evaluate", "--as-of", "2025-13-01"), 2, "--as-of"),
        (("evaluate", "--as-of", "2999-01-01"), 1, "晚于今天"),
        (("target", "show", "00000000-0000-0000-0000-000000000001"), 1, "没有记录"),
        (("form", "read", "nothing.txt"), 1, "nothing.txt"),
        (("target", "list"), 0, "还没有绩效目标"),
    ],
)
def test_what_goes_wrong_is_said_in_a_sentence_with_its_code(
    terminal: Terminal, words: tuple[str, ...], code: int, said: str
) -> None:
    done = terminal.run(*words)
    assert done.returncode == code
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_does_not_answer_is_exit_three(terminal: Terminal) -> None:
    nowhere = "postgresql://app_rw:not-told-to-anybody@127.0.0.1:1/x"
    done = terminal.run(
        "target", "list", JIXIAO_DATABASE_URL=nowhere, JIXIAO_WORKER_DATABASE_URL=nowhere
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert "无法连接数据库" in done.stderr


def test_a_first_write_asks_for_the_region(terminal: Terminal) -> None:
    done = terminal.run("form", "import", str(FORM), JIXIAO_REGION="")
    assert done.returncode in (1, 2)
    assert "JIXIAO_REGION" in done.stderr


def test_from_a_form_to_a_light_in_four_commands(terminal: Terminal, tmp_path: Path) -> None:
    [imported] = terminal.json("form", "import", str(FORM))
    count = len(imported["targets"])
    assert count > 0
    paid = tmp_path / "6月.csv"
    paid.write_text(
        "支付凭证号,预算年度,实际支付金额,实际支付日期,项目编码\nZ1,2025,100.00,2025-05-06,X\n",
        encoding="utf-8-sig",
    )
    report = terminal.json("payment", "import", str(paid), "--complete-to", "2025-06-30")
    assert (report["stored"], report["complete_to"]) == (1, "2025-06-30")
    evaluation = terminal.json("evaluate", "--as-of", "2025-06-30")
    assert (evaluation["recorded"], evaluation["targets"]) == (True, count)
    assert terminal.json("evaluate", "--as-of", "2025-06-30")["recorded"] is False
    assert len(terminal.json("target", "list", "--as-of", "2025-06-30")) == count
    alerts = terminal.json("alert", "list")
    assert {alert["sentence"] for alert in alerts} == {
        one["sentence"] for one in evaluation["found"]
    }
    assert terminal.run("projection", "status").returncode == 0
    lines = terminal.run("events", "export").stdout.splitlines()
    assert json.loads(lines[0])["topic"] == "store.founded"


def test_a_year_is_served_and_ctrl_c_leaves_no_process() -> None:
    """What ``make run`` does: the sample year when the store is empty, then 200 on its page."""
    with short_folder() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        served = Terminal(folder / "data").start("serve", "--sample", JIXIAO_PORT=str(port))
        try:
            wait_until(lambda: _answers(port) or served.poll() is not None, "it serves", 100)
            assert _answers(port)
            os.killpg(served.pid, signal.SIGINT)
            _, said = served.communicate(timeout=30)
        finally:
            if served.poll() is None:
                os.killpg(served.pid, signal.SIGKILL)
        assert served.returncode == 0
        assert said.splitlines()[-1] == "已停止。"
        assert f"服务已启动：http://127.0.0.1:{port}/" in said
        assert pids_below(folder) == []


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:  # our own
            return bool(answer.status == 200)
    except OSError:
        return False


def test_the_sheet_is_filled_from_the_record(terminal: Terminal, tmp_path: Path) -> None:
    done = terminal.run("sheet", "self-evaluation", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "份自评表" in done.stdout
    assert all(path.suffix == ".xlsx" for path in tmp_path.iterdir())
    assert list(tmp_path.iterdir())

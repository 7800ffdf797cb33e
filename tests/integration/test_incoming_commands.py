"""``jixiao payment`` and ``jixiao achievement`` at the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.clock import wall_clock
from services.database.connect import Database
from services.log.application import Log
from tests.integration.incoming import META
from tests.integration.terminal import answer, run
from tests.payment_files import big_csv, csv_of

HEADING = ("支付凭证号", "行号", "实际支付金额(元)", "实际支付日期")


def payments(folder: Path, *rows: tuple[str, ...]) -> Path:
    file = folder / "支付.csv"
    file.write_bytes(csv_of(rows, HEADING))
    return file


def test_payments_are_looked_at_stored_and_known_again(terminal: Path) -> None:
    file = payments(terminal, ("P1", "1", "5", "2025-03-01"))
    told = ("payment", "import", file, "--complete-to", "2025-03-31", "--year", "2025")
    assert answer(*told, "--preview")[1]["outcome"] == "preview"
    done = answer(*told)[1]
    assert [(column["heading"], column["field"]) for column in done.pop("columns")] == [
        ("支付凭证号", "voucher_no"),
        ("行号", "line_no"),
        ("实际支付金额(元)", "amount"),
        ("实际支付日期", "paid_on"),
    ]
    assert done | {"first_at": None, "position": None} == {
        "import_id": answer(*told)[1]["import_id"],
        "outcome": "completed",
        "name": "支付.csv",
        "rows": 1,
        "stored": 1,
        "known": 0,
        "conflict_count": 0,
        "refused": 0,
        "conflicts": [],
        "problems": [],
        "notes": [],
        "findings": [],
        "complete_to": "2025-03-31",
        "proposed_complete_to": "2025-03-01",
        "amount": None,
        "unclaimed": None,
        "first_by": "operator",
        "first_at": None,
        "position": None,
    }
    code, text = run(*told)
    assert code == 0
    assert "此前已导入" in text


def test_the_first_write_founds_a_real_store_and_a_preview_does_not(
    terminal: Path, database: Database
) -> None:
    file = payments(terminal, ("P1", "1", "5", "2025-03-01"))
    run("payment", "import", file, "--preview")
    with Log(database.web_url, clock=wall_clock) as log:
        assert log.head() == 0
        run("payment", "import", file)
        assert type(log.read(0, 1)[0].event).__name__ == "Founded"


def test_a_bad_line_ends_with_one_and_is_told_with_its_place(terminal: Path) -> None:
    file = payments(terminal, ("P1", "1", "5", "2025-03-01"), ("P2", "1", "?", "2025-03-01"))
    code, text = run("payment", "import", file)
    assert code == 1
    assert "L3 实际支付金额(元)" in text
    code, report = answer("payment", "import", file, "--accept-bad-lines")
    assert (code, report["stored"], report["refused"]) == (1, 1, 1)


def test_without_a_year_anywhere_the_payment_dates_say_it(terminal: Path) -> None:
    run("payment", "import", payments(terminal, ("P1", "1", "5", "2024-03-01")))
    assert run("payment", "correct", "P1", "1", "--amount", "6", "--reason", "x", "--year", "2024")[
        1
    ].startswith("已更正")


def test_a_line_is_corrected_once(terminal: Path) -> None:
    run("payment", "import", payments(terminal, ("P1", "1", "5", "2025-03-01")))
    told = (
        "payment",
        "correct",
        "P1",
        "1",
        "--amount",
        "6.50",
        "--reason",
        "少录",
        "--year",
        "2025",
    )
    assert answer(*told)[1]["changed"]
    assert run(*told)[1].startswith("与记录相同")
    assert run("payment", "correct", "P1", "1", "--reason", "x")[0] == 2
    assert run("payment", "correct", "P1", "1", "--reason", "x", "--amount", "6.505")[0] == 2


@pytest.mark.usefixtures("terminal")
def test_the_day_data_reach_to_can_be_stated_alone() -> None:
    code, report = answer("payment", "complete-to", "2025-04-30", "--year", "2025")
    assert (code, report["complete_to"], report["rows"]) == (0, "2025-04-30", 0)


def test_nothing_broken_off_is_said_and_many_problems_are_cut_short(terminal: Path) -> None:
    assert run("payment", "resume")[0] == 0
    rows = [(f"P{n}", "1", "?", "2025-03-01") for n in range(30)]
    _, text = run("payment", "import", payments(terminal, *rows))
    assert text.count("✗") == 20
    assert "另有10条" in text


def test_a_missing_file_is_a_usage_error(terminal: Path) -> None:
    assert run("payment", "import", terminal / "无.csv")[0] == 2


def test_achievements_that_match_nothing_are_listed(terminal: Path) -> None:
    file = terminal / "完成值.csv"
    file.write_bytes(csv_of([("X1", "救助人次", "5")], ("项目编码", "三级指标", "完成值")))
    told = ("achievement", "import", file, "--cut-off", "2025-06-30", "--year", "2025")
    code, report = answer(*told, "--preview")
    assert (code, report["refused"]) == (1, 1)
    assert run(*told)[0] == 1
    assert answer(*told, "--accept-bad-lines")[1]["outcome"] == "completed"


def test_a_thousand_vouchers_from_the_terminal_are_counted_on_record(
    terminal: Path, database: Database
) -> None:
    file = terminal / "支付.csv"
    file.write_bytes(big_csv(1000))
    assert answer("payment", "import", file)[1]["stored"] == 1000
    with Log(database.web_url, clock=lambda: pytest.fail(str(META))) as log:
        assert len(log.read(0, 10_000)) == 1000 + 1 + 3

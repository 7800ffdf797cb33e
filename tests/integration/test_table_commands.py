"""Tables of units, funds and baselines at the terminal: columns said, standard input, Ctrl-C."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from services import importing_rows, storing_payments
from services.importing import note_chunk
from services.intake.choice import NoSuchColumnError, NoSuchHeadingError
from services.intake.readers.grid import UnreadableFileError
from services.running import NotUnderWayError
from tests.integration.terminal import answer, run
from tests.payment_files import big_csv, csv_of

UNITS = [("450", "医疗保障局"), ("450001", "医保中心")]
PLAIN = ("单位编码", "单位名称")
OWN = ("本地代号", "单位名称")


def units(folder: Path, heading: tuple[str, ...] = PLAIN) -> Path:
    file = folder / "单位.csv"
    file.write_bytes(csv_of(UNITS, heading))
    return file


def test_a_list_of_units_is_looked_at_stored_and_known_again(terminal: Path) -> None:
    file = units(terminal)
    seen = answer("unit", "import", file, "--dry-run")[1]
    assert (seen["outcome"], seen["stored"]) == ("preview", 2)
    assert run("unit", "list")[1] == ""
    assert answer("unit", "import", file)[1]["outcome"] == "completed"
    assert "450001  医保中心" in run("unit", "list")[1]
    again = answer("unit", "import", file)
    assert (again[0], again[1]["outcome"]) == (0, "already_imported")


def test_a_file_comes_by_standard_input(terminal: Path) -> None:
    content = units(terminal).read_bytes()
    code, done = answer("unit", "import", "-", typed=content)
    assert (code, done["name"], done["stored"]) == (0, "标准输入", 2)


def test_what_is_said_of_a_column_counts_and_is_remembered_for_its_source(terminal: Path) -> None:
    file = units(terminal, OWN)
    code, done = answer("unit", "import", file, "--map", "本地代号=单位编码")
    assert (code, done["stored"]) == (0, 2)
    file.write_bytes(csv_of([("450002", "医保稽核所")], OWN))
    seen = answer("unit", "import", file, "--preview")[1]
    fates = {column["heading"]: column["fate"] for column in seen["columns"]}
    assert (seen["stored"], fates["本地代号"]) == (1, "remembered")


def test_a_wrong_field_or_column_is_named_with_those_there_are(terminal: Path) -> None:
    file = units(terminal)
    with pytest.raises(NoSuchColumnError, match=r"“金额”不是.*单位名称"):
        run("unit", "import", file, "--map", "单位编码=金额")
    for mode in (["--preview"], []):
        with pytest.raises(NoSuchHeadingError, match=r"没有这一列：代号。.*单位编码、单位名称"):
            run("unit", "import", file, "--map", "代号=单位编码", *mode)
    assert run("unit", "import", file, "--map", "单位编码")[0] == 2
    assert run("unit", "list")[1] == ""


def test_a_template_is_written_and_comes_back_without_its_example(terminal: Path) -> None:
    file = terminal / "单位.xlsx"
    assert str(file) in run("import", "sample", "units", "-o", file)[1]
    with pytest.raises(UnreadableFileError, match="表头以下没有单位"):
        run("unit", "import", file, "--preview")
    assert run("import", "sample", "declarations")[0] == 2
    assert run("import", "sample", "units", "-o", terminal / "没有" / "单位.xlsx")[0] == 2


@pytest.mark.usefixtures("terminal")
def test_payments_and_achievements_take_columns_and_standard_input_alike() -> None:
    paid = csv_of([("P1", "1", "5", "2025-03-01")], ("凭证", "行号", "金额甲", "支付日期"))
    said = ("--map", "金额甲=支付金额", "--map", "凭证=支付凭证号")
    told = ("payment", "import", "-", "--year", "2025", *said)
    assert answer(*told, typed=paid)[1]["stored"] == 1
    assert answer(*told, typed=paid)[1]["outcome"] == "already_imported"
    for mode in (["--dry-run"], []):
        with pytest.raises(NoSuchHeadingError, match="没有这一列：金额乙"):
            run(*told, "--map", "金额乙=支付日期", *mode, typed=paid + b"\n")
    reached = csv_of([("P1", "参保率", "5", "2025-03-01")], ("项目", "指标", "数甲", "截至日期"))
    columns = ("--map", "数甲=完成值", "--map", "项目=项目编码", "--map", "指标=三级指标")
    code, seen = answer(
        "achievement", "import", "-", "--year", "2025", "--preview", *columns, typed=reached
    )
    assert (code, seen["rows"]) == (1, 1)
    assert {column["fate"] for column in seen["columns"]} == {"mapped", "read"}


def test_a_row_that_cannot_be_read_ends_with_one_and_stores_nothing(terminal: Path) -> None:
    file = terminal / "基数.csv"
    file.write_bytes(csv_of([("P1", "参保率", "?")], ("项目编码", "三级指标", "上年完成值")))
    code, text = run("baseline", "import", file, "--year", "2025")
    assert (code, "✗ L2" in text) == (1, True)
    file.write_bytes(csv_of([("P1", "5", "2025-03-01")], ("项目编码", "指标金额(元)", "下达日期")))
    code, text = run("fund", "import", file, "--year", "2025")
    assert (code, "✗ L2" in text) == (1, True)


def test_who_stops_an_import_keeps_what_is_stored_and_can_go_on(
    terminal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = units(terminal)

    def stopped(log: Any, begun: Any, number: int, decide: Any) -> None:
        if number == 1:
            raise KeyboardInterrupt
        note_chunk(log, begun, number, decide)

    monkeypatch.setattr(importing_rows, "CHUNK_ROWS", 1)
    with monkeypatch.context() as patched:
        patched.setattr(importing_rows, "note_chunk", stopped)
        code, text = run("unit", "import", file)
    assert (code, text) == (130, "")
    assert run("unit", "list")[1].splitlines() == ["450  医疗保障局"]
    code, done = answer("unit", "import", file)
    assert (code, done["outcome"], done["stored"]) == (0, "resumed", 2)
    assert len(run("unit", "list")[1].splitlines()) == 2


@pytest.mark.parametrize(
    "words",
    [
        ("target", "import"),
        ("target", "import-codes"),
        ("sheet", "import-monitoring"),
        ("sheet", "import-self-evaluation"),
    ],
)
def test_a_file_of_another_kind_is_refused(terminal: Path, words: tuple[str, str]) -> None:
    file = terminal / "别的.csv"
    file.write_bytes(csv_of([("1", "2")], ("甲", "乙")))
    with pytest.raises(UnreadableFileError):
        run(*words, file)


@pytest.mark.usefixtures("terminal")
def test_who_stops_an_import_of_payments_is_told_how_to_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(storing_payments, "CHUNK_LINES", 10)

    def stopped(log: Any, begun: Any, number: int, decide: Any) -> None:
        if number == 1:
            raise KeyboardInterrupt
        note_chunk(log, begun, number, decide)

    told = ("payment", "import", "-", "--year", "2025")
    with monkeypatch.context() as patched:
        patched.setattr(storing_payments, "note_chunk", stopped)
        assert run(*told, typed=big_csv(30))[0] == 130
    [one] = answer_list("import", "runs", "--unfinished")
    assert (one["run"]["state"], one["rows_done"], one["rows"]) == ("cancelled", 10, 30)
    assert "已取消  10/30行" in run("import", "runs")[1]
    assert run("payment", "resume")[1] == ""
    import_id = one["run"]["import_id"]
    code, done = answer("import", "resume", import_id)
    assert (code, done["outcome"], done["stored"], done["known"]) == (0, "resumed", 30, 0)
    assert answer_list("import", "runs", "--unfinished") == []
    with pytest.raises(NotUnderWayError, match="不在进行中"):
        run("import", "cancel", import_id)


def answer_list(*words: str) -> Any:
    """A list as JSON."""
    return json.loads(run(*words, "--json")[1])


def test_what_is_remembered_is_listed_and_forgotten_at_the_terminal(terminal: Path) -> None:
    assert run("unit", "import", units(terminal, OWN), "--map", "本地代号=单位编码")[0] == 0
    assert "本地代号=单位编码" in run("import", "mappings")[1]
    [one] = answer_list("import", "mappings")
    assert run("import", "forget", one["kind"], one["fingerprint"])[0] == 0
    assert answer_list("import", "mappings") == []

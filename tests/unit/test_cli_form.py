"""``jixiao form read`` answers the contract, for machines and for people."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from ops.cli.form import app

FORM = str(Path(__file__).parents[1] / "data" / "hebei_form.txt")
RUN = CliRunner()


def test_json_is_a_list_with_one_entry_a_file(tmp_path: Path) -> None:
    empty = tmp_path / "空.txt"
    empty.write_text("", "utf-8")
    done = RUN.invoke(app, ["read", FORM, str(empty), "--json"])
    form, nothing = json.loads(done.stdout_bytes)
    assert done.exit_code == 0
    assert [len(form["declarations"]), len(form["department_goals"]), form["errors"]] == [3, 1, []]
    assert (nothing["declarations"], len(nothing["errors"])) == ([], 1)


def test_an_indicator_has_every_key_of_the_contract() -> None:
    done = RUN.invoke(app, ["read", FORM, "--json"])
    row = json.loads(done.stdout_bytes)[0]["declarations"][0]["indicators"][2]
    assert row == {
        "indicator_class": "产出指标",
        "indicator_category": "时效指标",
        "name": "演出完成时间",
        "description": "演出完成时间",
        "value_text": "2025年11月底",
        "comparator": None,
        "number": None,
        "unit_of_measure": None,
        "kind": "date",
        "measured": "round",
        "weight": None,
        "scoring_standard": None,
        "target_basis": "年初工作计划",
        "to_confirm": [],
        "where": "L86",
    }


def test_people_see_projects_rows_and_findings() -> None:
    done = RUN.invoke(app, ["read", FORM])
    assert done.exit_code == 0
    assert "3个项目，16项绩效指标" in done.output
    assert "支出计划：03-31 25%、06-30 50%、10-31 75%、12-31 100%" in done.output
    assert "L171 indicator.value_broken error" in done.output


def test_pasted_text_is_read_and_checked_from_the_standard_input() -> None:
    text = Path(FORM).read_bytes()
    read = RUN.invoke(app, ["read", "-", "--json"], input=text)
    (reading,) = json.loads(read.stdout_bytes)
    assert (read.exit_code, reading["file"], len(reading["declarations"])) == (0, "标准输入", 3)
    checked = RUN.invoke(app, ["check", "-"], input=text)
    assert "1个文件，3个项目" in checked.stdout


def test_nothing_readable_is_exit_1_and_no_file_is_a_usage_error(tmp_path: Path) -> None:
    assert RUN.invoke(app, ["read", str(tmp_path / "no.txt")]).exit_code == 1
    assert RUN.invoke(app, ["read", str(tmp_path)]).exit_code == 1
    assert RUN.invoke(app, ["read"]).exit_code == 2

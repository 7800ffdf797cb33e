"""``jixiao form check`` tells what is wrong like a compiler, for machines and for people."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from domain.review.catalogue import CATALOGUE
from ops.cli.form import app

FORM = str(Path(__file__).parents[1] / "data" / "hebei_form.txt")
RUN = CliRunner()


def test_each_finding_is_a_line_of_file_place_id_severity_and_message() -> None:
    done = RUN.invoke(app, ["check", FORM])
    lines = done.output.splitlines()
    assert done.exit_code == 1
    assert any(line.startswith(f"{FORM}:L171: value.cut_off error “") for line in lines)
    assert lines[-1].startswith("1个文件，3个项目，16项绩效指标：错误")


def test_a_fix_stands_below_its_finding() -> None:
    lines = RUN.invoke(app, ["check", FORM]).output.splitlines()
    fixes = [number for number, line in enumerate(lines) if line.startswith("    建议：")]
    assert fixes
    assert all(lines[number - 1].startswith((FORM, "    建议：")) for number in fixes)


def test_it_is_told_in_english_too() -> None:
    done = RUN.invoke(app, ["check", FORM, "--lang", "en"])
    assert "value.cut_off error The value of" in done.output
    assert "1 files, 3 projects, 16 indicators:" in done.output
    assert RUN.invoke(app, ["check", FORM, "--lang", "fr"]).exit_code == 2


def test_json_has_one_entry_a_file_with_every_key() -> None:
    done = RUN.invoke(app, ["check", FORM, "/nowhere.txt", "--json"])
    form, nothing = json.loads(done.stdout_bytes)
    assert done.exit_code == 1
    assert (form["file"], form["projects"], form["indicators"]) == (FORM, 3, 16)
    assert sum(form["counts"].values()) == len(form["findings"])
    (cut,) = [one for one in form["findings"] if one["id"] == "value.cut_off"]
    assert {key: cut[key] for key in ("severity", "where", "also", "fix")} == {
        "severity": "error",
        "where": "L171",
        "also": [],
        "fix": [],
    }
    assert list(cut) == [
        "id",
        "severity",
        "where",
        "also",
        "project",
        "indicator",
        "message",
        "message_en",
        "why",
        "fix",
    ]
    assert [one["id"] for one in nothing["findings"]] == ["file.not_found"]
    assert nothing["findings"][0]["why"] == "打不开的文件无法审核。"


def test_a_fix_in_json_says_which_field_from_what_to_what_and_where(tmp_path: Path) -> None:
    text = Path(FORM).read_text("utf-8").replace("≤", "≥")
    form = tmp_path / "改.txt"
    form.write_text(text, "utf-8")
    done = RUN.invoke(app, ["check", str(form), "--json"])
    findings = json.loads(done.stdout_bytes)[0]["findings"]
    cost = next(one for one in findings if one["id"] == "direction.cost_floor")
    (change,) = cost["fix"]
    assert (change["field"], change["where"]) == ("value_text", cost["where"])
    assert change["to"] == change["from"].replace("≥", "≤")


def test_a_form_without_errors_is_exit_0(tmp_path: Path) -> None:
    rows = [
        "一级指标\t二级指标\t三级指标\t指标值",
        "产出指标\t数量指标\t演出场次\t≥30场",
        "\t质量指标\t演出验收合格率\t≥95%",
        "\t时效指标\t完成时间\t2025年11月底",
        "\t成本指标\t项目总成本\t≤60万元",
        "效益指标\t社会效益指标\t观众人次\t≥9000人次",
        "满意度指标\t服务对象满意度指标\t观众满意度\t≥90%",
    ]
    head = [
        "送戏下乡绩效目标表",
        "（2025年度）",
        "项目名称\t送戏下乡\t实施单位\t某县文化馆",
        "资金总额（万元）\t60.00",
        "年度目标\t全年送戏下乡三十场，丰富群众文化生活。",
    ]
    form = tmp_path / "好.txt"
    form.write_text("\n".join(head + rows), "utf-8")
    done = RUN.invoke(app, ["check", str(form)])
    assert (done.exit_code, done.output) == (
        0,
        "1个文件，1个项目，6项绩效指标：错误0，警告0，提示0\n",
    )


def test_no_file_is_a_usage_error() -> None:
    assert RUN.invoke(app, ["check"]).exit_code == 2


def test_the_catalogue_is_listed_for_people_and_machines() -> None:
    told = RUN.invoke(app, ["checks"])
    assert told.exit_code == 0
    assert "direction.cost_floor error: 成本指标写成“≥”" in told.output
    assert RUN.invoke(app, ["check", "--list"]).output == told.output
    english = RUN.invoke(app, ["checks", "--lang", "en"]).output.splitlines()
    assert "direction.cost_floor error: A cost is written as a floor" in english
    listed = json.loads(RUN.invoke(app, ["checks", "--json"]).stdout_bytes)
    assert [one["id"] for one in listed] == [check.id for check in CATALOGUE]
    assert listed[0]["scope"] == "project"

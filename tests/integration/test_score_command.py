"""``jixiao score FILE --json`` as architecture §8 promises it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from ops.cli.score import score

app = typer.Typer()
app.command()(score)


def run(folder: Path, document: object, *options: str) -> Result:
    file = folder / "自评.json"
    text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
    file.write_text(text, "utf-8")
    return CliRunner().invoke(app, [str(file), *options])


def answer(folder: Path, document: object) -> dict[str, Any]:
    result = run(folder, document, "--json")
    assert result.exit_code == 0, result.stderr
    read: dict[str, Any] = json.loads(result.stdout)
    return read


def row(target: str | None, actual: str | None, **fields: object) -> dict[str, object]:
    asked: dict[str, object] = {
        "indicator_class": "产出指标",
        "indicator_category": "数量指标",
        "name": "指标",
        "target": target,
        "actual": actual,
        "weight": None,
        "mark": None,
    }
    return asked | fields


def request(*rows: dict[str, object], **fields: object) -> dict[str, object]:
    asked: dict[str, object] = {
        "profile": None,
        "budget": "100.00",
        "executed": "100.00",
        "execution_weight": None,
        "indicators": list(rows),
    }
    return asked | fields


def one(folder: Path, asked: dict[str, object], weight: str = "10") -> dict[str, Any]:
    """Score one row beside a met one that makes the weights sum to 90."""
    filler = row("≥1次", "1次", weight=str(90 - float(weight)))
    rows = answer(folder, request(asked | {"weight": weight}, filler))["indicators"]
    scored: dict[str, Any] = rows[0]
    return scored


def test_a_whole_sheet_is_answered_to_the_letter(tmp_path: Path) -> None:
    """A1 and its neighbours: execution open, one row short, one waiting for its mark."""
    document = request(
        row("≥10万人次", "10.4万人次", name="救助人次"),
        row("≥95%", "94.6", name="居民参保率", indicator_category="质量指标"),
        row("有效缓解", "达成", name="负担减轻", indicator_class="效益指标", mark="27.5"),
        row("≥80", None, name="群众满意度", indicator_class="满意度指标"),
        row("无", None, name="经济效益", indicator_class="效益指标"),
        budget="4,678.00",
        executed=None,
    )

    assert answer(tmp_path, document) == {
        "execution": {"score": None, "working": "未定：全年执行数未录入。"},
        "indicators": [
            {
                "name": "救助人次",
                "score": "25.00",
                "outcome": "met",
                "working": "分值25分（组内平均分配的建议分值）。"
                "完成值10.4万人次，达到指标值≥10万人次，得满分25分。",
            },
            {
                "name": "居民参保率",
                "score": "24.89",
                "outcome": "partly",
                "working": "分值25分（组内平均分配的建议分值）。"
                "完成值94.6，未达到指标值≥95%：25×94.6÷95=24.89分。",
            },
            {
                "name": "负担减轻",
                "score": "27.50",
                "outcome": "met",
                "working": "分值30分（组内平均分配的建议分值）。"
                "评为“达成”（24—30分），评分27.50分。",
            },
            {
                "name": "群众满意度",
                "score": None,
                "outcome": "open",
                "working": "分值10分（组内平均分配的建议分值）。未定：完成值未填报。",
            },
            {
                "name": "经济效益",
                "score": None,
                "outcome": "not_applicable",
                "working": "本指标不适用，不占分值。",
            },
        ],
        "total": "77.39",
        "open_weight": "20.00",
        "grade": None,
        "undetermined": [],
    }


def test_a_perfect_project_scores_exactly_a_hundred(tmp_path: Path) -> None:
    rows = [row("≥3次", "3次") for _ in range(7)]
    rows += [row("≤60万元", "58", indicator_class="成本指标")]
    rows += [row("≥1次", "1次", indicator_class="效益指标")]
    rows += [row("≥80%", "86%", indicator_class="满意度指标")]

    read = answer(tmp_path, request(*rows))

    assert [line["score"] for line in read["indicators"]] == [
        *["6.00", "6.00", "6.00", "5.50", "5.50", "5.50", "5.50"],
        *["20.00", "20.00", "10.00"],
    ]
    assert read["execution"] == {
        "score": "10.00",
        "working": "执行100÷预算100：10×100÷100=10.00分。",
    }
    assert (read["total"], read["open_weight"], read["grade"]) == ("100.00", "0.00", "优")


@pytest.mark.parametrize(
    ("asked", "weight", "score"),
    [
        pytest.param(row("≥10万", "10.4"), "6", "6.00", id="1"),
        pytest.param(row("≤15%", "12.5%"), "6", "6.00", id="3"),
        pytest.param(row("≥3次", "3"), "6", "6.00", id="7"),
        pytest.param(row("≥95%", "94.6", name="居民参保率"), "10", "9.96", id="8"),
        pytest.param(row("2025年底支付完成", "2025年12月10日"), "5", "5.00", id="10"),
        pytest.param(row("2025年2月支付完", "4月18日"), "5", "3.00", id="11"),
        pytest.param(row("100%", "100", name="基金监管覆盖率"), "6", "6.00", id="14"),
        pytest.param(row("≥80", "86", name="满意度"), "10", "10.00", id="15"),
        pytest.param(row("20 人; 2.8 万人", "19; 2.76"), "12.5", "12.10", id="19"),
        pytest.param(row("≥63%", "62.8%", name="住院报销比例"), "12.5", "12.46", id="20"),
        pytest.param(row("198家", "160"), "12.5", "10.10", id="22"),
        pytest.param(row("65.66", "65.07"), "10", "9.91", id="稷山 1"),
        pytest.param(row("8755", "8676"), "15", "14.86", id="稷山 2"),
        pytest.param(row("≥60万元", "58万元", indicator_class="成本指标"), "10", "9.67", id="6"),
        pytest.param(row("50万元", "60万元", indicator_class="成本指标"), "10", "8.00", id="16"),
        pytest.param(row("12月底前", "12月10日"), "10", "10.00", id="no year anywhere"),
        pytest.param(row("12月底前", "按时完成"), "10", "10.00", id="on time, no day"),
    ],
)
def test_targets_are_judged_as_printed(
    tmp_path: Path, asked: dict[str, object], weight: str, score: str
) -> None:
    assert one(tmp_path, asked, weight)["score"] == score


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (row("≤30天", "98%", name="业务处理及时率"), "单位不符：“%”不能换算为“天”"),
        (row("比例≥", "71%"), "指标值只有计算符号、没有数值，疑似残缺"),
        (row(None, "71%"), "指标值空白"),
        (row("不低于上年", "100%", name="一站式结算"), "与上年比较，待补基期值"),
        (row("20人; 2.8万人", "19"), "指标值一格有多个数值，完成值应逐一对应填报"),
        (row("≥3次", "很多"), "完成值“很多”读不出数值"),
        (row("有效保障", "达成", mark="11"), "评分11不在0—10分之内"),
    ],
)
def test_what_cannot_be_determined_is_named_with_its_reason(
    tmp_path: Path, asked: dict[str, object], reason: str
) -> None:
    name = str(asked["name"])
    document = request(asked | {"weight": "10"}, row("≥1次", "1次", name="次数", weight="80"))

    read = answer(tmp_path, document)

    assert read["indicators"][0] == {
        "name": name,
        "score": None,
        "outcome": "cannot_determine",
        "working": f"无法判定（{reason}）。",
    }
    assert (read["undetermined"], read["open_weight"], read["grade"]) == ([name], "10.00", None)


def test_a_placeholder_code_is_not_applicable(tmp_path: Path) -> None:
    read = answer(tmp_path, request(row("110001", None, name="社会成本"), row("≥1次", "1次")))

    assert read["indicators"][0]["outcome"] == "not_applicable"
    assert (read["total"], read["grade"]) == ("100.00", "优")


def test_execution_without_a_budget_is_among_the_undetermined(tmp_path: Path) -> None:
    read = answer(tmp_path, request(row("≥1次", "1次"), budget="0", executed="0"))

    assert read["execution"]["score"] is None
    assert read["undetermined"] == ["预算执行率"]
    assert (read["total"], read["open_weight"], read["grade"]) == ("90.00", "10.00", None)


def test_a_named_profile_and_a_given_execution_weight_are_used(tmp_path: Path) -> None:
    rows = [
        row("≤1万元", "1", indicator_class="成本指标"),
        row("≥1次", "1"),
        row("≥1次", "1", indicator_class="效益指标"),
        row("≥1次", "1", indicator_class="满意度指标"),
    ]

    read = answer(tmp_path, request(*rows, profile="v2015", execution_weight="20"))

    assert read["execution"]["score"] == "20.00"
    assert [line["score"] for line in read["indicators"]] == ["22.50", "22.00", "26.50", "9.00"]


def test_a_profile_can_come_from_a_file_beside_the_request(tmp_path: Path) -> None:
    profile = {"execution": "20", "outputs": "50", "outcomes": "30", "cost": "0"}
    (tmp_path / "older.json").write_text(json.dumps(profile), "utf-8")
    rows = [row("≥1次", "1"), row("≥1次", "1", indicator_class="效益指标")]

    read = answer(tmp_path, request(*rows, profile="older.json"))
    absolute = answer(tmp_path, request(*rows, profile=str(tmp_path / "older.json")))

    assert read == absolute
    assert read["execution"]["score"] == "20.00"
    assert [line["score"] for line in read["indicators"]] == ["50.00", "30.00"]


def test_scaled_weights_are_said_on_the_terminal_and_in_the_working(tmp_path: Path) -> None:
    result = run(tmp_path, request(row("≥1次", "1", weight="80")), "--json")

    assert result.stderr == "提示：表列分值合计80分，不是90分，按比例折算，待确认\n"
    working = json.loads(result.stdout)["indicators"][0]["working"]
    assert working.startswith("分值90分（按比例折算的建议分值）。完成值1，")


def test_numbers_are_taken_as_exactly_as_strings(tmp_path: Path) -> None:
    strings = request(row("≥3次", "2", weight="90"), budget="0.30", executed="0.10")
    numbers = request(row("≥3次", 2, weight=90), budget=0.30, executed=0.1)  # type: ignore[arg-type]

    assert answer(tmp_path, numbers)["total"] == answer(tmp_path, strings)["total"] == "63.33"


def test_blank_texts_are_null_and_fields_may_be_missing(tmp_path: Path) -> None:
    bare = {"indicators": [{"name": "次数", "indicator_class": "产出指标", "target": "≥1次"}]}

    read = answer(tmp_path, bare | {"budget": " "})

    assert (read["total"], read["open_weight"]) == ("0.00", "100.00")


@pytest.mark.parametrize(
    ("document", "field"),
    [
        (request(row("≥1次", "1"), budget="一百"), "budget：“一百”不是数字"),
        (request(row("≥1次", "1"), budget="NaN"), "budget："),
        (request(row("≥1次", "1"), executed="1e5"), "executed："),
        (request(row("≥1次", "1"), executed=True), "executed："),
        (request(row("≥1次", "1"), execution_weight="101"), "execution_weight："),
        (request(row("≥1次", "1"), profile="v1999"), "profile：没有“v1999”；可用v2021、v2015"),
        (request(row("≥1次", "1", weight="-1")), "indicators[0].weight：分值-1应在0—100之间"),
        (request(row("≥1次", "1"), row("≥1次", "1", mark="高")), "indicators[1].mark："),
        (request(row("≥1次", "1", name=None)), "indicators[0].name：缺指标名称"),
        (request(row("≥1次", "1") | {"target": ["≥1次"]}), "indicators[0].target：应为文字或null"),
        (request(), "indicators："),
        ({"indicators": {}}, "indicators："),
        ({"indicators": ["x"]}, "indicators[0]：应为一个对象"),
        ([], "FILE：应为一个对象"),
        ("{", "FILE：文件"),
        ("[" * 100_000, "FILE：文件"),
        (
            request(row("≥1次", "1", indicator_class=None, indicator_category="其他")),
            "“指标”无分值",
        ),
    ],
)
def test_bad_input_ends_with_two_and_names_the_field(
    tmp_path: Path, document: object, field: str
) -> None:
    result = run(tmp_path, document, "--json")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(field)


@pytest.mark.parametrize(
    ("profile", "field"),
    [
        ({"execution": "10", "outputs": "80"}, "profile：各项合计90分，应为100分"),
        ({"execution": "10", "output": "90"}, "profile.output：没有此项"),
        ({"execution": "x"}, "profile.execution：“x”不是数字"),
        ([], "profile：应为一个对象"),
    ],
)
def test_a_profile_that_cannot_be_used_is_refused(
    tmp_path: Path, profile: object, field: str
) -> None:
    (tmp_path / "own.json").write_text(json.dumps(profile), "utf-8")

    result = run(tmp_path, request(row("≥1次", "1"), profile="own.json"))

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(field)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, [str(tmp_path / "没有.json")])

    assert result.exit_code == 2
    assert "没有.json打不开" in result.stderr


def test_people_read_lines(tmp_path: Path) -> None:
    finished = run(tmp_path, request(row("≥4次", "3次", weight="90")))
    waiting = run(tmp_path, request(row("≥4次", None, weight="90")))

    assert finished.stdout.splitlines() == [
        "预算执行率  10.00分  执行100÷预算100：10×100÷100=10.00分。",
        "指标  67.50分  完成值3次，未达到指标值≥4次：90×3÷4=67.50分。",
        "总分 77.50，等级 中",
    ]
    assert waiting.stdout.splitlines()[1:] == [
        "指标  —  未定：完成值未填报。",
        "已定 10.00 / 已定满分 10.00，未定 90.00分",
    ]

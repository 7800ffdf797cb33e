"""A target's declaration form, by the API and at the terminal; read again it says the same."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from urllib.parse import unquote
from uuid import UUID

import pytest

from domain.declaration import Declaration
from domain.target import Target
from services.intake.forms.file import read_form_file
from services.intake.forms.to_target import to_domain
from services.sheets.declaration_form.forms import FileFormat, TemplateKey
from tests.integration.api_service import Api, declaration
from tests.integration.terminal import run

FORM = (
    "项目绩效目标表\n（2025年度）\n项目编码\tP00A1\t项目名称\t巡查经费\n"
    "主管部门\t云河县医疗保障局\t实施单位\t云河县医疗保障局\n预算数\t{}\n绩效目标\t按时巡查\n"
    "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t巡查次数\t≥{}次\n"
)


def declared_of(api: Api, target: str) -> Declaration:
    """The declaration on record."""
    return api.services.log.get(Target, UUID(target)).declaration


def listed() -> list[str]:
    """The targets on record."""
    _, text = run("target", "list", "--json")
    return [one["picture"]["target_id"] for one in json.loads(text)]


@pytest.mark.parametrize(("template", "format_"), list(product(TemplateKey, FileFormat)))
def test_a_downloaded_form_reads_back_as_what_is_declared(
    kept_api: Api, template: TemplateKey, format_: FileFormat
) -> None:
    target = kept_api.post("/api/v1/targets", declaration())["target_id"]
    kept_api.get(f"/api/v1/targets/{target}")

    answered = kept_api.client.get(
        f"/api/v1/targets/{target}/form", params={"form": template, "as": format_}
    )

    assert answered.status_code == 200, answered.text
    assert answered.headers["content-type"] == format_.media_type
    name = unquote(answered.headers["content-disposition"])
    assert name.endswith(f"_绩效目标申报表.{format_}")
    [read] = read_form_file(answered.content, f"form.{format_}").declarations
    on_record = declared_of(kept_api, target)
    assert to_domain(read, region=on_record.region) == on_record


def test_only_known_templates_and_targets_are_written(kept_api: Api) -> None:
    target = kept_api.post("/api/v1/targets", declaration())["target_id"]
    kept_api.get(f"/api/v1/targets/{target}")
    place = f"/api/v1/targets/{target}/form"

    kept_api.problem("GET", f"{place}?form=anhui", 422, "invalid_request")
    kept_api.problem("GET", f"{place}?as=pdf", 422, "invalid_request")
    kept_api.problem("GET", f"{place}?as_of=2024-12-31", 404, "not_on_record")
    nowhere = "/api/v1/targets/00000000-0000-0000-0000-000000000000/form"
    kept_api.problem("GET", nowhere, 404, "not_on_record")


def test_at_the_terminal_several_targets_go_into_one_file(terminal: Path) -> None:
    for order, name in enumerate(("甲", "乙"), start=1):
        form = FORM.replace("巡查经费", f"巡查经费{name}").replace("P00A1", f"P00A{order}")
        (terminal / f"{name}.txt").write_text(form.format("12万元", 3), encoding="utf-8")
    run("form", "import", terminal / "甲.txt", terminal / "乙.txt")
    targets = listed()
    out = terminal / "申报表.docx"

    code, said = run("target", "form", *targets, "--form", "hebei", "-o", out)

    assert (code, said) == (0, f"已写出2份申报表：{out}\n")
    assert {one.project_name for one in read_form_file(out).declarations} == {
        "巡查经费甲",
        "巡查经费乙",
    }
    assert run("form", "import", out)[1].count("无变化") == 2


def test_the_file_says_its_format_or_the_command_does(terminal: Path) -> None:
    (terminal / "甲.txt").write_text(FORM.format("12万元", 3), encoding="utf-8")
    run("form", "import", terminal / "甲.txt")
    [target] = listed()

    assert run("target", "form", target, "-o", terminal / "form.pdf")[0] == 2
    assert run("target", "form", target, "-o", terminal / "form", "--as", "xlsx")[0] == 0
    assert (terminal / "form").read_bytes().startswith(b"PK")

"""``jixiao form check``: what is wrong with a declaration form, told like a compiler."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from domain.review.catalogue import CATALOGUE
from domain.review.finding import Change, Field
from ops.cli.context import FINDINGS
from services.intake.forms.reading import read_file
from services.review_answers import check_answer, counts, file_answer
from services.reviewing import Review, review_reading

Files = Annotated[list[Path], typer.Argument(metavar="FILE…", help="申报表文件。")]


class Language(StrEnum):
    """In which language findings are told."""

    ZH = "zh"
    EN = "en"


Lang = Annotated[Language, typer.Option("--lang", help="提示语言：zh 或 en")]
AsJson = Annotated[bool, typer.Option("--json", help="按接口约定输出JSON。")]

FIELDS = {
    Field.CLASS: "一级指标",
    Field.CATEGORY: "二级指标",
    Field.NAME: "三级指标",
    Field.VALUE: "指标值",
    Field.SIGN: "指标值类型",
    Field.COLUMN_UNIT: "计量单位",
    Field.WEIGHT: "分值",
    Field.DESCRIPTION: "指标解释",
    Field.MONEY_UNIT: "金额单位",
    Field.PLAN: "支出计划",
}
"""What a change is of, as forms call it; the others are never changed by a fix."""


def _list(asked: bool) -> None:
    if asked:
        checks()
        raise typer.Exit


def check(
    files: Files,
    *,
    as_json: AsJson = False,
    lang: Lang = Language.ZH,
    listed: Annotated[  # noqa: ARG001  # acted on by its callback
        bool, typer.Option("--list", help="列出全部审核规则", is_eager=True, callback=_list)
    ] = False,
) -> None:
    """审核申报表：逐条列出问题（文件:位置: 编号 级别 说明）；有错误时退出码为1。"""
    reviews = [(str(path), review_reading(read_file(path))) for path in files]
    if as_json:
        answer = [file_answer(file, reviewed) for file, reviewed in reviews]
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=2).encode())
    else:
        lines = [line for file, reviewed in reviews for line in _lines(file, reviewed, lang)]
        typer.echo("\n".join([*lines, _summary(reviews, lang)]).encode())
    if any(reviewed.errors for _, reviewed in reviews):
        raise typer.Exit(FINDINGS)


def checks(*, as_json: AsJson = False, lang: Lang = Language.ZH) -> None:
    """列出全部审核规则。"""
    if as_json:
        answer = [check_answer(one) for one in CATALOGUE]
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=2).encode())
        return
    english = lang is Language.EN
    for one in CATALOGUE:
        title = one.about.title_en if english else one.about.title
        typer.echo(f"{one.id} {one.severity}: {title}".encode())
        if not english:
            typer.echo(f"    {one.about.why}例：{one.about.example}".encode())


def _lines(file: str, reviewed: Review, lang: Language) -> Iterator[str]:
    for finding in reviewed.all_findings:
        place = f"{file}:{finding.where}" if finding.where else file
        message = finding.message_en if lang is Language.EN else finding.message
        yield f"{place}: {finding.check} {finding.severity} {message}"
        yield from (f"    {_fix(change, lang)}" for change in finding.fix)


def _fix(change: Change, lang: Language) -> str:
    if lang is Language.EN:
        return f"fix: {change.field} “{change.old}” -> “{change.new}”"
    return f"建议：{FIELDS.get(change.field, change.field)}“{change.old}” → “{change.new}”"


def _summary(reviews: Iterable[tuple[str, Review]], lang: Language) -> str:
    total: Counter[str] = Counter()
    files = 0
    for _, reviewed in reviews:
        filing = reviewed.filing
        total.update(counts(reviewed))
        total["projects"] += len(filing.projects)
        total["indicators"] += sum(len(project.rows) for project in filing.projects)
        files += 1
    if lang is Language.EN:
        return (
            f"{files} files, {total['projects']} projects, {total['indicators']} indicators: "
            f"{total['error']} errors, {total['warning']} warnings, {total['note']} notes"
        )
    return (
        f"{files}个文件，{total['projects']}个项目，{total['indicators']}项绩效指标："
        f"错误{total['error']}，警告{total['warning']}，提示{total['note']}"
    )

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
from domain.review.finding import Change
from ops.cli.context import FINDINGS
from ops.cli.incoming import STDIN, sent
from services.annotating import Reviewed, annotated_file, check_file
from services.intake.forms.reading import refused
from services.review_answers import check_answer, counts, file_answer, proposal_text
from services.reviewing import Review, review_reading

Files = Annotated[
    list[Path], typer.Argument(metavar="FILE…", help="申报表文件；- 为标准输入（粘贴的文字）。")
]


class Language(StrEnum):
    """In which language findings are told."""

    ZH = "zh"
    EN = "en"


Lang = Annotated[Language, typer.Option("--lang", help="提示语言：zh 或 en")]
AsJson = Annotated[bool, typer.Option("--json", help="按接口约定输出JSON。")]


def _list(asked: bool) -> None:
    if asked:
        checks()
        raise typer.Exit


def check(
    files: Files,
    *,
    as_json: AsJson = False,
    lang: Lang = Language.ZH,
    xlsx: Annotated[
        Path | None,
        typer.Option(metavar="OUT", help="另存审核意见（.xlsx）；几个文件时为文件夹"),
    ] = None,
    listed: Annotated[  # noqa: ARG001  # acted on by its callback
        bool, typer.Option("--list", help="列出全部审核规则", is_eager=True, callback=_list)
    ] = False,
) -> None:
    """审核申报表：逐条列出问题（文件:位置: 编号 级别 说明）；有错误时退出码为1。"""
    reviews = []
    for path, target in zip(files, _targets(files, xlsx), strict=True):
        reviewed = _reviewed(path)
        reviews.append((str(path), reviewed.review))
        if target is not None:
            _write(reviewed, target)
    if as_json:
        answer = [file_answer(file, reviewed) for file, reviewed in reviews]
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=2).encode())
    else:
        lines = [line for file, reviewed in reviews for line in _lines(file, reviewed, lang)]
        typer.echo("\n".join([*lines, _summary(reviews, lang)]).encode())
    if any(reviewed.errors for _, reviewed in reviews):
        raise typer.Exit(FINDINGS)


def _targets(files: list[Path], out: Path | None) -> Iterator[Path | None]:
    """Where the list of each file goes: none overwrites another."""
    taken: Counter[str] = Counter()
    for path in files:
        taken[path.stem] += 1
        number = f"-{taken[path.stem]}" if taken[path.stem] > 1 else ""
        folder = out and out / f"{path.stem}{number}-审核意见.xlsx"
        yield folder if len(files) > 1 else out


def _reviewed(path: Path) -> Reviewed:
    if path == STDIN:
        return check_file(*sent(path))
    try:
        content = path.read_bytes()
    except OSError:
        reading = refused(str(path), "file.not_found", "文件不存在或打不开。")
        return Reviewed(path.name, b"", None, reading, review_reading(reading))
    return check_file(content, path.name)


def _write(reviewed: Reviewed, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(annotated_file(reviewed))
    except OSError as problem:
        raise typer.BadParameter(f"写不进：{target}（{problem.strerror}）。") from problem


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
    return f"建议：{proposal_text(change)}"


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

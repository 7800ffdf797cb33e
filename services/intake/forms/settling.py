"""What a form does not say in so many words, taken from what it does say, with a finding each."""

from __future__ import annotations

from services.intake.forms.declaration import Finding, Severity
from services.intake.forms.head import Head, Said
from services.intake.forms.labels import Named
from services.intake.forms.money import amount_within, own_unit
from services.intake.forms.tokens import Token
from services.intake.forms.years import Year, year_of_period


def settle(head: Head) -> list[Finding]:
    """Settle the objective, the department and unit, and the money of a form."""
    return [*_settle_objective(head), *_settle_department(head), *_take_source(head)]


def _settle_objective(head: Head) -> list[Finding]:
    """Take an objective for all the term for the year's where the form has no other."""
    said = head.said.get("medium_term_objective")
    if said is None or "annual_objective" in head.said:
        return []
    head.said["annual_objective"] = head.said.pop("medium_term_objective")
    message = f"本表只有“{said.label.strip('：: ')}”，按年度绩效目标读。"
    return [Finding("objective.term", Severity.NOTE, said.where, message)]


def _settle_department(head: Head) -> list[Finding]:
    """Name department and unit of a transfer's form, which has them by level of government."""
    found = []
    taken: list[Said] = []
    for name, source in (
        ("supervising_department", "central_department"),
        ("supervising_department", "department_name"),
        ("supervising_department", "local_department"),
        ("implementing_unit", "local_department"),
    ):
        said = head.said.get(source)
        if said is not None and name not in head.said and said not in taken:
            taken.append(said)
            head.said[name] = said
            label = "主管部门" if name == "supervising_department" else "实施单位"
            message = f"本表没有“{label}”，取“{said.label.strip('：: ')}”。"
            found.append(Finding(f"{name}.taken", Severity.NOTE, said.where, message))
    return found


def _take_source(head: Head) -> list[Finding]:
    """Take the amount that the source of the money names, where the form has no total."""
    printed = head.source
    if printed is None or head.funds.place() is not None:
        return []
    amount = amount_within(printed.text)
    if own_unit(amount) is None:
        return []
    token = Token(printed, Named("total", 0), "资金来源")
    head.funds.begin_row()
    head.funds.add(token, [printed], ())
    message = f"本表没有预算金额，取“资金来源”中的{amount}，请核对。"
    return [Finding("budget.from_source", Severity.WARNING, printed.where, message)]


def take_unit(head: Head, before: str | None, where: str) -> None:
    """Take the unit of money that stands over the form before, where one title is for both."""
    if head.funds.unit is None and before is not None:
        head.funds.say_unit(before)
        message = f"本表没有写明金额单位，取前一张表的“{before}”，请核对。"
        head.findings.append(Finding("budget.unit_inherited", Severity.NOTE, where, message))


def year_said_by(head: Head, of_file: Year) -> Year:
    """Find what says the year of a form that does not: its file, its period, its money's source."""
    if of_file.year is not None:
        return of_file
    of_period = year_of_period(
        head.get("project_period"), head.place("project_period"), "项目起止时间"
    )
    if of_period.year is not None or head.source is None:
        return of_period
    return year_of_period(head.source.text, head.source.where, "资金来源")

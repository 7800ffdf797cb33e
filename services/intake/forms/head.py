"""The head of a form: what its labels say."""

from __future__ import annotations

from dataclasses import dataclass, field

from services.intake.forms.declaration import Finding, PrintedBudget, Severity
from services.intake.forms.funds import Funds
from services.intake.forms.labels import Named, Period
from services.intake.forms.plan import PrintedPlan
from services.intake.readers.grid import Cell

OBJECTIVES = ("annual_objective", "medium_term_objective")


@dataclass(frozen=True, slots=True)
class Said:
    """A printed value with its place, and how exact the label before it is."""

    text: str
    where: str
    rank: int
    label: str


@dataclass(slots=True)
class Head:
    """What was found so far, by field; ``blocks`` are the periods in the order of columns.

    ``source`` says where the money comes from; it may name amount and year as nothing else does.
    """

    said: dict[str, Said] = field(default_factory=dict)
    funds: Funds = field(default_factory=Funds)
    plan: PrintedPlan | None = None
    year: int | None = None
    title: str | None = None
    blocks: tuple[Period, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    open_field: str | None = None
    source: Cell | None = None

    def get(self, name: str) -> str | None:
        """The printed value of a field."""
        found = self.said.get(name)
        return None if found is None else found.text

    def place(self, name: str) -> str | None:
        """Where a field is printed."""
        found = self.said.get(name)
        return None if found is None else found.where

    def keep(self, named: Named, label: str, value: Cell) -> None:
        """Keep the value of the most exact label; two under one label are a finding."""
        name, text = named.field, value.text
        before = self.said.get(name)
        now = Said(text, value.where, named.rank, label)
        if before is None:
            self.said[name] = now
        elif before.rank != now.rank:
            exact, general = sorted((before, now), key=lambda said: said.rank)
            self.said[name] = exact
            self._keep_general(name, general)
        elif before.label != label and name in OBJECTIVES:
            self.append(name, value)
        elif before.text != text:
            message = f"“{text}”与前面的“{before.text}”不一致，取前者。"
            self.findings.append(Finding("form.repeated", Severity.WARNING, now.where, message))

    def _keep_general(self, name: str, general: Said) -> None:
        """Let an objective for all the term stand where the year has one of its own."""
        if name == "annual_objective" and "medium_term_objective" not in self.said:
            self.said["medium_term_objective"] = general

    def append(self, name: str, cell: Cell) -> None:
        """Add a further paragraph to a field."""
        before = self.said.get(name)
        text = f"{before.text}\n{cell.text}" if before else cell.text
        rank, label = (before.rank, before.label) if before else (0, "")
        self.said[name] = Said(text, before.where if before else cell.where, rank, label)

    def budget(self, *, medium_term: bool = False) -> PrintedBudget:
        """Put the amounts together, in the form's unit."""
        return self.funds.budget(Period.MEDIUM if medium_term else Period.ANNUAL)

"""Keeping what a form's head says: each value under its field, as its label means it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from domain.target_value import fold
from services.intake.forms.amounts_in_words import amounts_in_words
from services.intake.forms.funds import MONEY_FIELDS, by_term
from services.intake.forms.head import OBJECTIVES, Head
from services.intake.forms.head_rows import unit_in_brackets
from services.intake.forms.labels import Named, Period, Vocabulary, bare, money_unit
from services.intake.forms.sections import code_and_name
from services.intake.forms.ticks import is_choice
from services.intake.forms.tokens import Token
from services.intake.forms.years import year_line
from services.intake.readers.grid import Cell, Row

_SOURCES = frozenset({"资金来源", "项目资金来源"})


@dataclass(slots=True)
class Keeper:
    """Keeps values in a head; ``periods`` are the headings of the terms that hold below them."""

    head: Head
    words: Vocabulary
    periods: list[tuple[Cell, Period]] = field(default_factory=list)

    def keep(self, token: Token, values: list[Cell]) -> None:
        """Keep the values beside a label."""
        value, name = values[0], token.field
        of_terms = by_term(values, self.periods)
        if name == "annual_objective" and len(of_terms) > 1:
            self._keep_both(token, of_terms)
        elif name in MONEY_FIELDS:
            self._keep_money(token, values)
        elif name == "unit_or_money":
            self._keep_unit(token, value)
        elif name == "money_unit":
            self.head.funds.say_unit(money_unit(value.text))
        elif name == "fiscal_year":
            self.head.year = year_line(value.text) or self.head.year
        elif name == "implementing_unit":
            self.keep_office(token, value)
        else:
            self._keep_text(token, values)

    def _keep_text(self, token: Token, values: list[Cell]) -> None:
        value, name = values[0], token.field
        if name == "project_nature" or (name == "project_period" and is_choice(value.text)):
            text = " ".join(cell.text for cell in values)  # each box may stand in its own cell
            nature = Named("project_nature", token.named.rank)
            self.head.keep(nature, token.label, replace(value, text=text))
        elif name != "ignored":
            self.head.keep(token.named, token.label, value)
        elif bare(token.label) in _SOURCES:
            self.head.source = self.head.source or value

    def _keep_money(self, token: Token, values: list[Cell]) -> None:
        """Keep an amount, or each of a sentence that tells several."""
        told = amounts_in_words(values[0], self.words)
        for of, value in told or [(token, values[0])]:
            self.head.funds.add(of, [value] if told else values, self.periods)

    def keep_told(self, row: Row, found: list[Token]) -> None:
        """Keep the amounts of a sentence beside a total that stands in its own cell."""
        totals = [token for token in found if token.field in MONEY_FIELDS and token.value]
        labels = {token.cell for token in found}
        for cell in row.filled:
            if totals and cell not in labels and cell.column > totals[0].cell.column:
                for of, value in amounts_in_words(cell, self.words):
                    self.head.funds.add(of, [value], self.periods)

    def _keep_both(self, token: Token, values: Mapping[Period, Cell]) -> None:
        """Keep an objective printed for both terms, each under its heading."""
        for period, value in values.items():
            name = OBJECTIVES[period is Period.MEDIUM]
            self.head.keep(Named(name, token.named.rank), token.label, value)

    def _keep_unit(self, token: Token, value: Cell) -> None:
        """Tell 单位：万元 from 单位：某局."""
        unit = money_unit(value.text)
        if unit and unit == fold(value.text).removeprefix("人民币").rstrip(")"):
            self.head.funds.say_unit(unit)
        else:
            self.keep_office(token, value)

    def keep_office(self, token: Token, value: Cell) -> None:
        """Keep a unit, and its code where the cell prints both."""
        rank = token.named.rank + (100 if token.field == "unit_or_money" else 0)
        parts = code_and_name(value)
        name = parts[1] if parts else value.text
        if parts:
            self.head.keep(
                Named("implementing_unit_code", rank + 1),
                token.label,
                Cell(parts[0], value.where, 0),
            )
        self.head.keep(Named("implementing_unit", rank), token.label, Cell(name, value.where, 0))

    def say_units(self, found: list[Token]) -> None:
        """Keep the unit of money that the labels of a row print."""
        for token in found:
            if token.field in MONEY_FIELDS or token.field in {
                "ignored",
                "purpose",
                "spending_plan",
            }:
                self.head.funds.say_unit(unit_in_brackets(token.label))

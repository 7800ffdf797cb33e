"""The catalogue of checks is whole, said in both languages, and the page of it is up to date."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module
from pathlib import Path

import domain.review
from domain.review.catalogue import CATALOGUE
from domain.review.check import Check
from domain.review.page import OF_DOMAIN, OF_NEIGHBOURS, page
from services.intake.forms.reader_findings import reader_rules
from tests.golden.refresh_review import PAGE

INTAKE = Path(__file__).parents[2] / "services" / "intake"
IDS = [check.id for check in CATALOGUE]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_the_page_is_the_one_the_code_makes() -> None:
    assert PAGE.read_text("utf-8") == page()


def test_every_number_of_both_papers_has_a_check() -> None:
    numbers = {number for check in CATALOGUE for number in check.about.numbers}
    expected = {f"D{n}" for n in OF_DOMAIN} | {f"N{n}" for n in OF_NEIGHBOURS}
    assert numbers == expected
    assert len(expected) == 60


def test_ids_speak_and_are_unique() -> None:
    assert len(IDS) == len(set(IDS))
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", name) for name in IDS)


def test_every_check_of_every_module_is_in_the_catalogue() -> None:
    modules = (
        import_module(f"domain.review.{module.name}")
        for module in pkgutil.iter_modules(domain.review.__path__)
    )
    made = {
        value.id
        for module in modules
        for value in vars(module).values()
        if isinstance(value, Check)
    }
    assert made == set(IDS)


def test_every_check_says_what_and_why_in_chinese_and_what_in_english() -> None:
    for check in CATALOGUE:
        about = check.about
        assert CHINESE.search(about.title), check.id
        assert CHINESE.search(about.why), check.id
        assert about.why.endswith("。"), check.id
        assert about.example, check.id
        assert about.title_en[0].isupper(), check.id


def test_the_rules_of_the_reader_name_checks_that_exist() -> None:
    for rule, about in reader_rules().items():
        assert {*about.said_by, *about.silences} <= set(IDS), rule
        assert about.en.endswith("."), rule
        assert about.why.endswith("。"), rule


def test_every_rule_of_the_reader_is_said_in_english_and_why() -> None:
    """Rules stand in the code as words with a point: ``file.cut``; built ones end in a word."""
    listed = set(reader_rules())
    begins = {rule.partition(".")[0] for rule in listed if "." in rule}
    used = {
        rule
        for folder in ("forms", "readers")
        for path in (INTAKE / folder).glob("*.py")
        for rule in re.findall(r'"([a-z_]+\.[a-z_]+)"', path.read_text("utf-8"))
        if rule.partition(".")[0] in begins
    }
    assert len(used) > 20
    assert used - listed == set()

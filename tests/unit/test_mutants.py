"""The mutation run: which changes it tries, which it leaves out, how it lists survivors."""

from __future__ import annotations

from textwrap import dedent

import pytest

from ops.mutation.jobs import Outcome
from ops.mutation.mutants import Mutant, enumerations_of, mutants_of
from ops.mutation.operators import LeftOut
from ops.mutation.report import Tried
from ops.mutation.sampling import sample
from ops.mutation.survivors import listed, read_known, survivor

_LIGHT = """
class Light(StrEnum):
    RED = "red"
    YELLOW = "yellow"
"""


def _mutants(source: str) -> tuple[Mutant, ...]:
    return mutants_of("domain/toy.py", dedent(source), enumerations_of([_LIGHT])).mutants


def _changes(source: str) -> set[str]:
    return {mutant.after for mutant in _mutants(source)}


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("a < b", {"a <= b", "a > b", "a >= b", "a == b", "a != b"}),
        ("a is b", {"a is not b"}),
        ("a in b", {"a not in b"}),
        ("a not in b", {"a in b"}),
        ("a * b", {"a + b", "a - b", "a / b", "a // b"}),
        ("a | b", {"a & b", "a ^ b", "a - b"}),
        ("a and b", {"a or b"}),
        ("not a", {"a"}),
        ("-a", {"a"}),
        ("f(7)", {"f(8)", "f(6)"}),
        ("f(True)", {"f(False)"}),
        ('f("0.80")', {'f("0.81")', 'f("0.79")'}),
        ('f("红灯")', {'f("红灯X")'}),
        ('f"差{a}元"', {'f"差X{a}元"', 'f"差{a}元X"'}),
        ("Light.RED", {"Light.YELLOW"}),
        ("Light.YELLOW", {"Light.RED"}),
        ("Light.count", set()),
        ("[x for x in xs if x]", {"[x for x in xs if not (x)]"}),
        ("f(a, b=c, d=e)", {"f(a, d=e)", "f(a, b=c,)"}),
        ("f(b=c)", {"f()"}),
        ("a if b else c", {"a if not b else c"}),
    ],
)
def test_a_change_is_tried_wherever_a_rule_could_be_broken(source: str, changed: set[str]) -> None:
    assert _changes(source) == changed


def test_a_decorator_is_removed_with_its_line() -> None:
    source = """
    class Toy:
        @property
        def share(self) -> int:
            return self.a
    """
    (mutant,) = _mutants(source)
    assert mutant.before == "@property"
    assert mutant.after == ""
    assert mutant.place == "Toy.share"
    assert mutant.function is None  # decorators work at import


def test_two_ways_to_the_same_change_count_once() -> None:
    assert len(_mutants("f(frozen=True)")) == 2  # False, or left out


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("def f(a: int | None) -> str | None: ...", LeftOut.ANNOTATION),
        ('a: "int | None"', LeftOut.ANNOTATION),
        ('"""Says what."""\n', LeftOut.DOCSTRING),
        ("@dataclass(slots=True)\nclass A: ...", LeftOut.STORAGE),
        ("@lru_cache(maxsize=1024)\ndef f(): ...", LeftOut.STORAGE),
        ("zip(a, b, strict=True)", LeftOut.STORAGE),
    ],
)
def test_what_cannot_matter_is_left_out_and_counted(source: str, reason: LeftOut) -> None:
    found = mutants_of("domain/toy.py", source, {})
    assert found.left_out[reason] > 0
    assert {m.operator for m in found.mutants} <= {"RemoveDecorator"}


def test_what_is_no_program_is_left_out() -> None:
    found = mutants_of("domain/toy.py", "f(*a, **b) + {**c}", {})
    assert {m.after for m in found.mutants} == {
        f"f(*a, **b) {s} {{**c}}" for s in ("-", "*", "/", "//")
    }
    assert found.left_out[LeftOut.NO_PROGRAM] > 0


def test_a_mutant_knows_its_function_and_its_statement() -> None:
    source = """
    class Toy:
        def share(self):
            if (
                self.a < 0
            ):
                return 1
    """
    mutant = next(m for m in _mutants(source) if m.after == "self.a <= 0")
    assert mutant.function == "Toy.share"
    assert mutant.lines == (4, 6)
    assert mutant.change.applied(dedent(source)) == dedent(source).replace("<", "<=")


def test_figures_after_chinese_text_are_found_in_their_column() -> None:
    assert "f(万, 8)" in _changes("f(万, 7)")
    source = "def f(a: 万 | 亿, b=万 | 亿): ..."
    assert _changes(source) == {source.replace("b=万 |", f"b=万 {sign}") for sign in "&^-"}


def test_survivors_read_back_as_they_were_listed() -> None:
    known = {survivor(mutant): f"reason of {mutant.after}" for mutant in _mutants("a < b")}
    assert read_known(listed(known, known)) == known


def test_survivors_may_share_the_reason_below_them() -> None:
    first, second = (survivor(mutant) for mutant in _mutants("a and b or c"))
    text = f"## domain/toy.py\n\n{first.entry}\n{second.entry}\n  Never both.\n"
    assert read_known(text) == {first: "Never both.", second: "Never both."}


def test_the_sample_is_the_same_each_time_and_whole_from_ten_on() -> None:
    groups = {"lights": _mutants("a < b") * 900, "plan": _mutants("c * d")}
    once = sample(groups, 1, seed=7)
    assert once == sample(groups, 1, seed=7)
    assert once != sample(groups, 1, seed=8)
    assert once["plan"] == groups["plan"]
    assert sample(groups, 10, seed=7) == groups


def test_nine_in_ten_clear_the_bar() -> None:
    (mutant,) = _mutants("a and b")
    killed, survived = (mutant, Outcome.KILLED), (mutant, Outcome.SURVIVED)
    assert Tried((*[killed] * 9, survived)).clears_the_bar
    assert not Tried((*[killed] * 8, survived)).clears_the_bar
    assert Tried(((mutant, Outcome.TIMED_OUT),)).clears_the_bar
    assert not Tried(((mutant, Outcome.UNDECIDED),)).clears_the_bar

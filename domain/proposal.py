"""Whose a line may be: likenesses, with their reasons; a person decides (rules §2).

A code or a document number finds a target; a name alone, a shared document number or a code
that is nearly one only propose.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from domain.identity import folded, normalised_name
from domain.payment import PaymentLine

AT_MOST = 3
"""Proposals a line; more would be no help."""

WORTH_SAYING = 40
CERTAIN_IS_NOTHING = 99
"""Points, 0-100; a proposal is never certain."""

_SAME_NAME, _NAME_WITHIN, _NAME_IN_SUMMARY = 70, 55, 50
_LIKE_NAME = 60
"""Of its likeness: 80 % alike are 48 points."""

_LEAST_ALIKE = 50
_SAME_UNIT, _OTHER_UNIT = 20, -25
_NEAR_CODE, _SHARED_DOCUMENT = 45, 45
_TELLING_NAME = 4
"""Characters from which on a name within another one says something."""

_TELLING_CODE = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A target with what it is called; ``codes`` are its present and former ones."""

    target_id: UUID
    project_name: str
    project_code: str | None
    unit_code: str | None
    unit_name: str
    codes: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A target a line may belong to; ``score`` of 100, ``reasons`` in Chinese."""

    target_id: UUID
    project_name: str
    unit_name: str
    score: int
    reasons: tuple[str, ...]


class Proposer:
    """Compares lines with the targets of a year; made once, asked for many lines."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._candidates = tuple(candidates)
        self._names = [normalised_name(one.project_name) for one in self._candidates]
        self._sizes = [len(_pairs(name)) for name in self._names]
        self._codes = [tuple(folded(code) for code in one.codes) for one in self._candidates]
        self._by_pair: dict[str, list[int]] = defaultdict(list)
        self._by_document: dict[str, list[int]] = defaultdict(list)
        for place, candidate in enumerate(self._candidates):
            for pair in _pairs(self._names[place]):
                self._by_pair[pair].append(place)
            for document in candidate.documents:
                self._by_document[folded(document)].append(place)

    def propose(self, line: PaymentLine) -> tuple[Proposal, ...]:
        """The likeliest targets of a line, the likeliest first; none where nothing speaks."""
        evidence: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for place, points, reason in self._said(line):
            evidence[place].append((points, reason))
        found = [self._proposal(line, place, said) for place, said in evidence.items()]
        worth = [one for one in found if one.score >= WORTH_SAYING]
        return tuple(sorted(worth, key=lambda one: (-one.score, str(one.target_id)))[:AT_MOST])

    def _proposal(self, line: PaymentLine, place: int, said: list[tuple[int, str]]) -> Proposal:
        candidate = self._candidates[place]
        said = [*said, *_unit(line, candidate)]
        score = min(CERTAIN_IS_NOTHING, sum(points for points, _ in said))
        reasons = tuple(reason for _, reason in said)
        return Proposal(
            candidate.target_id, candidate.project_name, candidate.unit_name, score, reasons
        )

    def _said(self, line: PaymentLine) -> Iterator[tuple[int, int, str]]:
        """Evidence besides the unit: place of the candidate, points, reason."""
        yield from self._by_name(normalised_name(line.project_name or ""))
        yield from self._by_summary(folded(line.summary or ""))
        sharing = self._by_document.get(folded(line.document_no or ""), [])
        for place in sharing:
            yield place, _SHARED_DOCUMENT, f"文号相同（{len(sharing)}个项目共用）"
        code = folded(line.project_code or "")
        if len(code) >= _TELLING_CODE:
            for place, codes in enumerate(self._codes):
                if any(_nearly(code, other) for other in codes):
                    yield place, _NEAR_CODE, "项目编码只差一处或只差前导零"

    def _by_name(self, name: str) -> Iterator[tuple[int, int, str]]:
        pairs = _pairs(name)
        common = Counter(place for pair in pairs for place in self._by_pair.get(pair, ()))
        for place, count in common.items():
            other = self._names[place]
            alike = 200 * count // (len(pairs) + self._sizes[place])
            if other == name:
                yield place, _SAME_NAME, "项目名称相同"
            elif min(len(name), len(other)) >= _TELLING_NAME and (name in other or other in name):
                yield place, _NAME_WITHIN, "项目名称一个含另一个"
            elif alike >= _LEAST_ALIKE:
                yield place, alike * _LIKE_NAME // 100, f"项目名称相近（{alike}%）"

    def _by_summary(self, summary: str) -> Iterator[tuple[int, int, str]]:
        for place, name in enumerate(self._names):
            if len(name) >= _TELLING_NAME and name in summary:
                yield place, _NAME_IN_SUMMARY, "摘要里有项目名称"


def _pairs(name: str) -> set[str]:
    """Each two characters that stand together."""
    return {name[at : at + 2] for at in range(len(name) - 1)}


def _unit(line: PaymentLine, candidate: Candidate) -> Iterator[tuple[int, str]]:
    printed = {folded(text) for text in (line.unit_code, line.unit_name) if text}
    known = {folded(text) for text in (candidate.unit_code, candidate.unit_name) if text}
    if printed & known:
        yield _SAME_UNIT, "单位相同"
    elif printed:
        yield _OTHER_UNIT, "单位不同"


def _nearly(one: str, other: str) -> bool:
    """Whether two codes differ by leading zeros, one character, or two that changed places."""
    if one.lstrip("0") == other.lstrip("0"):
        return True
    if len(one) != len(other):
        return False
    apart = [at for at in range(len(one)) if one[at] != other[at]]
    if len(apart) == 2:
        first, second = apart
        return (one[first], one[second]) == (other[second], other[first])
    return len(apart) == 1

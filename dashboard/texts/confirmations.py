"""Words and sentences of 待核实."""

from __future__ import annotations

from dashboard.texts.terms import TO_CONFIRM, fiscal_year, listed

WHY = "申报表上读不准或与规则不符的地方，核实之前不亮灯、不计分。每项都有建议或可选的读法。"
UNIT_LIST, UNIT_COLUMNS = "各单位待核实问题", ("单位", "待核实（项）", "其中", "")
WORK = "逐项核实"
ALL_UNITS = "全部单位"
QUESTIONS = "核实前不亮灯的"
PROPOSALS = "已按建议评判、可改的"
PROPOSALS_WHY = "以下已按建议采用；看过后采纳即不再列出，不同意的改一个。"
COLUMNS = ("项目", "指标", "表上印的", "问题", "建议和理由", "")
ACCEPT, CHANGE, SETTLE = "采纳", "改", "确定"
NO_PROPOSAL = "没有建议"
CHOICE, OTHER, TYPED, REASON = "改为", "另行填写", "填写", "理由（必填）"
CHOOSE_FIRST = "请选择"
NOTHING_CHOSEN = "没有选择也没有填写。请选一项，或另行填写。"
ON_THE_PROJECT = "整个项目"

EMPTY = ("没有待核实的问题", "申报表上的指标都能评判，或已由人核实。")
EMPTY_STEPS = ("导入申报表后，读不准的地方会列在这里。",)
NONE_OF_UNIT = "这个单位没有核实前不亮灯的问题。"


def title(year: int) -> str:
    """The page's heading."""
    return f"{fiscal_year(year)}{TO_CONFIRM}"


def count(questions: int, targets: int) -> str:
    """How much there is."""
    return f"{questions}项，涉及{targets}个项目"


def topics(counts: dict[str, int]) -> str:
    """How many of each kind."""
    return listed(f"{label}{number}" for label, number in counts.items())


def accept_all(proposed: int) -> str:
    """The button that takes all proposals of a list."""
    return f"全部采纳建议（{proposed}项）"


def settled(number: int) -> str:
    """What was done."""
    return f"已核实{number}项。"


def accept_this(about: str) -> str:
    """The button's name for those who cannot see its row."""
    return f"{ACCEPT}：{about}"


def change_this(about: str) -> str:
    """The name of what opens the other answers."""
    return f"{CHANGE}：{about}"

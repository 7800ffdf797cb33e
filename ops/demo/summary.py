"""What is in the store, by query."""

from __future__ import annotations

from ops.demo.sample import Sample
from ops.demo.story import LABEL, REGION, YEAR
from services.bootstrap import Services

_WORDS = {
    "targets": "项目",
    "indicators": "绩效指标",
    "payments": "支付凭证",
    "achievements": "完成值",
    "alerts_open": "未销号预警",
    "alerts_resolved": "已销号预警",
    "unclaimed_lines": "未认领支付",
}


def summary(services: Services, sample: Sample) -> dict[str, int | str]:
    """How much there is of everything."""
    services.projector.catch_up()
    counts = services.read_model.counts()
    return {
        "label": LABEL,
        "region": REGION,
        "fiscal_year": YEAR,
        "seed": sample.seed,
        "scale": sample.scale,
        "targets": counts.targets,
        "indicators": counts.indicators,
        "payments": counts.payments,
        "payment_lines": counts.payment_lines,
        "unclaimed_lines": counts.unclaimed_lines,
        "achievements": counts.achievements,
        "evaluations": len(services.read_model.evaluations(YEAR)),
        "alerts_open": counts.alerts_open,
        "alerts_resolved": counts.alerts_resolved,
        "position": counts.position,
    }


def as_text(figures: dict[str, int | str]) -> str:
    """The figures in one sentence."""
    said = "，".join(f"{word}{figures[name]}" for name, word in _WORDS.items())
    return f"{LABEL}：{said}；记录到{figures['position']}。"

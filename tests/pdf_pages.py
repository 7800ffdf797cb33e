"""PDF files for tests: printed by Chromium from pages of ours, kept in ``tests/data/pdf``.

``python -m tests.pdf_pages`` prints them anew.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

PRINTED = Path(__file__).parent / "data" / "pdf"
CHROMIUM = "/usr/bin/chromium"

_STYLE = """
@page { size: A4; margin: 15mm }
body { font: 10pt 'Noto Sans CJK SC' }
table { border-collapse: collapse; width: 100% }
.ruled td, .ruled th { border: 1px solid; font-weight: normal }
"""


def _rows(count: int) -> str:
    return "".join(
        f"<tr><td>第{n}项数量指标的名称写得很长，在一行里放不下，要折到第二行去</td>"
        f"<td>≥{n}个</td></tr>"
        for n in range(1, count + 1)
    )


_PAGES = f"""
<p>填报单位：云河县文化馆<span style="float:right">单位：万元</span></p>
<table class=ruled><thead><tr><th style="width:70%">三级指标</th><th>指标值</th></tr></thead>
<tbody>{_rows(60)}</tbody></table><p>填表说明。</p>
"""
_TURNED_STYLE = "table { transform: rotate(90deg); width: 120mm; margin-top: 60mm }"
_TURNED = """
<table class=ruled><tr><td>项目名称</td><td>送戏下乡</td></tr>
<tr><td>指标值</td><td>≥120场</td></tr></table>
"""
_UNRULED_STYLE = "td { padding: 4mm 6mm; vertical-align: top; width: 30mm }"
_UNRULED = """
<p>附件2</p><table><tr><td>一级指标</td><td>三级指标</td><td>指标值</td></tr>
<tr><td>产出指标</td><td>送戏下乡场次</td><td>≥120场</td></tr>
<tr><td>质量指标</td><td>全部演出按场次计算的合格比率</td><td>≥98%</td></tr>
<tr><td></td><td>群众满意度</td><td>≥95%</td></tr></table>
"""
_TEXT_STYLE = "p { text-indent: 2em; margin: 2mm 0 }"
_TEXT = """
<h3>一、总体绩效目标</h3><p>本部门围绕全县公共文化服务，办好送戏下乡和图书流动，全年到馆人次达到\
十二万人次以上，并且把每一场演出都送到村口，让群众在家门口看上好戏。</p><p>二是守护文物安全。</p>
<p>English words are joined with a blank where the line ends, and 19,420,000.00 is not torn apart
although it is long enough to be.</p>
"""
_PICTURE = "<svg width=200 height=100><path d='M10 10 C 20 20, 40 20, 50 10'/></svg>"

PAGES = {
    "pages": ("", _PAGES),
    "turned": (_TURNED_STYLE, _TURNED),
    "unruled": (_UNRULED_STYLE, _UNRULED),
    "text": (_TEXT_STYLE, _TEXT),
    "picture": ("", _PICTURE),
    "empty": ("", ""),
}


def build() -> None:
    """Print every page."""
    PRINTED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, (style, body) in PAGES.items():
            source = Path(folder, f"{name}.html")
            page = f"<!DOCTYPE html><meta charset=utf-8><style>{_STYLE}{style}</style>{body}"
            source.write_text(page, encoding="utf-8")
            command = [CHROMIUM, "--headless", "--no-sandbox", "--no-pdf-header-footer"]
            command += [f"--print-to-pdf={PRINTED}/{name}.pdf", str(source)]
            subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    build()

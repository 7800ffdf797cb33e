"""A choice printed as boxes is read as what is ticked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.forms.ticks import chosen


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("新增项目 □\u3000延续项目 √", "延续项目"),
        ("□新增项目 ☑延续项目", "延续项目"),
        ("新增项目☑延续项目□", "新增项目"),
        ("（√）新增 （ ）延续", "新增"),
        ("新增（ ） 延续（√）", "延续"),
        ("■ 经常性项目\n□ 一次性项目", "经常性项目"),
        ("新增项目 延续项目√", "延续项目"),
        ("□√ 常年项目 □ 一次性项目", "常年项目"),
        ("特定目标类", "特定目标类"),
        ("□新增项目 □延续项目", "□新增项目 □延续项目"),
        ("☑新增项目 ☑延续项目", "☑新增项目 ☑延续项目"),
        ("√", "√"),
        ("新增项目□  延续项目R", "延续项目"),
        ("R类补助", "R类补助"),
        ("其他运转类（延续）", "其他运转类（延续）"),
    ],
)
def test_what_is_ticked_is_what_is_said(printed: str, said: str) -> None:
    assert chosen(printed) == said


@given(st.text(alphabet="□☑√（） 新增延续项目"))
def test_a_choice_is_part_of_what_is_printed(printed: str) -> None:
    assert chosen(printed) in printed

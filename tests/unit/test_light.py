"""Lights: order, words, the worst and the mildest."""

from __future__ import annotations

from domain.light import Light, mildest, worst

R, Y, G, B, N = Light


def test_lights_sort_from_red_to_none() -> None:
    assert [light.rank for light in (R, Y, G, B, N)] == [0, 1, 2, 3, 4]
    assert sorted([N, B, G, Y, R], key=lambda light: light.rank) == [R, Y, G, B, N]


def test_every_light_has_its_word() -> None:
    assert [light.label for light in Light] == ["红灯", "黄灯", "绿灯", "蓝灯", "未亮灯"]


def test_the_worst_light_counts_and_none_is_the_last() -> None:
    assert [worst([G, Y, N]), worst([N, B]), worst([B, G]), worst([])] == [Y, B, G, N]


def test_the_mildest_of_two() -> None:
    assert [mildest([R, Y]), mildest([G, Y]), mildest([])] == [Y, G, N]

"""Affirming and denying are told apart by whoever sees colours otherwise, and both stand out from the ground."""

import math
import re
from pathlib import Path

import pytest

STYLE = (Path(__file__).parents[2] / "web" / "static" / "style.css").read_text("utf-8")
SCHEMES = dict(zip(("light", "dark"), re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL), strict=False))
Colour = tuple[float, float, float]

# What is left of light in linear RGB where one kind of cone is missing (Machado, Oliveira and Fernandes 2009).
SEEN: dict[str, tuple[Colour, Colour, Colour]] = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
# From linear RGB to XYZ under D65, each row by the white's share of it.
_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
_WHITE = (0.95047, 1.0, 1.08883)


def read(scheme: str, name: str) -> Colour:
    """A colour of the style, in linear RGB."""
    found = re.search(rf"--{name}: #(\w+)", SCHEMES[scheme])
    assert found
    red, green, blue = (int(found[1][n : n + 2], 16) / 255 for n in (0, 2, 4))
    return to_linear(red), to_linear(green), to_linear(blue)


def to_linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else math.pow((share + 0.055) / 1.055, 2.4)


def multiply(rows: tuple[Colour, Colour, Colour], colour: Colour) -> Colour:
    one, two, three = (sum(a * b for a, b in zip(row, colour, strict=True)) for row in rows)
    return one, two, three


def to_lab(colour: Colour) -> Colour:
    def bend(share: float) -> float:
        return share ** (1 / 3) if share > 216 / 24389 else (24389 / 27 * share + 16) / 116

    x, y, z = (bend(max(0.0, part) / white) for part, white in zip(multiply(_XYZ, colour), _WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def measure(one: Colour, other: Colour) -> float:
    """How far apart they look (CIE 1976)."""
    return math.dist(to_lab(one), to_lab(other))


def contrast(one: Colour, other: Colour) -> float:
    light, dark = sorted((multiply(_XYZ, colour)[1] for colour in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("eyes", SEEN)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_circle_and_diamond_are_far_apart_in_every_eye(scheme: str, eyes: str) -> None:
    affirms, denies = (multiply(SEEN[eyes], read(scheme, name)) for name in ("link", "dispute"))
    assert measure(affirms, denies) >= 40


@pytest.mark.parametrize("mark", ["link", "dispute"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_stand_out_from_the_ground(scheme: str, mark: str) -> None:
    assert contrast(read(scheme, mark), read(scheme, "paper")) >= 7

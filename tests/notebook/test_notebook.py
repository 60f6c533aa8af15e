"""What the pages use to show things: the player, source listings, figures."""

import io
import re
import xml.etree.ElementTree as ET

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from companion.notebook import COLORS, Bars, Label, Line, Panel, Player, Points, Step, show_source, use_style
from companion.notebook._player import BOTTOM, LEFT, RIGHT, TOP, _ticks
from companion.notebook._style import paletted_png

PANEL = Panel((0, 10), (-1, 1), "x", "y", background=[Line([0, 10], [0, 0], color="grey")])
WIDTH, HEIGHT = PANEL.width - LEFT - RIGHT, PANEL.height - TOP - BOTTOM


def player(n=3):
    steps = [Step(f"Step {i} <of {n}>", [Points([i], [0]), Label(i, 0, "a & b")]) for i in range(n)]
    return Player("A & B", "A point moves.", [PANEL], steps)


def numbers(path):
    return [float(v) for v in re.findall(r"-?[\d.]+", re.search(r' d="([^"]*)"', path)[1])]


class TestPanel:
    def test_corners_are_the_corners_of_the_drawing_area(self):
        pixels = PANEL.pixels([0, 10, 0], [-1, 1, 1])
        np.testing.assert_allclose(pixels, [[0, HEIGHT], [WIDTH, 0], [0, 0]])

    @given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6))
    def test_ticks_are_few_round_and_inside(self, low, width):
        limits = (low, low + width)
        ticks = _ticks(limits)
        slack = 1e-9 * (abs(low) + width)  # rounding of a tick on the very edge
        assert all(limits[0] - slack <= t <= limits[1] + slack for t in ticks)
        assert len(ticks) <= 6

    def test_ticks_of_a_common_range(self):
        assert _ticks((0, 10)) == [0, 2, 4, 6, 8, 10]
        assert _ticks((-0.1, 0.1)) == [-0.1, -0.05, 0, 0.05, 0.1]


class TestShapes:
    @pytest.mark.parametrize("marker", ["circle", "square", "cross", "plus", "diamond", "triangle"])
    def test_points_stand_where_they_should(self, marker):
        path = Points([5], [0.5], marker=marker).svg(PANEL)
        assert numbers(path)[:2] == pytest.approx([WIDTH / 2, HEIGHT / 4], abs=0.06)

    def test_line_breaks_at_nan(self):
        path = Line([0, 5, np.nan, 10], [0, 0, np.nan, 0], dashed=True).svg(PANEL)
        assert path.count("M") == 2
        assert path.count("L") == 1
        assert "stroke-dasharray" in path
        assert "nan" not in path

    def test_bars_reach_from_zero_to_their_height(self):
        x, base, top, right, back = numbers(Bars([5], [1], width=2).svg(PANEL))
        assert (base, top, back) == (HEIGHT / 2, 0, HEIGHT / 2)
        assert right - x == pytest.approx(2 * WIDTH / 10, abs=0.11)

    def test_label_is_escaped(self):
        assert "a &lt; b" in Label(1, 0, "a < b").svg(PANEL)

    def test_every_color_has_a_rule(self):
        html = player()._repr_html_()
        for name in COLORS:
            assert f"sp-{name}" in html
            assert Points([1], [1], color=name).svg(PANEL)


class TestPlayer:
    def test_html_is_the_same_every_time(self):
        assert player()._repr_html_() == player()._repr_html_()

    def test_drawings_are_well_formed_with_one_still_picture(self):
        (drawing,) = re.findall(r"<svg viewBox.*</svg>", player()._repr_html_())
        groups = [g.get("class") for g in ET.fromstring(drawing).iter("g")]
        assert groups == ["sp-step", "sp-step", "sp-step sp-still"]

    def test_captions_and_texts_are_escaped_and_all_there(self):
        html = player()._repr_html_()
        assert html.count("<li>") == 3
        assert "Step 2 &lt;of 3&gt;" in html
        assert "A &amp; B" in html
        assert 'aria-label="A point moves."' in html

    def test_nothing_comes_from_another_host(self):
        assert not re.search(r"https?://|//cdn", player()._repr_html_())


class TestSource:
    def test_docstrings_go_and_comments_stay(self):
        listing = show_source(Points).data
        assert listing.startswith("```python\n@dataclass(frozen=True)\nclass Points:")
        assert "Points in one colour" not in listing
        assert "Return one path" not in listing

    def test_several_objects_in_order(self):
        listing = show_source(Step, Label).data
        assert listing.index("class Step") < listing.index("class Label")


class TestStyle:
    def test_png_has_a_palette_twice_the_pixels_and_is_stable(self):
        use_style()
        fig, ax = plt.subplots()
        ax.plot([0, 1])
        png, size = paletted_png(fig)
        again, _ = paletted_png(fig)
        plt.close(fig)
        image = Image.open(io.BytesIO(png))
        assert image.mode == "P"
        assert (image.width // 2, image.height // 2) == (size["width"], size["height"])
        assert png == again

    @pytest.mark.parametrize("name", COLORS)
    def test_lines_have_contrast_on_white_and_on_black(self, name):
        channels = np.array([int(COLORS[name][i : i + 2], 16) for i in (1, 3, 5)]) / 255
        linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
        luminance = linear @ [0.2126, 0.7152, 0.0722]
        assert 1.05 / (luminance + 0.05) >= 3
        assert (luminance + 0.05) / (0.0087 + 0.05) >= 3  # the theme's dark background, #14181e

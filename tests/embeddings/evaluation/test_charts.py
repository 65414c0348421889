"""Charts: well-formed, inside their frame, and true to their figures."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.evaluation.charts import bar, curve, histogram, scatter
from embeddings.evaluation.intervals import Interval

SHARES = st.floats(0, 1)
LABELS = {"title": 'Risk & "coverage" <b>', "across": "coverage >", "up": "risk <"}


def found(svg, kind):
    """The shapes of a class, as their attributes."""
    return [dict(node.attrib) for node in ET.fromstring(svg).iter() if node.get("class") == kind]


def points(svg):
    (line,) = found(svg, "line")
    return [tuple(map(float, pair.split(","))) for pair in line["points"].split()]


@given(st.lists(st.tuples(SHARES, SHARES), min_size=1, max_size=30))
def test_a_curve_stays_within_its_frame(drawn):
    for x, y in points(curve(sorted(drawn), **LABELS)):
        assert 54 <= x <= 342
        assert 12 <= y <= 208


def test_a_curve_goes_from_corner_to_corner_and_upward_is_more():
    drawn = points(curve([(0, 0), (1, 1)], **LABELS))
    (left, bottom), (right, top) = drawn[0], drawn[-1]
    assert left < right
    assert bottom > top


@pytest.mark.parametrize("count", [1, 399, 400, 401, 10_000])
def test_a_curve_of_any_length_is_drawn_to_its_end_with_few_points(count):
    drawn = points(curve([(place / count, 0.5) for place in range(count)], **LABELS))
    assert len(drawn) <= 802
    assert drawn[-1][0] == pytest.approx(54 + 288 * (count - 1) / count, abs=0.06)


@given(st.lists(st.tuples(SHARES, SHARES, st.integers(1, 500)), min_size=1, max_size=10))
def test_the_larger_of_two_dots_stands_for_more_questions(dots):
    radii = [float(dot["r"]) for dot in found(scatter(dots, **LABELS), "dot")]
    sizes = [size for _, _, size in dots]
    for one, radius in zip(sizes, radii, strict=True):
        for other, other_radius in zip(sizes, radii, strict=True):
            assert one >= other or radius <= other_radius


def test_a_dot_says_what_it_stands_for():
    assert "<title>confidence 0.85: 40% right of 12</title>" in scatter([(0.85, 0.4, 12)], **LABELS)


@pytest.mark.parametrize("counts", [[0, 0], [1], [3, 0, 12], [1000, 1]])
def test_columns_are_as_high_as_their_counts(counts):
    svg = histogram([(f"<{place}>", count) for place, count in enumerate(counts)], **LABELS)
    heights = [float(column["height"]) for column in found(svg, "column")]
    most = max(counts) or 1
    assert heights == pytest.approx([196 * 0.92 * count / most for count in counts], abs=0.06)
    assert len(re.findall(r"&lt;\d&gt;", svg)) == len(counts)


@given(st.lists(SHARES, min_size=3, max_size=3).map(sorted))
def test_a_bar_is_as_long_as_its_share_and_shows_its_interval(shares):
    low, value, high = shares
    svg = bar(Interval(value=value, low=low, high=high, n=9))
    (good,), (interval,) = found(svg, "good"), found(svg, "interval")
    assert float(good["width"]) == pytest.approx(100 * value, abs=0.006)
    assert float(interval["x"]) == pytest.approx(100 * low, abs=0.006)
    assert float(interval["width"]) >= 0.4


def test_a_bar_of_what_should_be_low_looks_different():
    figure = Interval(value=0.5, low=0.4, high=0.6, n=9)
    assert found(bar(figure, lower_is_better=True), "bad")
    assert not found(bar(figure, lower_is_better=True), "good")
    assert "0.50, 95 % interval 0.40 to 0.60" in bar(figure)


@pytest.mark.parametrize(
    "svg",
    [
        curve([(0, 0)], **LABELS),
        scatter([(0, 0, 1)], **LABELS),
        histogram([("a", 1)], **LABELS),
    ],
)
def test_labels_are_words_and_never_markup(svg):
    assert "<b>" not in svg
    assert ET.fromstring(svg).get("aria-label") == LABELS["title"]

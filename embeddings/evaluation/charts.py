"""Charts as SVG that takes its colours from the page around it."""

from collections.abc import Sequence
from html import escape

from embeddings.evaluation.intervals import Interval

_WIDTH, _HEIGHT = 360, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 54, 18, 12, 42
_INNER_WIDTH = _WIDTH - _LEFT - _RIGHT
_INNER_HEIGHT = _HEIGHT - _TOP - _BOTTOM
_QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)
# A curve of more points than the chart has pixels looks the same.
_MOST_POINTS = 400

Points = Sequence[tuple[float, float]]


def bar(figure: Interval, *, lower_is_better: bool = False) -> str:
    """A share from 0 to 1 as a bar with its interval; as wide as where it stands."""
    kind = "bad" if lower_is_better else "good"
    value, low, high = (100 * share for share in (figure.value, figure.low, figure.high))
    label = f"{figure.value:.2f}, 95 % interval {figure.low:.2f} to {figure.high:.2f}"
    return (
        f'<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" '
        f'aria-label="{label}"><rect class="track" width="100" height="10"/>'
        f'<rect class="{kind}" width="{value:.2f}" height="10"/>'
        f'<rect class="interval" x="{low:.2f}" y="4" width="{max(high - low, 0.4):.2f}" '
        f'height="2"/></svg>'
    )


def curve(points: Points, *, title: str, across: str, up: str) -> str:
    """A line through points, both coordinates from 0 to 1."""
    step = max(1, len(points) // _MOST_POINTS)
    kept = [*points[::step], points[-1]]
    path = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in kept)
    area = f"{_x(kept[0][0]):.1f},{_y(0):.1f} {path} {_x(kept[-1][0]):.1f},{_y(0):.1f}"
    drawn = f'<polygon class="area" points="{area}"/><polyline class="line" points="{path}"/>'
    return _chart(title, across, up, _grid() + drawn)


def scatter(points: Sequence[tuple[float, float, int]], *, title: str, across: str, up: str) -> str:
    """Points with a size, beside the diagonal that they should lie on."""
    most = max(size for _, _, size in points)
    diagonal = f'<line class="ideal" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>'
    dots = "".join(
        f'<circle class="dot" cx="{_x(x):.1f}" cy="{_y(y):.1f}" '
        f'r="{4 + 8 * (size / most) ** 0.5:.1f}">'
        f"<title>confidence {x:.2f}: {y:.0%} right of {size}</title></circle>"
        for x, y, size in points
    )
    return _chart(title, across, up, _grid() + diagonal + dots)


def histogram(bars: Sequence[tuple[str, int]], *, title: str, across: str, up: str) -> str:
    """Counts under their labels."""
    most = max((count for _, count in bars), default=0) or 1
    width = _INNER_WIDTH / len(bars)
    drawn = []
    for place, (label, count) in enumerate(bars):
        left, top = _LEFT + place * width, _y(count / most * 0.92)
        middle = left + width / 2
        drawn.append(
            f'<rect class="column" x="{left + 2:.1f}" y="{top:.1f}" width="{width - 4:.1f}" '
            f'height="{_y(0) - top:.1f}"/>'
            f'<text class="tick" x="{middle:.1f}" y="{_y(0) + 14}">{escape(label)}</text>'
        )
        if count:
            drawn.append(f'<text class="tick" x="{middle:.1f}" y="{top - 4:.1f}">{count}</text>')
    base = f'<line class="axis" x1="{_LEFT}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(0)}"/>'
    return _chart(title, across, up, base + "".join(drawn))


def _grid() -> str:
    return "".join(
        f'<line class="grid" x1="{_LEFT}" y1="{_y(share)}" x2="{_x(1)}" y2="{_y(share)}"/>'
        f'<text class="tick end" x="{_LEFT - 6}" y="{_y(share) + 4}">{share:.0%}</text>'
        f'<text class="tick" x="{_x(share)}" y="{_y(0) + 14}">{share:.0%}</text>'
        for share in _QUARTERS
    )


def _chart(title: str, across: str, up: str, drawn: str) -> str:
    return (
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="{escape(title)}">{drawn}'
        f'<text class="label" x="{_LEFT + _INNER_WIDTH / 2}" y="{_HEIGHT - 6}">'
        f"{escape(across)}</text>"
        f'<text class="label" transform="rotate(-90)" x="{-(_TOP + _INNER_HEIGHT / 2)}" y="11">'
        f"{escape(up)}</text></svg>"
    )


def _x(share: float) -> float:
    return _LEFT + share * _INNER_WIDTH


def _y(share: float) -> float:
    return _TOP + (1 - share) * _INNER_HEIGHT

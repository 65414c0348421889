"""The lines drawn on a page, along its text and down, and how much of it pictures cover."""

import ctypes
from collections.abc import Iterator
from typing import Any

from pypdfium2 import raw

from corpus.readers.pdf.frame import Frame
from corpus.readers.pdf.page import Rule, Upright

# A drawing nested deeper is a trap, a page of more parts a map: neither has rules between columns.
_DEEPEST, _MOST_PARTS = 3, 20_000
_MOST_POINTS = 16  # of a clipping path: one along a line has few
_THIN = 3.0  # points: a drawn line, not a box

_Bounds = tuple[float, float, float, float]


def drawn(page: Any, frame: Frame) -> tuple[list[Rule], list[Upright], float]:
    """The lines drawn along the text and down, and the share of the page that pictures cover."""
    rules: list[Rule] = []
    uprights: list[Upright] = []
    covered = 0.0
    width, height = frame.size
    for kind, bounds in _parts(page):
        x0, y0, x1, y1 = frame.box(*bounds)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            across = min(x1, width) - max(x0, 0.0)
            down = min(y1, height) - max(y0, 0.0)
            covered += max(across, 0.0) * max(down, 0.0)
        elif y1 - y0 <= _THIN < x1 - x0:
            rules.append(Rule(x0=x0, x1=x1, y=(y0 + y1) / 2))
        elif x1 - x0 <= _THIN < y1 - y0:
            uprights.append(Upright(x=(x0 + x1) / 2, top=y0, bottom=y1))
    return rules, uprights, min(covered / (width * height or 1.0), 1.0)


def _parts(page: Any) -> Iterator[tuple[int, _Bounds]]:
    """Kind and bounds of each line, box and picture of a page, those in forms included."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(min(raw.FPDFPage_CountObjects(page), _MOST_PARTS)):
        part = raw.FPDFPage_GetObject(page, index)
        kind = raw.FPDFPageObj_GetType(part)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            yield from _nested(part, raw.FS_MATRIX(1, 0, 0, 1, 0, 0), 1)
        elif kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            raw.FPDFPageObj_GetBounds(part, left, bottom, right, top)
            yield kind, _clipped(part, (left.value, bottom.value, right.value, top.value))


def _clipped(part: Any, bounds: _Bounds) -> _Bounds:
    """What of a part's bounds its clipping paths let show: some programs fill a box to draw a line
    along its edge.
    """
    path = raw.FPDFPageObj_GetClipPath(part)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(max(raw.FPDFClipPath_CountPaths(path), 0) if path else 0):
        points = []
        for at in range(min(raw.FPDFClipPath_CountPathSegments(path, index), _MOST_POINTS)):
            segment = raw.FPDFClipPath_GetPathSegment(path, index, at)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            points.append((x.value, y.value))
        if points:
            across, up = [place[0] for place in points], [place[1] for place in points]
            bounds = (
                max(bounds[0], min(across)),
                max(bounds[1], min(up)),
                min(bounds[2], max(across)),
                min(bounds[3], max(up)),
            )
    return bounds


def _nested(form: Any, outer: Any, depth: int) -> Iterator[tuple[int, _Bounds]]:
    own = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(form, own)
    matrix = _times(own, outer)
    sides = [ctypes.c_float() for _ in range(4)]
    for index in range(min(raw.FPDFFormObj_CountObjects(form), _MOST_PARTS)):
        part = raw.FPDFFormObj_GetObject(form, index)
        kind = raw.FPDFPageObj_GetType(part)
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            yield from _nested(part, matrix, depth + 1)
        elif kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            raw.FPDFPageObj_GetBounds(part, *sides)
            x0, y0, x1, y1 = (side.value for side in sides)
            a, b = _moved(matrix, x0, y0), _moved(matrix, x1, y1)
            yield kind, (*a, *b)


def _times(inner: Any, outer: Any) -> Any:
    return raw.FS_MATRIX(
        inner.a * outer.a + inner.b * outer.c,
        inner.a * outer.b + inner.b * outer.d,
        inner.c * outer.a + inner.d * outer.c,
        inner.c * outer.b + inner.d * outer.d,
        inner.e * outer.a + inner.f * outer.c + outer.e,
        inner.e * outer.b + inner.f * outer.d + outer.f,
    )


def _moved(matrix: Any, x: float, y: float) -> tuple[float, float]:
    return matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f

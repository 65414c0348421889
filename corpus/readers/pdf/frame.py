"""Coordinates: the file's, up from the left, and those of reading, down from the left."""

from dataclasses import dataclass

from corpus.readers.pdf.page import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """From the file's coordinates, up from the left, to reading ones: down from the left.

    `turned` is the angle at which the page's text runs, so that a table set sideways is read as
    one that is not.
    """

    left: float
    bottom: float
    right: float
    top: float
    turned: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as the text runs."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turned in (90, 270) else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A place of the file in reading coordinates."""
        if self.turned == 0:
            return x - self.left, self.top - y
        if self.turned == 90:  # noqa: PLR2004
            return y - self.bottom, x - self.left
        if self.turned == 180:  # noqa: PLR2004
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def back(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A box in reading coordinates in those of the file."""
        corners = ((x0, y0), (x1, y1))
        if self.turned == 0:
            places = [(x + self.left, self.top - y) for x, y in corners]
        elif self.turned == 90:  # noqa: PLR2004
            places = [(y + self.left, x + self.bottom) for x, y in corners]
        elif self.turned == 180:  # noqa: PLR2004
            places = [(self.right - x, y + self.bottom) for x, y in corners]
        else:
            places = [(self.right - y, self.top - x) for x, y in corners]
        return (*places[0], *places[1])

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A box of the file in reading coordinates."""
        (a, b), (c, d) = self.point(x0, y0), self.point(x1, y1)
        return min(a, c), min(b, d), max(a, c), max(b, d)

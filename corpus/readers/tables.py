"""The rows of a table in words that name their columns."""

from collections.abc import Iterator, Sequence

from corpus.readers.composing import Marked, Piece, joined
from corpus.readers.document import BlockKind

Row = Sequence[Marked]


def rows(table: int, heads: Sequence[Row], body: Sequence[Row]) -> Iterator[Piece]:
    """Each row of a table's body as "Column: value; Column: value".

    `table` is its number in the file; `heads` are the rows that name the columns, the upper ones
    what several columns share; all rows are as wide as the table. What has no name stands alone,
    and what is empty is left out.
    """
    names = [_name(column) for column in zip(*heads, strict=True)] if heads else []
    for number, row in enumerate(body, 1):
        cells = [
            joined([Marked(text=f"{name}: "), cell]) if name else cell
            for name, cell in zip(names or [""] * len(row), row, strict=True)
            if cell.text
        ]
        if cells:
            yield Piece(
                kind=BlockKind.ROW,
                words=joined(cells, "; "),
                label=f"Table {table}, row {number}",
            )


def _name(column: Sequence[Marked]) -> str:
    """A column's name, from above down; what a cell over several rows repeats is said once."""
    parts: list[str] = []
    for cell in column:
        text = " ".join(cell.text.split()).rstrip(":")
        if text and text not in parts[-1:]:
            parts.append(text)
    return ", ".join(parts)


def squared(
    grid: Sequence[Sequence[tuple[Marked, int, int]]], widest: int = 200
) -> list[list[Marked]]:
    """Rows of one width of cells that are given with how many columns and rows each takes.

    A cell over several rows or columns is in each of them; more than `widest` columns are none.
    """
    found: list[dict[int, Marked]] = [{} for _ in grid]
    for index, cells in enumerate(grid):
        column = 0
        for words, across, down in cells:
            while column in found[index]:
                column += 1
            across_kept = max(1, min(across, widest - column))
            down_kept = max(1, down) if column < widest else 1
            for row in found[index : index + down_kept]:
                row.update(dict.fromkeys(range(column, column + across_kept), words))
            column += across_kept
    width = max((max(row, default=-1) + 1 for row in found), default=0)
    return [[row.get(column, Marked()) for column in range(width)] for row in found]

"""The picture of a chat that the README opens with, made of a real one: `make docs` draws it.

python -m tests.picture
"""

import io
import tempfile
from pathlib import Path

from rich.console import Console, Group
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from bot.assemble import Pincite
from bot.chat.showing import first_screen
from bot.chat.talk import Talk
from bot.chat.turns import respond
from bot.cli.progress import display
from bot.settings import Settings

PICTURE = Path(__file__).parent / "chat.svg"
TYPED = ("How many were held in camps?", "and in 2020?")
_WIDTH = 80
# The 16 colours of a terminal, of which the chat names some.
_GROUND, _INK = (22, 27, 34), (230, 237, 243)
_THEME = TerminalTheme(
    _GROUND,
    _INK,
    [
        (72, 79, 88),
        (255, 161, 152),
        (126, 231, 135),
        (242, 204, 96),
        (165, 214, 255),
        (226, 192, 255),
        (118, 227, 234),
        (230, 237, 243),
    ],
)
# No font is fetched: each line says how long it is, so that any fixed-width font fits.
_FORMAT = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<title>A chat with Pincite in a terminal</title>
<style>
.{unique_id}-matrix {{
  font: {char_height}px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
<rect width="{width}" height="{height}" rx="10" fill="#161b22"/>
<g transform="translate({terminal_x}, 20)" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix" xml:space="preserve">
{matrix}
</g>
</g>
</svg>
"""


def draw(pincite: Pincite) -> str:
    """The chat of TYPED with a library, as SVG."""
    console = Console(
        record=True,
        width=_WIDTH,
        file=io.StringIO(),
        force_terminal=True,
        color_system="standard",
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    examples = pincite.examples()
    first = first_screen(pincite.active(), pincite.library.count(), examples, _WIDTH, kept=False)
    console.print(Group(*first, Text()))
    talk = Talk()
    for line in TYPED:
        said, talk = respond(line, talk, pincite, _WIDTH)
        console.print(
            Text("> ", style="bold cyan") + Text(line), Group(*said.lines), Text(), sep="\n"
        )
    drawn = console.export_svg(theme=_THEME, code_format=_FORMAT, unique_id="chat", title="")
    return "\n".join(line.rstrip() for line in drawn.splitlines() if line.strip()) + "\n"


def main() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        pincite = Pincite(Settings.read(library=folder), display)
        with pincite.library:
            PICTURE.write_text(draw(pincite), encoding="utf-8")


if __name__ == "__main__":
    main()

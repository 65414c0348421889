"""Write the sessions anew after a change that is wished; then read what git says has changed.

python tests/bot/chat/rewrite_sessions.py
"""

import tempfile
from pathlib import Path

from test_sessions import SESSIONS, played, typed, width_of

from bot.assemble import Pincite
from bot.cli.progress import display
from bot.settings import Settings

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        opened = Pincite(Settings.read(library=str(Path(folder) / "library")), display)
        for path in SESSIONS:
            lines = typed(path.read_text(encoding="utf-8"))
            path.write_text(played(lines, opened, width_of(path)), encoding="utf-8")

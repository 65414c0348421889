"""Words copied from where they are shown are the report's words."""

import pytest

from bot.assemble import open_verifier
from bot.cli.progress import display
from bot.rendering.printable import printable
from bot.telegram.messages.styled import running
from bot.verifying.finding import Verdict
from bot.verifying.markdown_draft import read_quotation

HELD = (
    "The com\u200bmittee heard\u202e of\u202c 12\x0carrests\u2028in the \u2066north\u2069 valley"
    " and می\u200cخواهم was\u3164 said\x1b[2J twice co\xadoperatively."
)


@pytest.mark.parametrize("shown", [printable, lambda text: running(text).text])
def test_what_is_shown_in_the_place_of_what_is_not_seen_verifies(library, tmp_path, putting, shown):
    path = tmp_path / "norland.txt"
    path.write_text(f"Norland\n\n{HELD}\n\nNothing else was said of it.\n", encoding="utf-8")
    putting(library, path, id="norland")
    with open_verifier(library, display) as verifier:
        (found,) = verifier.draft(read_quotation(shown(HELD), ""))
    assert [remark.verdict for remark in found.remarks] == [Verdict.EXACT]

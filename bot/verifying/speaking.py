"""Whether a draft gives words to the one who said them."""

import re

from bot.verifying.cited import named_by
from bot.verifying.finding import Remark, Stretch, Verdict
from bot.verifying.wording import listed
from corpus.english.attribution import TagKind, attributions
from corpus.english.folded import fold
from corpus.english.sentences import sentences
from corpus.english.speakers import sources
from corpus.passage import Span
from corpus.quoted import Quoted

# Verbs of saying, articles, and what any report or author is called.
_NO_NAME = listed(
    "according to the a an of in by that and for on its his her their this these same it he she "
    "they said says say stated states state reported reports report told alleged alleges claimed "
    "claims claim warned warns noted notes note found finds find concluded observed added adds "
    "argued argues revealed reveals indicated indicates suggested suggests maintained maintains "
    "testified confirmed denied denies acknowledged documented described recalled also still later "
    "then has have had who which source sources author authors publication document evidence "
    "paragraph page study country entry section"
)
# What half of all bodies are called.
_COMMON = listed(
    "human rights international national organization organizations organisation organisations "
    "group groups ngo ngos council committee commission association"
)
# A name of which so much is told elsewhere is that one's.
_SHARED = 0.5


def wrong_speaker(stretch: Stretch, around: str, citation: str) -> Remark | None:
    """A remark where the draft's sentence gives words to somebody whom the report does not.

    Right is who publishes the report or is cited, whom the passage names as the speaker, and whom
    its sentence or the one before names at all.
    """
    said = around.replace("…", "")
    claimed = (
        [said[span.start : span.stop] for span in sources(said, Span(start=0, stop=len(said)))]
        if said.strip()
        else []
    )
    names = [found for phrase in claimed if (found := _names(phrase))]
    if not names:
        return None
    passage = stretch.standing.passage
    report = passage.report
    right = set(fold(f"{report.title} {citation} {_beside(stretch)}").words)
    right |= set(named_by(report.publisher or ""))
    if any(len(found & right) >= _SHARED * len(found) for found in names):
        return None
    tags = attributions(Quoted(text=passage.text, span=stretch.span))
    who = [tag.words for tag in tags if tag.kind is TagKind.WHO]
    told = f"the report has “{who[0]}”" if who else "the report says it itself"
    return Remark(verdict=Verdict.WRONG_SPEAKER, words=f"the draft has “{claimed[0]}”, {told}")


def _names(phrase: str) -> set[str]:
    words = {word for word in fold(re.sub(r"['’]s\b", "", phrase)).words if word not in _NO_NAME}
    return words - _COMMON or words


def _beside(stretch: Stretch) -> str:
    """The sentence that a quotation begins in, and the one before."""
    text = stretch.standing.passage.text
    found = sentences(text)
    at = next((n for n, s in enumerate(found) if s.start <= stretch.span.start < s.stop), 0)
    return text[found[max(0, at - 1)].start : found[at].stop]

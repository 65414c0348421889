"""Measures how a library's words are read: good words taken for errors, errors mended.

    python -m tests.bench.spelling LIBRARY WORDS.txt

WORDS.txt has good English words, one a line, most frequent first, such as the first 20,000 of a
frequency list. `taken` is how many of them, of five letters or more, are read as another word;
`mended` how many words of the library with one letter wrong, missing, too many or swapped are read
as what they were.
"""

import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.assemble import Pincite
from bot.cli.progress import display
from bot.settings import Settings
from corpus.passage import Span
from embeddings.local.engine import LocalEngines
from embeddings.wording import corrections
from tests.bench.measuring import about, said

LETTERS = "abcdefghijklmnopqrstuvwxyz"
ERRORS = 500
_GOOD = re.compile("[a-z]{5,}")


def main(library: str, words: str) -> None:
    """Print the two shares."""
    opened = Pincite(Settings.read(library=library), display)
    with opened.library:
        encoder = opened.encoder
        engine = LocalEngines(opened.library, encoder.identity, opened.adding.open_index)()

        def read(word: str) -> str | None:
            asked = f"the {word}"
            (encoded,) = encoder.encode([asked])
            pieces = [Span(start=int(a), stop=int(b)) for a, b in encoded.offsets if a < b]
            return next((change.read for change in corrections(asked, pieces, engine)), None)

        good = [w for w in Path(words).read_text("utf-8").split() if _GOOD.fullmatch(w)]
        taken = {word: found for word in good if (found := read(word))}
        errors = list(_errors([w for w in engine.vocabulary() if _GOOD.fullmatch(w)]))
        mended = sum(read(error) == word for word, error in errors)
    said(
        {"good": len(good), "taken": len(taken), "errors": len(errors), "mended": mended}
        | {"examples": dict(list(taken.items())[:40])}
        | about()
    )


def _errors(words: list[str]) -> Iterator[tuple[str, str]]:
    """Words with an error in each."""
    chance = random.Random(1)
    for word in chance.choices(sorted(words), k=ERRORS):
        at, letter = chance.randrange(1, len(word)), chance.choice(LETTERS)
        forms = [
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
        ]
        error = chance.choice(forms)
        if error != word and len(error) >= 5:
            yield word, error


if __name__ == "__main__":
    main(*sys.argv[1:])

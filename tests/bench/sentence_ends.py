"""Where Pincite ends sentences and pysbd and syntok do not, to be judged by eye; and how fast.

python tests/bench/sentence_ends.py PASSAGES [all|hard] > differences.txt

PASSAGES is a file of JSON lines with a `text` each, .xz or plain. Of it, in an order drawn by
chance but always the same, as many passages are taken as have 2,000 sentences: of all, or of those
in which an end is hard to tell. A library that is not installed is left out. Each line of the
output is one end that not all find, and who finds it.
"""

import importlib.util
import json
import lzma
import random
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from corpus.english.sentences import ABBREVIATED, LEADING, NUMBERED, sentences

SENTENCES = 2_000
SEED = 11
SHOWN = 45
_WORDS = "|".join(map(re.escape, sorted(LEADING | ABBREVIATED | NUMBERED)))
HARD = re.compile(rf"\b(?:\w|{_WORDS})\.[\"”’)\]]*\s|…|\.\.|[?!][”\"’]?\s+[A-Z]", re.IGNORECASE)


def main() -> None:
    passages, *rest = sys.argv[1:]
    taken = drawn(Path(passages), hard=rest == ["hard"])
    ends: dict[str, list[set[int]]] = {}
    for name, split in splitters().items():
        began = time.perf_counter()
        ends[name] = [split(text) for text in taken]
        seconds = time.perf_counter() - began
        count = sum(len(found) for found in ends[name])
        print(f"{name}: {len(taken)} passages, {count} ends, {seconds:.3f} s", file=sys.stderr)
    for index, text in enumerate(taken):
        found = {name: by[index] for name, by in ends.items()}
        for end in sorted(set().union(*found.values())):
            who = [name for name, own in found.items() if end in own]
            if len(who) < len(found):
                around = f"{text[max(0, end - SHOWN) : end]} ‖ {text[end : end + SHOWN].strip()}"
                print(f"{'+'.join(who):22} | {around}")


def drawn(path: Path, *, hard: bool) -> list[str]:
    """Texts with so many sentences by Pincite's rules."""
    with lzma.open(path, "rt") if path.suffix == ".xz" else path.open() as lines:
        texts = [json.loads(line)["text"] for line in lines]
    random.Random(SEED).shuffle(texts)
    taken, count = [], 0
    for text in texts:
        if count >= SENTENCES:
            break
        if not hard or HARD.search(text):
            taken.append(text)
            count += len(sentences(text))
    return taken


def splitters() -> dict[str, Callable[[str], set[int]]]:
    """For each way of splitting that is here, the ends within a text, by its name."""
    found = {"pincite": lambda text: {span.stop for span in sentences(text)[:-1]}}
    if importlib.util.find_spec("pysbd"):
        import pysbd

        segmenter = pysbd.Segmenter(language="en", clean=False, char_span=True)
        found["pysbd"] = lambda text: {
            span.start + len(span.sent.rstrip()) for span in segmenter.segment(text)[:-1]
        }
    if importlib.util.find_spec("syntok"):
        from syntok import segmenter as syntok

        found["syntok"] = lambda text: (
            {
                sentence[-1].offset + len(sentence[-1].value)
                for paragraph in syntok.analyze(text)
                for sentence in paragraph
            }
            - {len(text.rstrip())}
        )
    return found


if __name__ == "__main__":
    main()

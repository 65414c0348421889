"""How many word pieces the passages of reports have, against what the default model reads at once.

    python -m tests.bench.passage_length FILE ...

Prints, for passages that are parts of a long paragraph and for all, how many there are, how many
the model would cut off, and how many pieces the longest has.
"""

import sys
from pathlib import Path

from tokenizers import Tokenizer

from corpus.intake import load
from corpus.parting import LONGEST, length
from embeddings.encoders.default_model import default_model_folder

# Two of its 256 are its own marks.
READ_AT_ONCE = 254


def main(paths: list[Path]) -> None:
    tokenizer = Tokenizer.from_file(str(default_model_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    texts = [passage.text for path in paths for passage in load(path, {}).passages]
    long = [text for text in texts if length(text) > LONGEST * 3 // 4]
    for name, chosen in (("all passages", texts), ("nearly as long as they may be", long)):
        pieces = [
            len(tokenizer.encode(text, add_special_tokens=False).ids)
            for text in chosen
            if length(text) <= LONGEST
        ]
        over = sum(count > READ_AT_ONCE for count in pieces)
        print(f"{name}: {len(pieces)}, cut off {over}, longest {max(pieces, default=0)} pieces")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])

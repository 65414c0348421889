"""Records what sentence-transformers makes of some texts with the default model.

python tests/bench/record_reference.py

The prepared form of the model is checked against it. To be run again when the model changes.
"""

from pathlib import Path

import embeddings
from corpus.digests import shipped
from corpus.intake import load
from embeddings.encoders.reference import FILE_NAME, to_lines
from embeddings.encoders.torch_encoder import SentenceTransformerEncoder

# Other scripts, signs, what is cut off at the model's 256 word pieces, and nothing.
HARD = [
    "평양 — Côte d’Ivoire … “quoted” ²",
    "کتاب‌ها در تهران",
    "هل فرّ أحد إلى الجنوب؟",
    "👩‍⚕️ a\u00a0b\tc",
    "water " * 600,
    "?",
    "",
]
TARGET = Path(embeddings.__file__).with_name(FILE_NAME)


def main() -> None:
    passages = [passage.searched for path in shipped() for passage in load(path, {}).passages]
    texts = [*HARD, *passages]
    vectors = [found.vector for found in SentenceTransformerEncoder().encode(texts)]
    TARGET.write_text(to_lines(texts, vectors), encoding="ascii")


if __name__ == "__main__":
    main()

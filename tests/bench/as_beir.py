"""Write a public test collection as a BEIR folder, for `pincite eval FOLDER`.

python tests/bench/as_beir.py NAME FOLDER [HALF]

HALF is A for the questions that the recipe was tuned on, B for those that it is reported on.
"""

import sys
from pathlib import Path

from bench_collections import load

from embeddings.evaluation.formats import Collection, Entry, write_beir
from embeddings.evaluation.questions import Question


def main() -> None:
    name, folder = sys.argv[1:3]
    half = sys.argv[3] if len(sys.argv) > 3 else "AB"
    found = load(name)
    asked = [question for question in found.questions if question.half in half]
    collection = Collection(
        entries=tuple(
            Entry(id=passage["id"], title=passage["title"], text=passage["text"])
            for passage in found.passages
        ),
        questions=tuple(
            Question(
                id=question.id,
                question=question.question,
                evidence=(),
                answers=question.answers,
                file=name,
                line=line,
            )
            for line, question in enumerate(asked, 1)
        ),
        gold={question.id: dict.fromkeys(question.relevant, 1) for question in asked},
    )
    write_beir(collection, Path(folder))


if __name__ == "__main__":
    main()

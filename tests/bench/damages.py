"""Damage a small library in a thousand ways, each time alone: is it found, or without effect?

python tests/bench/damages.py [DAMAGES]

Each is done to a copy, of which the same questions are asked, in all and with filters, and whose
passages are shown by their ids. Said of each kind, how many were found (one sentence), how many
left every answer as it was (also where the index was made anew), how many changed an answer without
a word, and how many ended in a traceback. Of the model and of the reader, a damaged file has to be
refused; their weights are damaged in copies.
"""

import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from damaging import LIBRARY, Place, damage_file, library_older
from measuring import about, said

from bot.assemble import Pincite
from bot.cli.progress import display
from bot.models import open_encoder
from bot.settings import Settings
from corpus.citing.styles import Style, cited
from corpus.errors import PinciteError
from corpus.intake import load
from corpus.scope import Scope
from embeddings.encoders import default_model
from embeddings.encoders.encoder import Encoder
from embeddings.judging import reader_files

DAMAGES = 1_000
REPORT = Path(__file__).parents[1] / "data" / "velmora-2021.txt"
GIVEN = {"publisher": "Lantern Watch", "country": "Velmora", "period": "2021"}
QUESTIONS = (
    ("How many people fled to the South in 2021?", Scope()),
    ("What is songbun?", Scope()),
    ("What is reported about the courts?", Scope(country="Velmora")),
    ("How many people were detained?", Scope(year=2021)),
    ("What happened to journalists?", Scope(report="lantern-watch-velmora-2021")),
    ("What is reported about workers?", Scope()),
)
SHOWN = 3
_OF_MODELS = 12  # of a hundred damages


def main() -> None:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else DAMAGES
    chance = random.Random(20211231)
    with tempfile.TemporaryDirectory() as folder:
        said({**about(), **tried(Path(folder), wanted, chance)})


def tried(folder: Path, wanted: int, chance: random.Random) -> dict[str, object]:
    """Counts by kind and in all."""
    encoder = open_encoder(settings(folder), display)
    sound, older, other = (folder / name for name in ("sound", "older", "other"))
    make(sound, older, other, encoder)
    expected = answers(sound, encoder)
    # An older copy is a library that is sound: what is asked of it is answered from it.
    of_older = answers(older, encoder)
    counts: dict[str, Counter[str]] = {}
    silent: list[str] = []
    of_models = wanted * _OF_MODELS // 100
    for number in range(wanted - of_models):
        kind = list(LIBRARY)[number % len(LIBRARY)]
        library = folder / "damaged"
        shutil.copytree(sound, library)
        LIBRARY[kind](Place(library=library, older=older, other=other, chance=chance))
        ended, what = outcome(
            library, encoder, of_older if LIBRARY[kind] is library_older else expected
        )
        counts.setdefault(kind, Counter())[ended] += 1
        if what:
            silent.append(f"{kind}, {number}: {what}")
        shutil.rmtree(library)
        if number % 50 == 0:
            print(f"{number} of {wanted}", file=sys.stderr, flush=True)
    for number in range(of_models):
        kind, found = model_refused(folder, number, chance)
        counts.setdefault(kind, Counter())["found" if found else "wrong"] += 1
    return {
        "damages": sum(map(Counter.total, counts.values())),
        "in all": dict(sum(counts.values(), Counter())),
        "by kind": {kind: dict(of_kind) for kind, of_kind in sorted(counts.items())},
        "wrong or a traceback": silent,
    }


def settings(library: Path) -> Settings:
    return Settings.read(os.environ, library=str(library), reads=False)


@contextmanager
def opened(library: Path, encoder: Encoder) -> Iterator[Pincite]:
    """What answers from a library, with a model that is loaded already."""
    made = Pincite(settings(library), display)
    made._encoder = encoder
    with made.library:
        yield made


def make(sound: Path, older: Path, other: Path, encoder: Encoder) -> None:
    """A library, the same before its last report, and another."""
    with opened(other, encoder) as made:
        made.rebuild()
    with opened(sound, encoder) as made:
        made.add(load(REPORT, GIVEN))
        made.rebuild()
    shutil.copytree(sound, older)
    more = sound.parent / "westmark.txt"
    more.write_text(
        "Westmark\n\nCourts\n\nThe courts of Westmark heard no case in 2021.\n\n"
        "Workers\n\nWorkers at the salt works struck for 9 days.\n",
        encoding="utf-8",
    )
    with opened(sound, encoder) as made:
        added = made.add(load(more, {**GIVEN, "country": "Eastmark"}))
        made.library.remove(added.report.id)
        made.add(load(more, {**GIVEN, "country": "Westmark"}))
        made.rebuild()


def answers(library: Path, encoder: Encoder) -> list[object]:
    """All that is shown: verdicts, passages, highlights, citations, reports."""
    shown: list[object] = []
    with opened(library, encoder) as asked:
        for question, scope in QUESTIONS:
            answer = asked.ask(question, k=SHOWN, scope=scope)
            # Words of passages that are gone count until Tantivy merges its segments.
            shown.append((answer.verdict, round(answer.confidence or 0, 2), answer.not_covered))
            for hit in answer.hits:
                again = asked.library.resolve(hit.passage.id)
                shown += [hit.passage, hit.highlight, cited(again.passage, Style.NOTE)]
        shown += [(entry.report, entry.version) for entry in asked.library.entries()]
    return shown


def outcome(library: Path, encoder: Encoder, expected: list[object]) -> tuple[str, str]:
    """How asking a damaged library ends, and what was wrong where it ends badly."""
    try:
        found = answers(library, encoder)
    except PinciteError:
        return "found", ""
    except Exception as error:  # noqa: BLE001  what is counted
        return "traceback", f"{type(error).__name__}: {error}"
    if found == expected:
        return "no effect", ""
    first = next(
        (one for one in zip(expected, found, strict=False) if one[0] != one[1]), ("more", "or less")
    )
    return "wrong", str(first)[:400]


def model_refused(folder: Path, number: int, chance: random.Random) -> tuple[str, bool]:
    """Whether a damaged file of the model or of the reader is refused, and which it was."""
    is_model = number % 2 == 0
    source = default_model.default_model_folder() if is_model else reader_files.FOLDER
    names = (
        sorted(default_model.SHA256)
        if is_model
        else sorted(path.name for path in source.iterdir() if path.suffix in (".json", ".onnx"))
    )
    name = names[number // 2 % len(names)]
    package = folder / "package"
    copy = package / default_model.DEFAULT_PACKAGE / "model"
    shutil.copytree(source, copy, copy_function=os.link if is_same(source, folder) else shutil.copy)
    (copy.parent / "__init__.py").touch()
    damage_file(copy / name, chance)
    try:
        if is_model:
            sys.modules.pop(default_model.DEFAULT_PACKAGE, None)
            with patch.object(sys, "path", [str(package), *sys.path]):
                default_model.default_model_folder()
        else:
            with patch.object(reader_files, "FOLDER", copy):
                weights = reader_files.shipped_weights(copy)
                assert weights is not None
                weights.check()
    except PinciteError:
        return f"{'the model' if is_model else 'the reader'}: {name}", True
    finally:
        shutil.rmtree(package)
    return f"{'the model' if is_model else 'the reader'}: {name}", False


def is_same(one: Path, two: Path) -> bool:
    """Whether two folders lie where a file can have a name in both."""
    return one.stat().st_dev == two.stat().st_dev


if __name__ == "__main__":
    main()

"""What the tests share: a report of our own, encoders that need no model, commands in-process."""

import contextlib
import datetime
import hashlib
import io
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

from bot.assemble import Pincite
from bot.cli import main as cli
from bot.cli.progress import display
from bot.conversation.moves import EMPTY, Ask, interpret, remember
from bot.settings import Settings
from corpus.cutting import cut
from corpus.metadata import describe
from corpus.passage import Passage
from corpus.readers import read
from corpus.report import Kind, Report
from corpus.storage.library import Library
from embeddings.encoders.encoder import Encoded, unit
from embeddings.retriever import Retriever
from tests.searching import search_in

ROOT = Path(__file__).resolve().parent.parent
DIGEST_ID = "amnesty-international-north-korea-2021-digest"
_OF_TERMINALS = {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TTY_COMPATIBLE"}
TODAY = datetime.date(2026, 1, 31)

settings.register_profile("pincite", deadline=None, max_examples=60)
settings.load_profile("pincite")

# A web page saved as text, as the reader of plain text knows it.
PAGE = """\
Norland

This entry sums up what observers saw in Norland during 2021.

The harbour towns were hit by three storms.

Right to water

Wells in the Tarn valley ran dry in May, leaving 4,200 households without water.1 The ministry
sent tankers, “but far too few.”2

Prices rose threefold.

Freedom of assembly

A permit for every march of over 15 people was demanded from Sept. 3 onward.3

Economic and social rights

Workers’ rights

Miners at Orrest struck for 11 days.

Child labour

Nobody under 16 may work at sea, a new law says.

Norland Newsroom

May 23, 2021 • Report

Dry Wells: How the Tarn valley lost its water

A team walked the valley for a month and measured 60 wells.

June 8, 2019 • Press Release

Free the marchers

Twelve people were held for a week.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a command did."""

    status: int
    out: str
    err: str


class WordEncoder:
    """An encoder that needs no model: each word has a fixed direction. Counts what it encodes."""

    dimensions = 64
    # As if its vocabulary stood in order of frequency.
    background = np.minimum(1, 8 / np.arange(1, 22_001)).astype(np.float32)

    def __init__(self, identity: str = "words@1") -> None:
        self.identity = identity
        self.encoded: list[str] = []

    def encode(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> list[Encoded]:
        self.encoded += texts
        if progress:
            progress(len(texts))
        return [self._encoded(text) for text in texts]

    def _encoded(self, text: str) -> Encoded:
        words = list(re.finditer(r"\w+|[^\w\s]", text))
        sums = [hashlib.sha256(word[0].lower().encode()).digest() for word in words]
        bits = [np.unpackbits(np.frombuffer(found, np.uint8))[: self.dimensions] for found in sums]
        tokens = unit(np.array(bits, np.float32).reshape(-1, self.dimensions) - 0.5)
        whole = tokens.sum(axis=0, keepdims=True) if words else np.ones((1, self.dimensions))
        return Encoded(
            vector=unit(whole.astype(np.float32))[0],
            tokens=tokens,
            pieces=np.array([2000 + int.from_bytes(found[:2]) % 20000 for found in sums], np.int64),
            offsets=np.array([word.span() for word in words], np.int64).reshape(-1, 2),
        )


def make_report(**fields: object) -> Report:
    """A report in which everything is stated, but for what `fields` say otherwise."""
    stated = {
        "id": "norland-2021",
        "title": "Norland",
        "publisher": "Watch House",
        "country": "Norland",
        "period": None,
        "published": datetime.date(2022, 3, 29),
        "accessed": TODAY,
        "url": "https://example.org/norland",
        "language": "en",
        "licence": None,
        "kind": Kind.VERBATIM,
        "sha256": "0" * 64,
    }
    return Report(**{**stated, **fields})  # type: ignore[arg-type]


def read_report(path: Path, **given: str) -> tuple[Report, str, list[Passage]]:
    """The report, the text and the passages of a file, as `pincite add` makes them."""
    document, content = read(path)
    report = describe(path, document.metadata, content, given=given, today=TODAY)
    return report, document.text, cut(report, document)


def put(library: Library, path: Path, **given: str) -> Report:
    """Add a file to a library without encoding it."""
    report, text, passages = read_report(path, **given)
    library.add(report, text, passages, today=TODAY)
    return report


@pytest.fixture(scope="session")
def page() -> str:
    return PAGE


@pytest.fixture
def page_file(tmp_path: Path) -> Path:
    path = tmp_path / "norland.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "library") as opened:
        yield opened


@pytest.fixture
def words() -> WordEncoder:
    return WordEncoder()


@pytest.fixture(scope="session")
def make() -> Callable[..., Report]:
    return make_report


@pytest.fixture(scope="session")
def reading() -> Callable[..., tuple[Report, str, list[Passage]]]:
    return read_report


@pytest.fixture(scope="session")
def putting() -> Callable[..., Report]:
    return put


@pytest.fixture(scope="session")
def search_of() -> Callable[..., Retriever]:
    return search_in


@pytest.fixture(scope="session")
def word_encoder() -> type[WordEncoder]:
    return WordEncoder


@pytest.fixture(scope="session")
def invented_report() -> Path:
    """A report as long and as varied as a real one, on a country that there is not."""
    return ROOT / "tests" / "data" / "velmora-2021.txt"


@pytest.fixture(autouse=True, scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home of the tests' own: none reads or writes what belongs to the person running them."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(("PINCITE_", "XDG_")) or name in _OF_TERMINALS:
                patch.delenv(name)
        patch.setenv("HOME", str(folder))
        # What tests expect does not hang on the reader's weights; those of the reader ask for it.
        patch.setenv("PINCITE_READER", "off")
        yield folder


def run_main(*arguments: str, stdin: str | bytes = "") -> Ran:
    """`pincite` in this process, which has loaded what it needs: all but the start is as real."""
    content = stdin.encode() if isinstance(stdin, str) else stdin
    out, err = io.BytesIO(), io.BytesIO()
    streams = {
        "stdin": io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"),
        "stdout": io.TextIOWrapper(out, encoding="utf-8"),
        "stderr": io.TextIOWrapper(err, encoding="utf-8"),
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["pincite", *arguments])
        for name, stream in streams.items():
            patch.setattr(sys, name, stream)
        with pytest.raises(SystemExit) as ended:
            cli.main()
        for name in ("stdout", "stderr"):
            with contextlib.suppress(ValueError):  # a stream that the command closed
                streams[name].flush()
    return Ran(
        status=int(ended.value.code or 0), out=out.getvalue().decode(), err=err.getvalue().decode()
    )


@pytest.fixture(scope="session")
def pincite() -> Callable[..., Ran]:
    return run_main


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library as the first search makes it; copy it before changing it."""
    folder = tmp_path_factory.mktemp("prepared") / "library"
    ran = run_main("rebuild", "--library", str(folder))
    assert ran.status == 0, ran.err
    return folder


@pytest.fixture(scope="session")
def with_page(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the page about Norland; copy it before changing it."""
    folder = tmp_path_factory.mktemp("with-page") / "library"
    shutil.copytree(prepared, folder)
    path = folder.parent / "norland.txt"
    path.write_text(PAGE, encoding="utf-8")
    options = ["--publisher", "Watch House", "--country", "Norland", "--period", "2021"]
    ran = run_main("add", str(path), *options, "--library", str(folder))
    assert ran.status == 0, ran.err
    return folder


@pytest.fixture(scope="session")
def with_invented(
    prepared: Path, invented_report: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A library with the invented report and nothing else; copy it before changing it."""
    folder = tmp_path_factory.mktemp("with-invented") / "library"
    shutil.copytree(prepared, folder)
    options = ["--publisher", "Lantern Watch", "--country", "Velmora", "--period", "2021"]
    for command in (["add", str(invented_report), *options], ["remove", DIGEST_ID]):
        ran = run_main(*command, "--library", str(folder))
        assert ran.status == 0, ran.err
    return folder


SHOWN = 3


def _searched(turns: list[str], question: str, retriever: Retriever) -> str:
    """What the last line of a dialogue searches for after the lines before it."""
    talk = EMPTY
    for turn in turns:
        ask = interpret(turn, talk)
        if isinstance(ask, Ask):
            hits = retriever.search(ask.searched, SHOWN)
            talk = remember(talk, ask, [hit.passage for hit in hits])
    move = interpret(question, talk)
    return move.searched if isinstance(move, Ask) else question


def count_found(folder: Path, dialogues: Path) -> tuple[int, int, int]:
    """How many dialogues have evidence; how many of those find it, and by the last line alone."""
    records = [json.loads(line) for line in dialogues.read_text(encoding="utf-8").splitlines()]
    opened = Pincite(Settings.read(library=str(folder)), display)

    def found(searched: str, evidence: str | list[str]) -> bool:
        wanted = [evidence] if isinstance(evidence, str) else evidence
        hits = opened.retriever.search(searched, SHOWN)
        texts = [" ".join(hit.passage.text.split()) for hit in hits]
        return any(part in text for part in wanted for text in texts)

    told = [(one["turns"], one["question"], one["evidence"]) for one in records if one["evidence"]]
    with opened.library:
        ours = [
            found(_searched(turns, question, opened.retriever), evidence)
            for turns, question, evidence in told
        ]
        alone = [found(question, evidence) for _, question, evidence in told]
    return len(told), sum(ours), sum(alone)


@pytest.fixture(scope="session")
def counting_found() -> Callable[[Path, Path], tuple[int, int, int]]:
    return count_found


@pytest.fixture
def own_copy(tmp_path: Path) -> Callable[[Path], Path]:
    """Copies a library for a test that changes it."""

    def copy(folder: Path) -> Path:
        return Path(shutil.copytree(folder, tmp_path / f"copy-{folder.parent.name}"))

    return copy


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers model of two layers with random weights."""
    return _tiny_model(tmp_path_factory.mktemp("models") / "tiny", seed=1)


@pytest.fixture(scope="session")
def other_tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of the same name and shape with other weights."""
    return _tiny_model(tmp_path_factory.mktemp("models") / "tiny", seed=2)


def _tiny_model(folder: Path, seed: int) -> Path:
    pytest.importorskip("sentence_transformers", reason="a light installation has no other model")
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    bert = folder.parent / "bert"
    bert.mkdir()
    letters = [chr(code) for code in range(33, 127)]
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters]
    vocabulary += [f"##{letter}" for letter in letters]
    (bert / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    BertTokenizerFast(str(bert / "vocab.txt")).save_pretrained(bert)
    torch.manual_seed(seed)
    shape = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
    config = BertConfig(vocab_size=len(vocabulary), intermediate_size=64, **shape)
    BertModel(config).save_pretrained(bert)
    transformer = Transformer(str(bert), max_seq_length=128)
    modules = [transformer, Pooling(32), Normalize()]
    SentenceTransformer(modules=modules, device="cpu").save(str(folder))
    return folder

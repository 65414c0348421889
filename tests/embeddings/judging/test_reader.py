"""A passage is read with a question: by a small network here, and by the one that ships."""

import hashlib
import json
from dataclasses import replace

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from corpus.english.sentences import sentences
from corpus.errors import ModelFault
from corpus.passage import Passage, Span
from embeddings.hit import Hit, Why
from embeddings.judging.packing import LONGEST_PASSAGE, PASSAGE_START
from embeddings.judging.reader import Reader
from embeddings.judging.reader_files import CARD, GRAPH, TOKENIZER, shipped_weights

WORDS = ["<s>", "<pad>", "</s>", "<unk>", "well", "dry", "ran", "tarn", "2021", "norland", ".", "x"]
ANSWERING = WORDS.index("tarn")
WHY = Why(
    terms=(),
    dense_rank=1,
    lexical_rank=1,
    cosine=0.5,
    bm25=0.5,
    passage_maxsim=0.5,
    sentence_maxsim=0.5,
    coverage=0.5,
    margin=0.1,
)


def network():
    """Says how many tokens there are."""
    nodes = [
        helper.make_node("Size", ["tokens"], ["size"]),
        helper.make_node("Cast", ["size"], ["flat"], to=TensorProto.FLOAT),
        helper.make_node("Reshape", ["flat", "one"], ["answers"]),
        helper.make_node("Identity", ["positions"], ["positions_"]),
        helper.make_node("Identity", ["segments"], ["segments_"]),
    ]
    known = [numpy_helper.from_array(np.array([1]), "one")]
    names = ("tokens", "positions", "segments")
    outputs = [helper.make_tensor_value_info("answers", TensorProto.FLOAT, [1])]
    graph = helper.make_graph(
        nodes,
        "reader",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["length"]) for name in names],
        outputs,
        known,
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reader")
    onnx.save(network(), folder / GRAPH)
    tokenizer = Tokenizer(models.WordLevel({w: n for n, w in enumerate(WORDS)}, unk_token="<unk>"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"\w+|[^\w\s]"), "removed", invert=True)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer.save(str(folder / TOKENIZER))
    sums = {n: hashlib.sha256((folder / n).read_bytes()).hexdigest() for n in (GRAPH, TOKENIZER)}
    (folder / CARD).write_text(json.dumps({"sha256": sums}), encoding="utf-8")
    return folder


@pytest.fixture
def reader(folder):
    return Reader(shipped_weights(folder))


@pytest.fixture
def hit_of(make):
    def made(text, highlight=None, **fields):
        passage = Passage(
            report=make(),
            section=("Water",),
            number=1,
            start=0,
            stop=len(text),
            source=text,
            hidden=(),
            **fields,
        )
        span = highlight or Span(start=0, stop=len(text))
        return Hit(passage=passage, score=0.5, highlight=span, why=WHY)

    return made


def test_each_sentence_is_read_alone_with_the_context_of_its_passage(reader, hit_of):
    text = "Wells ran dry. In the Tarn valley, too."
    passage = hit_of(text).passage
    short, long = reader.sentences(
        "Tarn?", passage, [Span(start=0, stop=14), Span(start=15, stop=len(text))]
    )
    # "Wells ran dry ." and "In the Tarn valley , too .": three tokens more.
    assert long - short == 3
    (whole,) = reader.read("Tarn?", [hit_of(text)])
    assert short < long < whole.answers


def test_a_passage_is_read_with_its_country_and_heading_before_it(reader, hit_of):
    with_place, (alone,) = (
        reader.read("Dry?", [hit_of("x x x")]),
        reader.read("Dry?", [without_place(hit_of("x x x"))]),
    )
    # "Norland. Water. " are four tokens more.
    assert with_place[0].answers - alone.answers == 4


def without_place(hit):
    report = replace(hit.passage.report, country=None)
    return replace(hit, passage=replace(hit.passage, report=report, section=()))


def test_of_a_long_passage_the_sentences_around_the_highlight_are_read(reader, hit_of):
    sentence = "X " * 30 + "x. "
    text = sentence * 9 + "The Tarn ran dry. " + sentence * 9
    here = text.index("The Tarn")
    places = reader._passage(hit_of(text).passage, Span(start=here, stop=here + 17))
    assert ANSWERING in places
    assert len(places) <= LONGEST_PASSAGE
    assert ANSWERING not in reader._passage(hit_of(text).passage, Span(start=0, stop=60))


def test_a_sentence_longer_than_the_reader_reads_is_cut(reader, hit_of):
    (found,) = reader.read("Tarn?", [hit_of("Tarn " + "x " * 900 + ".")])
    assert found.answers <= LONGEST_PASSAGE + PASSAGE_START


def test_a_text_without_a_word_that_can_be_read_is_read_all_the_same(reader, hit_of):
    assert len(reader.read("…", [hit_of("—")])) == 1


def test_a_reading_does_not_depend_on_what_else_is_read(reader, hit_of):
    hits = [hit_of(text) for text in ("The Tarn.", "Wells ran dry. " * 9, "x")]
    together = reader.read("Tarn?", hits)
    assert together == [reader.read("Tarn?", [hit])[0] for hit in hits]


def test_a_file_that_is_not_the_shipped_one_is_named(folder, tmp_path):
    card = json.loads((folder / CARD).read_text("utf-8"))
    for name in (GRAPH, TOKENIZER):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    (tmp_path / CARD).write_text(json.dumps(card), encoding="utf-8")
    with (tmp_path / TOKENIZER).open("a") as file:
        file.write(" ")
    with pytest.raises(ModelFault, match=r"tokenizer\.json is not the file that was shipped"):
        Reader(shipped_weights(tmp_path))
    (tmp_path / GRAPH).unlink()
    with pytest.raises(ModelFault, match=r"reader\.onnx is missing"):
        Reader(shipped_weights(tmp_path))


@pytest.mark.parametrize("card", ["", "{}", '{"sha256": {"reader.onnx": "00"}}', '{"sha256": 3}'])
def test_a_card_that_says_nothing_is_named(tmp_path, card):
    (tmp_path / CARD).write_text(card, encoding="utf-8")
    with pytest.raises(ModelFault, match=r"reader\.json (does not say|names no)"):
        shipped_weights(tmp_path)


def test_a_graph_that_cannot_be_loaded_is_named(folder, tmp_path):
    (tmp_path / TOKENIZER).write_bytes((folder / TOKENIZER).read_bytes())
    (tmp_path / GRAPH).write_bytes(b"no graph")
    sums = {n: hashlib.sha256((tmp_path / n).read_bytes()).hexdigest() for n in (GRAPH, TOKENIZER)}
    (tmp_path / CARD).write_text(json.dumps({"sha256": sums}), encoding="utf-8")
    with pytest.raises(ModelFault, match=r"cannot load the reader .* without the reader"):
        Reader(shipped_weights(tmp_path))


def test_where_no_reader_lies_there_is_none(tmp_path):
    assert shipped_weights(tmp_path) is None


@pytest.fixture(scope="module")
def shipped():
    weights = shipped_weights()
    if weights is None:
        pytest.skip("the reader's weights are not in this source tree")
    return Reader(weights)


def test_the_shipped_reader_tells_a_passage_that_answers_from_one_that_does_not(shipped, hit_of):
    says = "Wells in the Tarn valley ran dry in May. The ministry sent tankers for the families."
    hits = [hit_of(says), hit_of("A permit for every march of over 15 people was demanded.")]
    first, second = shipped.read("Where was there no water any more?", hits)
    assert first.answers > second.answers
    spans = sentences(says)
    dry, tankers = shipped.sentences("Who sent help?", hits[0].passage, spans)
    assert tankers > dry

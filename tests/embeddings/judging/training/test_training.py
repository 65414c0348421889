"""From paragraphs to a graph that reads, on data that is learnt in seconds."""

from dataclasses import replace

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed")
pytest.importorskip("sklearn", reason="scikit-learn is not installed")

import numpy as np  # noqa: E402

from corpus.errors import ModelFault  # noqa: E402
from embeddings.judging.packing import pack  # noqa: E402
from embeddings.judging.reader import Reader  # noqa: E402
from embeddings.judging.reader_files import GRAPH, shipped_weights  # noqa: E402
from embeddings.judging.training.batches import batch, of_rows  # noqa: E402
from embeddings.judging.training.examples import Examples  # noqa: E402
from embeddings.judging.training.exporting import INPUTS, export, load  # noqa: E402
from embeddings.judging.training.fitting import Plan, fit  # noqa: E402
from embeddings.judging.training.losses import losses  # noqa: E402
from embeddings.judging.training.mining import mine  # noqa: E402
from embeddings.judging.training.network import Network, from_encoder  # noqa: E402
from embeddings.judging.training.paragraphs import Asked, Paragraph  # noqa: E402
from embeddings.judging.training.vocabulary import Vocabulary  # noqa: E402
from embeddings.onnx_sessions import open_session  # noqa: E402


def paragraph(name, country, text, *asked):
    return Paragraph(
        id=name,
        report=f"{country}-2019",
        country=country,
        year=2019,
        section=("Trials",),
        text=text,
        asked=tuple(
            Asked(id=f"{name}-{number}", question=question, answer=answer)
            for number, (question, answer) in enumerate(asked)
        ),
    )


SHEETS = [
    paragraph(
        "beaten",
        "Mali",
        "Police beat prisoners to make them confess.",
        ("Did officers hit anybody?", "Police beat prisoners"),
        ("When did police beat prisoners?", None),
    ),
    paragraph(
        "freed",
        "Mali",
        "The court sat on Monday and freed two men.",
        ("When was the court?", "on Monday"),
        ("Why was it on Monday?", None),
    ),
]
ABROAD = [paragraph("abroad", "Chad", "Officers beat the court.")]


@pytest.fixture(scope="module")
def vocabulary(tokenizer_file):
    return Vocabulary(tokenizer_file)


@pytest.fixture(scope="module")
def examples(vocabulary):
    return Examples(SHEETS, [], mine(SHEETS, ABROAD, seed=1), vocabulary, seed=1)


def test_hard_negatives_are_of_the_same_report_and_of_other_countries():
    mined = mine(SHEETS, ABROAD, seed=1)
    assert mined.other_countries["freed"] == ABROAD
    assert all(found.id != "beaten" for found in mined.same_report["beaten"])


def test_what_says_the_same_is_no_negative():
    same = replace(SHEETS[1], id="again", asked=())
    assert same not in mine(SHEETS, [same], seed=1).same_report["freed"]


def test_a_question_of_one_passage_is_no_answer_elsewhere(examples):
    for _ in range(20):
        for row in examples.next()[0]:
            own = {asked.id for asked in row.paragraph.asked if asked.answer is not None}
            for question in row.questions:
                assert question.answers == (question.among in own if question.among else False)


TWO = paragraph(
    "two",
    "Mali",
    "The court sat on Monday. Police beat prisoners to confess.",
    ("Did officers hit anybody?", "Police beat prisoners"),
    ("Why was it on Monday?", None),
)


def test_a_sentence_answers_what_the_words_in_it_answer(vocabulary):
    examples = Examples([TWO], [], mine([TWO], ABROAD, seed=1), vocabulary, seed=1)
    seen = set()
    for _ in range(30):
        (row,) = examples.next()[1]
        answered = [question.answers for question in row.questions]
        seen.add((row.paragraph.text.strip(), *answered))
    assert seen == {
        ("Police beat prisoners to confess.", True, False),
        ("The court sat on Monday.", False, False),
    }


@pytest.fixture(scope="module")
def taught(examples, tmp_path_factory):
    """Weights after some steps, and a group of examples with its loss before and after."""
    folder = tmp_path_factory.mktemp("taught")
    torch.manual_seed(1)
    network, group = Network(layers=1), of_rows(examples.next()[0])
    before = loss(network, group)
    fit(network, examples, Plan(minutes=0.15, folder=folder, seed=1, rate=1e-3), lambda _: None)
    return folder / "reader.safetensors", before, loss(load(folder / "reader.safetensors"), group)


@torch.no_grad()
def loss(network, group) -> float:
    return float(losses(network, *group).total)


@pytest.fixture(scope="module")
def exported(taught, tokenizer_file, tmp_path_factory):
    folder = tmp_path_factory.mktemp("exported")
    export(taught[0], tokenizer_file, folder)
    return folder


def test_the_network_learns(taught):
    _, before, after = taught
    assert after < before - 0.05


def test_the_graph_says_what_the_network_says(taught, exported, vocabulary):
    network, question = load(taught[0]), "When was the court?"
    session = open_session(exported / GRAPH)
    for one in SHEETS:
        packed = pack(vocabulary.passage(one.context, one.text), [vocabulary.question(question)])
        with torch.no_grad():
            said = float(network(batch([packed])))
        given = zip(INPUTS, (packed.tokens, packed.positions, packed.segments), strict=True)
        (answers,) = session.run(None, {name: np.array(values) for name, values in given})
        assert float(answers[0]) == pytest.approx(said, abs=0.1)


def test_what_is_exported_can_be_shipped(exported):
    Reader(shipped_weights(exported))


def test_other_weights_than_the_encoders_are_refused(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"other")
    with pytest.raises(ModelFault, match="is not all-mpnet-base-v2"):
        from_encoder(tmp_path / "model.safetensors")


def test_what_a_paragraph_does_not_answer_is_asked_of_its_neighbours(examples, vocabulary):
    unanswered = vocabulary.question("Why was it on Monday?")
    of_beaten = [
        question
        for _ in range(20)
        for row in examples.next()[0]
        if row.paragraph.id == "beaten"
        for question in row.questions
        if question.tokens == unanswered
    ]
    assert of_beaten
    assert not any(question.answers or question.is_own for question in of_beaten)

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed")

from embeddings.judging.packing import pack  # noqa: E402
from embeddings.judging.training.batches import Labels, batch  # noqa: E402
from embeddings.judging.training.losses import losses  # noqa: E402
from embeddings.judging.training.network import Network, Read  # noqa: E402

PASSAGE = [0, 40, 41, 42, 43, 2]
FIRST, SECOND = [0, 50, 51, 2], [0, 60, 61, 62, 2]


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(1)
    return Network(layers=2).eval()


def read(network, *packed) -> Read:
    with torch.no_grad():
        return network(batch(packed))


def spans(network, packed, number):
    given = batch([packed])
    with torch.no_grad():
        return network.spans(network(given), given, torch.tensor([(0, number)]))[0]


def close(one, other) -> bool:
    return torch.allclose(one, other, atol=1e-4)


def test_a_question_is_read_as_if_it_were_asked_alone(network):
    both, alone = pack(PASSAGE, [FIRST, SECOND]), pack(PASSAGE, [SECOND])
    together = read(network, both).answers[0]
    assert close(together[1], read(network, alone).answers[0, 0])
    assert not close(together[0], together[1])
    assert close(spans(network, both, 1)[:, -6:], spans(network, alone, 0)[:, -6:])
    assert not close(spans(network, both, 0)[:, -6:], spans(network, both, 1)[:, -6:])


def test_a_passage_is_read_without_its_questions(network):
    both, alone = pack(PASSAGE, [FIRST, SECOND]), pack(PASSAGE, [SECOND])
    assert close(read(network, both).states[0, -6:], read(network, alone).states[0, -6:])


def test_padding_changes_nothing(network):
    long = pack([*PASSAGE[:-1], *range(70, 90), 2], [FIRST, SECOND])
    together = read(network, pack(PASSAGE, [FIRST]), long)
    assert close(together.answers[0, 0], read(network, pack(PASSAGE, [FIRST])).answers[0, 0])
    assert close(together.answers[1], read(network, long).answers[0])


def test_no_answer_stands_outside_the_passage(network):
    found = spans(network, pack(PASSAGE, [FIRST, SECOND]), 1)
    outside = len(FIRST) + len(SECOND)
    assert (found[:, :outside] < -9_000).all()
    assert (found[:, outside:] > -100).all()


class Said:
    """In a network's place: what was said is given."""

    def __init__(self, answers, ends=None):
        self.answers, self.ends = torch.tensor([answers]), ends

    def __call__(self, _) -> Read:
        return Read(answers=self.answers, states=torch.zeros(1))

    def spans(self, *_):
        return self.ends


def charged(said, answers, rankings=(), spans=()):
    labels = Labels(
        places=torch.tensor([(0, number) for number in range(len(answers))]),
        answers=torch.tensor(answers),
        weights=torch.ones(len(answers)),
        rankings=[torch.tensor(ranking) for ranking in rankings],
        spans=torch.tensor(spans).reshape(-1, 4).long(),
    )
    return losses(said, batch([pack(PASSAGE, [FIRST])]), labels)


def test_a_verdict_that_is_right_and_surer_costs_less():
    wrong, unsure, sure = (charged(Said([by, -by]), [1.0, 0.0]) for by in (-2.0, 0.5, 3.0))
    assert wrong.answers > unsure.answers > sure.answers
    assert (wrong.right, sure.right) == (0, 1)


def test_the_passage_that_answers_should_score_above_the_others():
    ranking = [[(0, 0), (0, 1), (0, 2)]]
    assert charged(Said([0.0, 2.0, 1.0]), [1.0, 0.0, 0.0], ranking).ranking > 2
    assert charged(Said([9.0, 2.0, 1.0]), [1.0, 0.0, 0.0], ranking).ranking < 0.01


def test_a_span_is_its_two_ends():
    right = torch.zeros(1, 2, 6)
    right[0, 0, 2] = right[0, 1, 4] = 9.0
    assert charged(Said([0.0], right), [1.0], spans=[(0, 0, 2, 4)]).span < 0.01
    assert charged(Said([0.0], right), [1.0], spans=[(0, 0, 2, 3)]).span > 4

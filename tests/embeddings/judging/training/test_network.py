"""What the network reads, and what a reading is charged for."""

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed")

from embeddings.judging.packing import pack  # noqa: E402
from embeddings.judging.training.batches import Labels, batch  # noqa: E402
from embeddings.judging.training.losses import losses  # noqa: E402
from embeddings.judging.training.network import Network  # noqa: E402

PASSAGE = [0, 40, 41, 42, 43, 2]
FIRST, SECOND = [0, 50, 51, 2], [0, 60, 61, 62, 2]


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(1)
    return Network(layers=2).eval()


def read(network, *packed):
    with torch.no_grad():
        return network(batch(packed))


def close(one, other) -> bool:
    return torch.allclose(one, other, atol=1e-4)


def test_a_question_is_read_as_if_it_were_asked_alone(network):
    both, alone = pack(PASSAGE, [FIRST, SECOND]), pack(PASSAGE, [SECOND])
    together = read(network, both)[0]
    assert close(together[1], read(network, alone)[0, 0])
    assert not close(together[0], together[1])


def test_padding_changes_nothing(network):
    long = pack([*PASSAGE[:-1], *range(70, 90), 2], [FIRST, SECOND])
    together = read(network, pack(PASSAGE, [FIRST]), long)
    assert close(together[0, 0], read(network, pack(PASSAGE, [FIRST]))[0, 0])
    assert close(together[1], read(network, long)[0])


class Said:
    """In a network's place: what was said is given."""

    def __init__(self, answers):
        self.answers = torch.tensor([answers])

    def __call__(self, _):
        return self.answers


def charged(said, answers, rankings=()):
    labels = Labels(
        places=torch.tensor([(0, number) for number in range(len(answers))]),
        answers=torch.tensor(answers),
        weights=torch.ones(len(answers)),
        own=torch.ones(len(answers), dtype=torch.bool),
        rankings=[torch.tensor(ranking) for ranking in rankings],
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

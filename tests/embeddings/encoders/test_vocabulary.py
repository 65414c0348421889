"""Common word pieces weigh little, whatever tokenizer a model has."""

import json
import re

import numpy as np
import pytest
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from corpus.digests import shipped
from embeddings.encoders.vocabulary import background, piece_weights

NOTHING_COUNTED = np.zeros(0, np.int64)
# Of the shipped digests: words of every passage, and words of one.
COMMON = ("the", "of", "and", "in")
RARE = ("satellite", "harvest", "methamphetamine")


def paragraphs() -> list[str]:
    return [text for path in shipped() for text in path.read_text("utf-8").split("\n\n") if text]


def word_piece() -> tuple[Tokenizer, trainers.Trainer]:
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    marks = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *(f"[unused{number}]" for number in range(99))]
    return tokenizer, trainers.WordPieceTrainer(vocab_size=2000, special_tokens=marks)


def byte_pairs() -> tuple[Tokenizer, trainers.Trainer]:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
    letters = pre_tokenizers.ByteLevel.alphabet()
    return tokenizer, trainers.BpeTrainer(
        vocab_size=2000, special_tokens=["<s>", "</s>"], initial_alphabet=letters
    )


def unigram() -> tuple[Tokenizer, trainers.Trainer]:
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    return tokenizer, trainers.UnigramTrainer(
        vocab_size=2000, special_tokens=["<s>", "<unk>"], unk_token="<unk>"
    )


def whole_words() -> tuple[Tokenizer, trainers.Trainer]:
    tokenizer = Tokenizer(models.WordLevel(unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    return tokenizer, trainers.WordLevelTrainer(special_tokens=["<unk>"])


@pytest.fixture(params=[word_piece, byte_pairs, unigram, whole_words])
def trained(request) -> Tokenizer:
    tokenizer, trainer = request.param()
    tokenizer.normalizer = normalizers.Lowercase()
    if request.param is not whole_words:
        trainer.show_progress = False
    tokenizer.train_from_iterator(paragraphs(), trainer)
    return tokenizer


def heaviest(tokenizer: Tokenizer, word: str) -> float:
    """The weight of a word in an empty library: that of its rarest piece."""
    pieces = np.array(tokenizer.encode(f"so {word} so").ids, np.int64)
    beside = np.array(tokenizer.encode("so so").ids, np.int64)
    own = np.setdiff1d(pieces, beside)
    shares = background(tokenizer.to_str())
    return float(piece_weights(own, NOTHING_COUNTED, 0, shares).max())


def test_a_rare_word_weighs_more_than_common_ones(trained):
    common = max(heaviest(trained, word) for word in COMMON)
    for word in RARE:
        assert heaviest(trained, word) > common + 1, word


def test_shares_are_near_what_is_counted(trained):
    """In the order of frequency at least: of two pieces the commoner one has the larger share."""
    held = [set(trained.encode(text).ids) for text in paragraphs()]
    words = {
        number
        for piece, number in trained.get_vocab().items()
        if re.fullmatch(r"[▁Ġ]?[a-z]{2,}", piece)
    }
    counts = {number: sum(number in ids for ids in held) for number in words}
    common = [number for number, count in counts.items() if count >= len(held) / 4]
    rare = [number for number, count in counts.items() if count == 1]
    shares = background(trained.to_str())
    assert shares.shape == (trained.get_vocab_size(),)
    assert ((shares > 0) & (shares <= 1)).all()
    assert np.median(shares[common]) > 3 * np.median(shares[rare])


def test_likelihoods_are_read_where_a_vocabulary_states_them():
    tokenizer = {"model": {"type": "Unigram", "vocab": [["<s>", 0], ["x", -9.0], ["▁the", -3.0]]}}
    mark, rare, common = background(json.dumps(tokenizer))
    assert common == 1
    assert rare == pytest.approx(87.2 * np.exp(-9), rel=1e-3)
    assert mark < common


@pytest.mark.parametrize(
    "model",
    [
        {"type": "Unheard of"},
        {"type": "WordPiece", "continuing_subword_prefix": "##", "vocab": {"a": 0, "##b": 1}},
    ],
)
def test_where_a_vocabulary_does_not_tell_the_library_does(model):
    shares = background(json.dumps({"model": model}))
    assert shares.shape == (0,)
    everywhere, once, never = piece_weights(
        np.array([0, 1, 7]), np.array([40, 1]), 40, shares
    ).tolist()
    assert 0 < everywhere < 0.1 < once < never


def test_the_default_model_begins_with_the_and_its_marks_are_no_words():
    from embeddings.encoders.default_model import default_model_folder

    tokenizer = Tokenizer.from_file(str(default_model_folder() / "tokenizer.json"))
    shares = background(tokenizer.to_str())
    numbers = [tokenizer.token_to_id(piece) for piece in ("the", "peninsula", "[unused7]", "!")]
    the, peninsula, unused, sign = shares[numbers].tolist()
    assert (the, unused, sign) == (1, shares[0], shares[0])
    assert peninsula < 0.01

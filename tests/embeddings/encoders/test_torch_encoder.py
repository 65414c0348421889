"""Any sentence-transformers model on this machine, and none from anywhere else."""

import re

import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers, processors, trainers

from corpus.errors import ModelFault
from embeddings.encoders.torch_encoder import SentenceTransformerEncoder

pytest.importorskip("sentence_transformers", reason="a light installation has no other model")
TEXTS = ["The wells ran dry.", "A permit for every march, of over 15 people!", "Rain", ""]


@pytest.fixture(scope="module")
def tiny(tiny_model):
    return SentenceTransformerEncoder(str(tiny_model))


def byte_pairs():
    tokenizer = Tokenizer(models.BPE())
    # Counts the blank before a word to the word.
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, trim_offsets=False)
    letters = pre_tokenizers.ByteLevel.alphabet()
    return tokenizer, trainers.BpeTrainer(special_tokens=MARKS, initial_alphabet=letters)


def unigram():
    tokenizer = Tokenizer(models.Unigram())
    # Has pieces that stand for a blank and nothing else.
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    return tokenizer, trainers.UnigramTrainer(special_tokens=MARKS, unk_token="<unk>")


MARKS = ["<s>", "</s>", "<pad>", "<unk>"]


@pytest.fixture(scope="module", params=[byte_pairs, unigram])
def other(request, tmp_path_factory):
    """An encoder of two layers with random weights and a tokenizer that is not BERT's."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    tokenizer, trainer = request.param()
    trainer.show_progress = False
    tokenizer.train_from_iterator([*TEXTS, "the the the wells, the rain; Ünïcode"], trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 1)]
    )
    folder = tmp_path_factory.mktemp("models") / request.param.__name__
    named = {"pad_token": "<pad>", "unk_token": "<unk>", "bos_token": "<s>", "eos_token": "</s>"}
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, **named).save_pretrained(folder)
    shape = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
    size = tokenizer.get_vocab_size()
    BertModel(BertConfig(vocab_size=size, intermediate_size=64, **shape)).save_pretrained(folder)
    whole = SentenceTransformer(
        modules=[Transformer(str(folder), max_seq_length=64), Pooling(32)], device="cpu"
    )
    whole.save(str(folder / "whole"))
    return SentenceTransformerEncoder(str(folder / "whole"))


def test_blanks_and_marks_of_another_tokenizer_are_no_part_of_its_word_pieces(other):
    texts = ["The wells  ran dry. Rain?", " Ünïcode wells"]
    for text, found in zip(texts, other.encode(texts), strict=True):
        assert len(found.tokens) == len(found.pieces) == len(found.offsets)
        assert not set(found.pieces.tolist()) & {0, 1, 2}
        places = found.offsets.tolist()
        for start, stop in places:
            assert text[start:stop].strip() == text[start:stop] != ""
        assert {start for word in re.finditer(r"\S+", text) for start in [word.start()]} <= {
            start for start, _ in places
        }
        assert places[-1][1] == len(text)


def test_what_is_common_comes_from_the_models_own_vocabulary(other):
    numbers = other._model.tokenizer.get_vocab()
    assert other.background.shape == (len(numbers),)
    assert other.background is other.background
    assert len(set(other.background.tolist())) > 10


def test_a_model_whose_word_pieces_have_no_place_is_refused(tmp_path):
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    static = SentenceTransformer(
        modules=[StaticEmbedding(Tokenizer(models.WordLevel({"a": 0})), embedding_dim=4)],
        device="cpu",
    )
    static.save(str(tmp_path))
    with pytest.raises(ModelFault, match=r"whose folder has a tokenizer\.json") as raised:
        SentenceTransformerEncoder(str(tmp_path))
    assert "\n" not in str(raised.value)


def test_texts_become_unit_vectors_with_the_place_of_every_word_piece(tiny):
    done = []
    encoded = tiny.encode(TEXTS, done.append)
    assert sum(done) == len(encoded) == len(TEXTS)
    for text, found in zip(TEXTS, encoded, strict=True):
        assert found.vector.dtype == np.float32
        assert np.linalg.norm(found.vector) == pytest.approx(1, abs=1e-5)
        assert len(found.tokens) == len(found.pieces) == len(found.offsets)
        assert found.tokens.shape[1] == len(found.vector)
        assert np.allclose(np.linalg.norm(found.tokens, axis=1), 1, atol=1e-5)
        for start, stop in found.offsets.tolist():
            assert text[start:stop].strip() == text[start:stop] != ""


def test_the_order_of_texts_does_not_matter(tiny):
    one = tiny.encode(TEXTS)
    other = tiny.encode(TEXTS[::-1])[::-1]
    for a, b in zip(one, other, strict=True):
        assert a.vector @ b.vector == pytest.approx(1, abs=1e-5)


def test_nothing_to_encode(tiny):
    assert tiny.encode([]) == []


def test_a_model_is_named_after_its_weights(tiny, tiny_model, other_tiny_model):
    assert tiny.identity.startswith(f"{tiny_model.name}@")
    assert SentenceTransformerEncoder(str(tiny_model)).identity == tiny.identity
    assert SentenceTransformerEncoder(str(other_tiny_model)).identity != tiny.identity


@pytest.mark.parametrize("name", ["no-such/model", "no-such-model", "/no/such/folder"])
def test_a_model_that_is_not_here_is_not_looked_for_elsewhere(name):
    with pytest.raises(ModelFault, match=r"cannot be loaded .*Nothing is downloaded\.$") as raised:
        SentenceTransformerEncoder(name)
    assert "\n" not in str(raised.value)


def test_a_folder_that_is_no_model_is_refused(tmp_path):
    (tmp_path / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelFault, match="cannot be loaded"):
        SentenceTransformerEncoder(str(tmp_path))


def test_a_library_changes_its_model_by_the_command_that_the_refusal_names(
    pincite, prepared, own_copy, tiny_model, other_tiny_model
):
    library = ["--library", str(own_copy(prepared))]
    model = ["--model", str(tiny_model)]
    refused = pincite("ask", "Who fled?", *model, *library)
    assert refused.status == 1
    assert f"pincite rebuild {library[0]} '{library[1]}' --model NAME" in refused.err
    assert pincite("ask", "Who fled to the South?", *library).status in (0, 3)

    rebuilt = pincite("rebuild", *model, *library)
    assert rebuilt.status == 0, rebuilt.err
    assert rebuilt.err.count("runs in sentence-transformers") == 1
    assert tiny_model.name in rebuilt.out
    assert pincite("ask", "Who fled?", *model, *library).status in (0, 3)
    assert tiny_model.name in pincite("status", *library).out
    refused = pincite("ask", "Who fled?", *library)
    assert refused.status == 1
    assert tiny_model.name in refused.err
    assert pincite("ask", "Who?", "--model", str(other_tiny_model), *library).status == 1

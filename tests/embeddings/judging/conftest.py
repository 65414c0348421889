"""A tokenizer small enough to be read at a glance."""

from pathlib import Path

import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

START, END = "<s>", "</s>"
WORDS = (
    "police beat prisoners to make them confess the court sat on monday and freed two men in mali "
    "2019 who did officers hit anybody when was chad why . ? torture trials"
)


@pytest.fixture(scope="session")
def tokenizer_file(tmp_path_factory) -> Path:
    names = [START, "<pad>", END, "<unk>", *dict.fromkeys(WORDS.split())]
    tokenizer = Tokenizer(
        models.WordLevel({name: number for number, name in enumerate(names)}, unk_token="<unk>")
    )
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{START} $A {END}", special_tokens=[(START, 0), (END, 2)]
    )
    path = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    tokenizer.save(str(path))
    return path
